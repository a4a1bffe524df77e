import type { Classification } from './classify.ts'

/** When to ask again after a failure. Milliseconds. */
export interface Backoff {
  /** A transient failure's delay; undefined where R-limited has lasted too long to be one. */
  transient(failure: Classification['class'], retryAfter: number | undefined): number | undefined
  /** After a rejection that time may heal: 15 to 30 minutes, so that consent or a policy granted later is found. */
  hold(): number
  /** After an answer. */
  reset(): void
}

const minute = 60_000
const longestRetryAfter = 15 * minute
/** R-limited in a row; the last one makes it a matter of configuration. */
const limitedAttempts = 5

/** Full jitter, exponential: 1 s to a cap of 2, 4, 8, 16, 32, 60 s. `Retry-After` counts where it is longer. */
export function createBackoff(random: () => number): Backoff {
  let failures = 0
  let limited = 0
  return {
    transient(failure, retryAfter = 0) {
      failures++
      limited = failure === 'R-limited' ? limited + 1 : 0
      if (limited >= limitedAttempts) return undefined
      const cap = Math.min(minute, 1000 * 2 ** failures)
      const jittered = 1000 + random() * (cap - 1000)
      const asked = Math.min(retryAfter, longestRetryAfter) * (1 + 0.1 * random())
      return Math.round(Math.max(jittered, asked, failure === 'R-long' ? minute : 0))
    },
    hold: () => 15 * minute * (1 + random()),
    reset() {
      failures = 0
      limited = 0
    },
  }
}

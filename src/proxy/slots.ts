import { SidecarError } from '../errors.ts'

/** At most `inFlight` requests at Graph at once, at most `queue` waiting for one of them, in order. */
export interface Slots {
  /** Undefined: it may go on at once. Rejects with `overloaded`, or when the signal aborts. */
  take(onGone: (callback: () => void) => void): Promise<void> | undefined
  release(): void
}

export interface SlotsOptions {
  readonly inFlight: number
  readonly queue: number
  /** Milliseconds that a request may wait. */
  readonly patience: number
}

export function createSlots({ inFlight, queue, patience }: SlotsOptions): Slots {
  let taken = 0
  const waiting = new Set<() => void>()

  function wait(onGone: (callback: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        waiting.delete(enter)
      }
      const enter = () => {
        leave()
        resolve()
      }
      const giveUp = () => {
        leave()
        reject(overloaded())
      }
      const timer = setTimeout(giveUp, patience)
      waiting.add(enter)
      onGone(giveUp)
    })
  }

  return {
    take: (onGone) => {
      if (taken < inFlight) {
        taken++
        return undefined
      }
      if (waiting.size >= queue) throw overloaded()
      return wait(onGone)
    },
    release: () => {
      const [next] = waiting
      // the slot passes from hand to hand, so that nobody slips in between
      if (next === undefined) taken--
      else next()
    },
  }
}

function overloaded(): SidecarError {
  return new SidecarError('overloaded', 'too many requests at once; try again, or raise limits.inFlight', {
    retryAfter: 1,
  })
}

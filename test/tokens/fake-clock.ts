import type { Clock } from '../../src/tokens/clock.ts'

export interface FakeClock extends Clock {
  /** Lets time pass: fires the timers that are due, in order. */
  advance(milliseconds: number): void
  /** Changes what the clock shows, and fires nothing: the machine slept, or its clock was set. */
  jump(milliseconds: number): void
  /** Milliseconds until each timer fires, soonest first. */
  timers(): number[]
}

interface Timer {
  readonly callback: () => void
  readonly at: number
}

/** Time that passes only when a test says so. A delay that Node's timers would not take is an error. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  const timers = new Set<Timer>()
  let shown = start
  // as in Node, timers run on a time of their own, which no jump touches
  let elapsed = 0
  const soonest = () => [...timers].sort((one, other) => one.at - other.at)
  return {
    now: () => shown,
    setTimeout(callback, delay) {
      if (!(delay <= 2 ** 31 - 1)) throw new RangeError(`a timer of ${delay} ms would fire at once`)
      const timer = { callback, at: elapsed + Math.max(0, delay) }
      timers.add(timer)
      return timer
    },
    clearTimeout(handle) {
      timers.delete(handle as Timer)
    },
    advance(milliseconds) {
      const end = elapsed + milliseconds
      const pass = (until: number) => {
        shown += until - elapsed
        elapsed = until
      }
      for (let next = soonest()[0]; next !== undefined && next.at <= end; next = soonest()[0]) {
        pass(next.at)
        timers.delete(next)
        next.callback()
      }
      pass(end)
    },
    jump(milliseconds) {
      shown += milliseconds
    },
    timers: () => soonest().map(({ at }) => at - elapsed),
  }
}

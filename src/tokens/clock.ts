/** Time, injected, so that every transition is tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. May jump: the machine slept, or its clock was set. */
  now(): number
  /** Milliseconds; the time that the machine sleeps may not count. */
  setTimeout(callback: () => void, delay: number): unknown
  clearTimeout(handle: unknown): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delay) => setTimeout(callback, delay),
  clearTimeout: (handle) => {
    clearTimeout(handle as NodeJS.Timeout)
  },
}

import type { Parsed } from './parsed.ts'

/** Milliseconds. */
const durations = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** Bytes. */
const sizes = new Map([
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
])

export const durationPattern = /^(0|[1-9][0-9]{0,8})(ms|s|m|h)$/
export const positiveDurationPattern = /^([1-9][0-9]{0,8})(ms|s|m|h)$/
export const sizePattern = /^(0|[1-9][0-9]{0,9})(B|KiB|MiB|GiB)$/

/** Timers hold 31 bits of milliseconds, and what is longer fires at once; a day is short of that and long enough. */
const longest = 86_400_000

export const notADuration = 'must be a duration: 250ms, 5s, 2m or 1h'
export const notASize = 'must be a size: 512B, 64KiB, 4MiB or 1GiB'

/** `250ms`, `5s`, `2m`, `1h`, in milliseconds; `0s` only where nothing is a choice. */
export function parseDuration(text: string, { zero }: { zero: boolean }): Parsed<number> {
  const [, count, unit] = durationPattern.exec(text) ?? []
  if (unit === undefined) return { fault: `${notADuration}${durationHint(text)}` }
  const value = Number(count) * (durations.get(unit) ?? NaN)
  if (value === 0 && !zero) return { fault: 'must be longer than 0' }
  if (value > longest) return { fault: 'must be at most 24h' }
  return { value }
}

function durationHint(text: string): string {
  if (/^\d+$/.test(text)) return '\nit has no unit: write 5s'
  if (/^\d*\.\d+/.test(text)) return '\nwhole numbers only: write 1500ms for 1.5s'
  if (/^\d+\s*[a-z]+$/i.test(text)) return '\nthe units are ms, s, m and h, right behind the number: write 5s'
  return ''
}

/** `512B`, `64KiB`, `4MiB`, `1GiB`, in bytes, within the limits given. */
export function parseSize(text: string, { min, max }: { min: string; max: string }): Parsed<number> {
  const value = bytes(text)
  if (value === undefined) return { fault: `${notASize}${sizeHint(text)}` }
  if (value < (bytes(min) ?? NaN) || value > (bytes(max) ?? NaN)) {
    return { fault: `must be between ${min} and ${max}` }
  }
  return { value }
}

function bytes(text: string): number | undefined {
  const [, count, unit] = sizePattern.exec(text) ?? []
  return unit === undefined ? undefined : Number(count) * (sizes.get(unit) ?? NaN)
}

function sizeHint(text: string): string {
  if (/^\d+$/.test(text)) return '\nit has no unit: write 64KiB'
  if (/^\d+\s*[kmg]i?b?$/i.test(text)) {
    return '\nthe units are B, KiB, MiB and GiB, written so: 1KiB is 1024 bytes'
  }
  return ''
}

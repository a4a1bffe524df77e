import t from 'tap'
import { parseRetryAfter } from '../../src/tokens/retry-after.ts'

const now = Date.UTC(2026, 0, 1, 12)

for (const [header, milliseconds] of [
  ['5', 5000],
  [' 2.128 ', 2128],
  ['0', 0],
  ['Thu, 01 Jan 2026 12:01:30 GMT', 90_000],
  ['Thursday, 01-Jan-26 12:01:30 GMT', 90_000],
  ['Thu Jan  1 12:01:30 2026 GMT', 90_000],
  ['Thu, 01 Jan 2026 11:00:00 GMT', undefined],
  ['-5', undefined],
  ['1, 2', undefined],
  ['2030', 2_030_000],
  ['2030-01-01', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  t.test(`Retry-After ${JSON.stringify(header)} means ${milliseconds ?? 'nothing'}`, async (t) => {
    t.equal(parseRetryAfter(header, now), milliseconds)
  })
}

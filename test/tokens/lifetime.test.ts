import t from 'tap'
import { isUsable, liveFrom } from '../../src/tokens/lifetime.ts'

const second = 1000
const hour = 3600 * second

function token({
  expiresIn = hour,
  refreshIn,
  at = 0.5,
}: {
  expiresIn?: number
  refreshIn?: number
  at?: number
}) {
  return liveFrom(1_000_000, { accessToken: 'x', scopes: [], expiresIn, refreshIn }, () => at)
}

t.test('it is renewed at a random point in 50-80 % of its life', async (t) => {
  t.equal(token({ at: 0 }).refreshAt, 1_000_000 + 0.5 * hour)
  t.equal(token({ at: 1 }).refreshAt, 1_000_000 + 0.8 * hour)
  t.equal(token({ at: 0.5 }).refreshAt, 1_000_000 + 0.65 * hour)
})

t.test('refresh_in says when, up to 80 % of its life', async (t) => {
  t.equal(token({ refreshIn: 0.3 * hour }).refreshAt, 1_000_000 + 0.3 * hour)
  t.equal(token({ refreshIn: hour }).refreshAt, 1_000_000 + 0.8 * hour)
})

t.test('a refresh_in of a second does not make a request a second', async (t) => {
  t.equal(token({ refreshIn: second }).refreshAt, 1_000_000 + 60 * second)
  t.equal(token({ refreshIn: second, expiresIn: 10 * second }).refreshAt, 1_000_000 + 5 * second)
})

t.test('within 30 s of its end, or 10 % of a short life, it counts as expired', async (t) => {
  t.equal(token({}).usableUntil, 1_000_000 + hour - 30 * second)
  t.equal(token({ expiresIn: 100 * second }).usableUntil, 1_000_000 + 90 * second)
  t.equal(token({}).expiresAt, 1_000_000 + hour)
})

t.test('it is usable from the moment that it was asked for, and on no clock that shows less', async (t) => {
  const long = token({})
  t.equal(isUsable(long, long.requestedAt), true)
  t.equal(isUsable(long, long.requestedAt - 1), false)
  t.equal(isUsable(long, long.usableUntil - 1), true)
  t.equal(isUsable(long, long.usableUntil), false)
})

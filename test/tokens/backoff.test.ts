import t from 'tap'
import { createBackoff } from '../../src/tokens/backoff.ts'

t.test('the longest delay doubles from 2 s to 60 s and stays there; the shortest is 1 s', async (t) => {
  const latest = createBackoff(() => 1)
  const soonest = createBackoff(() => 0)
  const longest = Array.from({ length: 2000 }, () => latest.transient('R', undefined))
  const shortest = Array.from({ length: 2000 }, () => soonest.transient('R', undefined))
  t.same(longest.slice(0, 8), [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  t.same([...new Set(longest.slice(8))], [60_000])
  t.same([...new Set(shortest)], [1000])
})

t.test('the delay is anywhere between', async (t) => {
  t.equal(createBackoff(() => 0.25).transient('R', undefined), 1250)
})

t.test('an answer starts it over', async (t) => {
  const backoff = createBackoff(() => 1)
  backoff.transient('R', undefined)
  backoff.transient('R', undefined)
  backoff.reset()
  t.equal(backoff.transient('R', undefined), 2000)
})

t.test('Retry-After counts where it is longer, with up to 10 % more', async (t) => {
  t.equal(createBackoff(() => 0).transient('R', 90_000), 90_000)
  t.equal(createBackoff(() => 1).transient('R', 90_000), 99_000)
  t.equal(createBackoff(() => 1).transient('R', 100), 2000)
})

t.test('Retry-After counts up to 15 minutes', async (t) => {
  t.equal(createBackoff(() => 0).transient('R', 86_400_000), 900_000)
  t.equal(createBackoff(() => 1).transient('R', 86_400_000), 990_000)
})

t.test('R-long waits at least 60 s', async (t) => {
  t.equal(createBackoff(() => 0).transient('R-long', undefined), 60_000)
  t.equal(createBackoff(() => 0).transient('R-long', 120_000), 120_000)
})

t.test('R-limited is transient four times in a row, and no more', async (t) => {
  const backoff = createBackoff(() => 0)
  const delays = Array.from({ length: 6 }, () => backoff.transient('R-limited', undefined))
  t.same(delays, [1000, 1000, 1000, 1000, undefined, undefined])
})

t.test('another failure between starts the count of R-limited over', async (t) => {
  const backoff = createBackoff(() => 0)
  for (let round = 0; round < 4; round++) backoff.transient('R-limited', undefined)
  backoff.transient('R', undefined)
  t.equal(backoff.transient('R-limited', undefined), 1000)
})

t.test('a hold is 15 to 30 minutes', async (t) => {
  t.equal(createBackoff(() => 0).hold(), 15 * 60_000)
  t.equal(createBackoff(() => 1).hold(), 30 * 60_000)
})

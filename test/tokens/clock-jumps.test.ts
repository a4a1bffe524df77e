import t from 'tap'
import { createHarness, failureOf, granted, minute, networkFailure, second } from './harness.ts'

t.test('a machine that slept through the end of its token asks with the first call', async (t) => {
  const { identity, clock, requests } = createHarness({ answers: [granted('t1'), granted('t2')] })
  await identity.token()
  clock.jump(8 * 60 * minute)
  t.match(identity.status(), { state: 'expired', canServe: false })
  const calls = Array.from({ length: 100 }, async () => identity.token())
  t.same([...new Set(await Promise.all(calls))], ['t2'])
  t.equal(requests.length, 2)
  t.same(clock.timers(), [30 * minute], 'the timer of the old token is gone')
})

t.test('a machine that slept through its back-off asks with the first call', async (t) => {
  const { identity, clock } = createHarness({ answers: [networkFailure('ENOTFOUND'), granted('t1')] })
  await failureOf(identity)
  clock.jump(60 * minute)
  t.equal(await identity.token(), 't1')
})

t.test('on a clock that was set back the age of a token is unknown, and one is asked for', async (t) => {
  const { identity, clock, requests } = createHarness({ answers: [granted('t1'), granted('t2')] })
  await identity.token()
  clock.jump(-60 * minute)
  t.equal(identity.status().canServe, false)
  t.equal(await identity.token(), 't2')
  t.equal(identity.token(), 't2')
  t.equal(requests.length, 2)
})

t.test('a clock that was set back during back-off does not hold it up', async (t) => {
  const down = networkFailure('ECONNREFUSED')
  const { identity, clock, requests, attempted } = createHarness({ answers: [down, down, granted('t1')] })
  await failureOf(identity)
  clock.jump(-24 * 60 * minute)
  t.equal((await failureOf(identity)).retryAfter, 1)
  t.equal((await failureOf(identity)).retryAfter, 1)
  t.equal(requests.length, 2, 'one attempt for the jump, none for the calls')
  clock.advance(second)
  await attempted(3)
  t.equal(identity.token(), 't1')
})

t.test('a token with a life of a second makes a request a second at most', async (t) => {
  const short = (name: string) => granted(name, { expires_in: 1 })
  const { identity, clock, requests, attempted } = createHarness({ answers: [short('t1'), short('t2')] })
  await identity.token()
  t.equal(identity.token(), 't1')
  clock.advance(900)
  const error = await failureOf(identity)
  t.equal(error.code, 'sidecar.tokenUnavailable')
  t.equal(error.retryAfter, 1)
  t.equal(requests.length, 1)
  clock.advance(100)
  await attempted(2)
  t.equal(identity.token(), 't2')
})

t.test('the longest life has a timer that fires at its time', async (t) => {
  const { identity, clock } = createHarness({
    answers: [granted('t1', { expires_in: 1e15 })],
    random: () => 1,
  })
  await identity.token()
  t.same(clock.timers(), [38.4 * 60 * minute])
})

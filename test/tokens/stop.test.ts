import t from 'tap'
import { createHarness, failureOf, granted, networkFailure, refused, turn } from './harness.ts'
import type { Answer } from './harness.ts'

t.test('stop leaves no timer', async (t) => {
  for (const answer of [granted('t1'), networkFailure('ECONNREFUSED'), refused(65001)]) {
    const { identity, clock, attempted } = createHarness({ answers: [answer] })
    identity.start()
    await attempted(1)
    t.equal(clock.timers().length, 1)
    identity.stop()
    t.same(clock.timers(), [])
  }
})

t.test('stop ends what is in flight, waiters hear of it, and no attempt is reported', async (t) => {
  const { identity, clock, attempts, requested } = createHarness({
    answers: [new Promise<Answer>(() => undefined)],
  })
  const waiting = failureOf(identity)
  await requested(1)
  identity.stop()
  t.equal((await waiting).code, 'sidecar.tokenUnavailable')
  t.same(attempts, [])
  t.same(clock.timers(), [])
})

t.test('stop without waiters leaves no unhandled rejection', async (t) => {
  const unhandled: unknown[] = []
  const listener = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', listener)
  t.teardown(() => process.off('unhandledRejection', listener))
  const late = Promise.withResolvers<Answer>()
  const { identity, requested } = createHarness({ answers: [late.promise] })
  identity.start()
  await requested(1)
  identity.stop()
  late.reject(new Error('too late'))
  await turn()
  await turn()
  t.same(unhandled, [])
})

t.test('an answer that comes after stop changes nothing', async (t) => {
  const late = Promise.withResolvers<Answer>()
  const { identity, clock, requested } = createHarness({ answers: [late.promise] })
  identity.start()
  await requested(1)
  identity.stop()
  late.resolve(granted('t1'))
  await turn()
  t.equal(identity.status().canServe, false)
  t.same(clock.timers(), [])
})

t.test(
  'after stop nothing is sent: not by start, not by a call, not by secrets that arrive late',
  async (t) => {
    const secret = Promise.withResolvers<string>()
    const { identity, requests } = createHarness({
      answers: [granted('t1')],
      secrets: { read: () => secret.promise },
    })
    identity.start()
    identity.stop()
    secret.resolve('x')
    identity.start()
    t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
    await turn()
    t.equal(requests.length, 0)
  },
)

t.test('after stop no secret is read', async (t) => {
  let reads = 0
  const read = async () => {
    reads++
    return 'x'
  }
  const { identity } = createHarness({ secrets: { read } })
  identity.stop()
  identity.stop()
  identity.start()
  t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
  await turn()
  t.equal(reads, 0)
})

t.test('stop forgets the token', async (t) => {
  const { identity } = createHarness({ answers: [granted('t1')] })
  await identity.token()
  identity.stop()
  t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
})

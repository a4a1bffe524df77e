import t from 'tap'
import { createHarness, failureOf, granted, refused } from './harness.ts'
import type { Answer } from './harness.ts'

t.test('500 concurrent first calls make one request and get the same token', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, requests } = createHarness({ answers: [entra.promise] })
  const calls = Array.from({ length: 500 }, async () => identity.token())
  entra.resolve(granted('first-token'))
  t.same([...new Set(await Promise.all(calls))], ['first-token'])
  t.equal(requests.length, 1)
})

t.test('start asks at once and once, and calls wait for that answer', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, requests, requested } = createHarness({ answers: [entra.promise] })
  t.equal(identity.status().state, 'empty')
  identity.start()
  identity.start()
  await requested(1)
  const call = identity.token()
  entra.resolve(granted('first-token'))
  t.equal(await call, 'first-token')
  identity.start()
  t.equal(requests.length, 1)
})

t.test('a good token comes at once, not as a promise', async (t) => {
  const { identity } = createHarness({ answers: [granted('first-token')] })
  await identity.token()
  t.equal(identity.token(), 'first-token')
  t.equal(identity.status().state, 'fresh')
  t.equal(identity.status().canServe, true)
})

t.test('with a wrong password 1,000 calls make one request', async (t) => {
  const { identity, requests, clock } = createHarness({ answers: [refused(50126)] })
  const first = Array.from({ length: 500 }, () => failureOf(identity))
  const codes = new Set((await Promise.all(first)).map((error) => error.code))
  for (let call = 0; call < 500; call++) codes.add((await failureOf(identity)).code)
  t.same([...codes], ['sidecar.credentialsRejected'])
  t.equal(requests.length, 1)
  clock.advance(30 * 24 * 3_600_000)
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  t.equal(requests.length, 1)
})

t.test('while Entra is away 1,000 calls make one request, and each is told when to come back', async (t) => {
  const { identity, requests } = createHarness({ answers: [refused(90033, { status: 503 })] })
  const errors = await Promise.all(Array.from({ length: 500 }, () => failureOf(identity)))
  for (let call = 0; call < 500; call++) errors.push(await failureOf(identity))
  t.same(
    [...new Set(errors.map(({ code, retryAfter }) => `${code} ${retryAfter ?? ''}`))],
    ['sidecar.tokenUnavailable 1'],
  )
  t.equal(requests.length, 1)
})

import t from 'tap'
import {
  config,
  createHarness,
  failureOf,
  granted,
  minute,
  networkFailure,
  refused,
  second,
} from './harness.ts'
import type { Answer } from './harness.ts'

t.test('a token is renewed ahead, and serves meanwhile', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, clock, requests, requested, attempted } = createHarness({
    answers: [granted('first-token', { refresh_token: 'rt-1' }), entra.promise],
  })
  await identity.token()
  clock.advance(30 * minute - 1)
  t.equal(requests.length, 1)
  t.equal(identity.status().state, 'fresh')
  clock.advance(1)
  await requested(2)
  t.equal(identity.status().state, 'due')
  t.equal(identity.token(), 'first-token', 'at once')
  entra.resolve(granted('second-token'))
  await attempted(2)
  t.equal(identity.token(), 'second-token')
})

for (const tokenEndpoint of ['v2.0', 'v1.0'] as const) {
  t.test(`a renewal on ${tokenEndpoint} goes by refresh token; the newest one counts`, async (t) => {
    const { identity, clock, env, requests, attempted } = createHarness({
      config: { ...config, tokenEndpoint },
      answers: [
        granted('t1', { refresh_token: 'rt-1' }),
        granted('t2', { refresh_token: 'rt-2' }),
        granted('t3'),
        granted('t4'),
      ],
    })
    await identity.token()
    env['TEST_CLIENT_SECRET'] = 'second-client-secret'
    for (const round of [2, 3, 4]) {
      clock.advance(30 * minute)
      await attempted(round)
      t.equal(identity.token(), `t${round}`)
    }
    const sent = requests.map(({ form }) => form['refresh_token'] ?? form['password'])
    t.same(sent, ['first-password', 'rt-1', 'rt-2', 'rt-2'])
    t.equal(
      requests[1]?.form['client_secret'],
      'second-client-secret',
      'the secret is read before each request',
    )
  })
}

t.test('without a refresh token the password is read anew and sent', async (t) => {
  const { identity, clock, env, requests, attempted } = createHarness({
    answers: [granted('t1'), granted('t2')],
  })
  await identity.token()
  env['TEST_PASSWORD'] = 'second-password'
  clock.advance(30 * minute)
  await attempted(2)
  t.equal(requests[1]?.form['password'], 'second-password')
})

for (const [why, answer] of [
  ['expired', refused(70008)],
  ['revoked by a password change', refused(50173)],
  ['refused for the password (P)', refused(50126)],
  ['refused with an unknown code', refused(999999)],
] as const) {
  t.test(`a refresh token that is ${why} makes way for the password at once`, async (t) => {
    const { identity, clock, requests, attempts, attempted } = createHarness({
      answers: [granted('t1', { refresh_token: 'rt-1' }), answer, granted('t2')],
    })
    await identity.token()
    clock.advance(30 * minute)
    await attempted(3)
    t.equal(identity.token(), 't2')
    t.same(
      requests.map(({ form }) => form['grant_type']),
      ['password', 'refresh_token', 'password'],
    )
    t.same(
      attempts.map(({ grant, outcome }) => `${grant} ${outcome}`),
      ['password success', 'refresh_token rejected', 'password success'],
    )
    t.equal(identity.status().code, undefined)
    t.equal(identity.status().state, 'fresh')
  })
}

t.test('what Entra said of a refresh token is no judgement on the password', async (t) => {
  const { identity, clock, requests, attempted } = createHarness({
    answers: [
      granted('t1', { refresh_token: 'rt-1' }),
      refused(50126),
      networkFailure('ECONNRESET'),
      granted('t2'),
    ],
  })
  await identity.token()
  clock.advance(30 * minute)
  await attempted(3)
  clock.advance(2 * second)
  await attempted(4)
  t.equal(identity.token(), 't2')
  t.equal(requests[3]?.form['password'], 'first-password')
})

t.test('a renewal that fails for a time leaves refresh token and token as they are', async (t) => {
  const { identity, clock, requests, attempted } = createHarness({
    answers: [granted('t1', { refresh_token: 'rt-1' }), networkFailure('ECONNREFUSED'), granted('t2')],
  })
  await identity.token()
  clock.advance(30 * minute)
  await attempted(2)
  t.equal(identity.token(), 't1')
  t.match(identity.status(), { state: 'due', canServe: true, code: 'ECONNREFUSED' })
  clock.advance(second)
  await attempted(3)
  t.equal(identity.token(), 't2')
  t.equal(requests[2]?.form['refresh_token'], 'rt-1')
})

t.test('a refresh token that was rejected for another reason is not sent again either', async (t) => {
  const { identity, clock, requests, attempted } = createHarness({
    answers: [
      granted('t1', { refresh_token: 'rt-1' }),
      refused(9002313, { error: 'invalid_request' }),
      granted('t2'),
    ],
  })
  await identity.token()
  clock.advance(30 * minute)
  await attempted(2)
  t.equal(requests.length, 2, 'nothing at once: no password was asked for')
  t.match(identity.status(), { state: 'blocked', canServe: true })
  clock.advance(15 * minute)
  await attempted(3)
  t.equal(requests[2]?.form['password'], 'first-password')
  t.match(identity.status(), { state: 'fresh', canServe: true, code: undefined })
})

t.test('refresh_in says when to renew', async (t) => {
  const { identity, clock, requests, requested } = createHarness({
    answers: [granted('t1', { expires_in: 86_400, refresh_in: 43_200 }), granted('t2')],
    random: () => 0.99,
  })
  await identity.token()
  clock.advance(43_200 * second - 1)
  t.equal(requests.length, 1)
  clock.advance(1)
  await requested(2)
  t.equal(requests.length, 2)
})

t.test('an expired token never goes out, not while Entra is away and not while asking', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, clock, attempted, requested } = createHarness({
    answers: [granted('t1'), entra.promise, granted('t2')],
    timeout: 3600 * second,
  })
  await identity.token()
  clock.advance(30 * minute)
  await requested(2)
  clock.advance(29.5 * minute - 1)
  t.equal(identity.token(), 't1')
  clock.advance(1)
  t.match(identity.status(), { state: 'expired', canServe: false })
  const waiting = failureOf(identity)
  entra.resolve(networkFailure('ECONNRESET'))
  t.equal((await waiting).code, 'sidecar.tokenUnavailable')
  t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
  clock.advance(second)
  await attempted(3)
  t.equal(identity.token(), 't2')
})

t.test('the life of a token counts from before its request', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, clock, requested } = createHarness({ answers: [entra.promise] })
  const call = identity.token()
  await requested(1)
  const requestedAt = clock.now()
  clock.advance(50 * second)
  entra.resolve(granted('t1'))
  await call
  t.equal(identity.status().expiresAt, requestedAt + 3600 * second)
})

t.test('a token that has ended when it arrives goes to nobody', async (t) => {
  const entra = Promise.withResolvers<Answer>()
  const { identity, clock, requests, requested, attempts } = createHarness({ answers: [entra.promise] })
  const call = failureOf(identity)
  await requested(1)
  clock.advance(50 * second)
  entra.resolve(granted('t1', { expires_in: 55 }))
  const error = await call
  t.equal(error.code, 'sidecar.tokenUnavailable')
  t.equal(error.retryAfter, 1)
  t.match(attempts, [{ outcome: 'transient', code: 'token_expired' }])
  t.equal(requests.length, 1)
})

t.test('the scopes that Entra granted are in the status', async (t) => {
  const { identity } = createHarness({ answers: [granted('t1')] })
  await identity.token()
  t.same(identity.status().scopes, ['User.Read', 'Tasks.ReadWrite'])
})

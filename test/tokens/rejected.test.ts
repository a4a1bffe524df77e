import t from 'tap'
import { createRejectedPasswords } from '../../src/tokens/rejected-passwords.ts'
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

t.test('the error says code, meaning and remedy in one sentence, in our words', async (t) => {
  const { identity } = createHarness({ answers: [refused(50126)] })
  const error = await failureOf(identity)
  t.equal(error.status, 502)
  t.equal(error.code, 'sidecar.credentialsRejected')
  t.equal(
    error.message,
    'Microsoft Entra rejected the sign-in with AADSTS50126 (wrong username or password, or a federated user): ' +
      'check the stored password; federated users need password hash sync or device_code',
  )
})

t.test('a rejected password has no timer: nothing but a new one helps', async (t) => {
  const { identity, clock, attempts } = createHarness({ answers: [refused(50126)] })
  await failureOf(identity)
  t.same(clock.timers(), [])
  t.match(attempts, [{ grant: 'password', outcome: 'rejected', code: 'AADSTS50126', retryAt: undefined }])
  t.match(identity.status(), {
    state: 'blocked',
    canServe: false,
    answered: true,
    code: 'AADSTS50126',
    meaning: 'wrong username or password, or a federated user',
    retryAt: undefined,
  })
})

for (const [what, answer] of [
  ['client secret expired (C)', refused(7000222, { status: 401, error: 'invalid_client' })],
  ['consent missing (C)', refused(65001)],
  ['MFA required (I)', refused(50076)],
  ['account locked (P-hold)', refused(50053)],
  ['a refresh token problem on a password request (L)', refused(70008)],
] as const) {
  t.test(`${what} is tried again after 15 to 30 minutes`, async (t) => {
    const { identity, clock, requests, attempted } = createHarness({
      answers: [answer, granted('t1')],
      random: () => 0.5,
    })
    t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
    t.same(clock.timers(), [22.5 * minute])
    t.equal(identity.status().retryAt, clock.now() + 22.5 * minute)
    clock.advance(22.5 * minute - 1)
    t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
    t.equal(requests.length, 1, 'no call leads to an attempt')
    clock.advance(1)
    await attempted(2)
    t.equal(identity.token(), 't1')
    t.match(identity.status(), { state: 'fresh', code: undefined })
  })
}

t.test('while the retry after a rejection is in flight, calls are rejected at once', async (t) => {
  const { identity, clock, requested } = createHarness({
    answers: [refused(65001), new Promise(() => undefined)],
  })
  await failureOf(identity)
  clock.advance(15 * minute)
  await requested(2)
  t.throws(() => identity.token(), { code: 'sidecar.credentialsRejected' })
})

t.test('after a rejection a clock that jumps leads to no attempt', async (t) => {
  const { identity, clock, requests } = createHarness({ answers: [refused(65001)] })
  await failureOf(identity)
  clock.jump(24 * 60 * minute)
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  clock.jump(-48 * 60 * minute)
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  t.equal(requests.length, 1)
})

t.test('a good token serves on after a rejection, until it ends', async (t) => {
  const { identity, clock, attempted } = createHarness({ answers: [granted('t1'), refused(50126)] })
  await identity.token()
  clock.advance(30 * minute)
  await attempted(2)
  t.equal(identity.token(), 't1')
  t.match(identity.status(), { state: 'blocked', canServe: true, code: 'AADSTS50126' })
  clock.advance(29.5 * minute)
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  t.match(identity.status(), { state: 'blocked', canServe: false })
})

t.test('a locked account is tried again, but not with a password that turns out wrong', async (t) => {
  const { identity, clock, requests, attempted } = createHarness({
    answers: [refused(50053), refused(50126)],
  })
  await failureOf(identity)
  clock.advance(15 * minute)
  await attempted(2)
  t.equal(identity.status().code, 'AADSTS50126')
  t.same(clock.timers(), [])
  t.equal(requests.length, 2)
})

t.test('a rejected password is not sent again after a reload, and blocks without a request', async (t) => {
  const rejected = createRejectedPasswords()
  const before = createHarness({ answers: [refused(50055)], rejected })
  await failureOf(before.identity)
  before.identity.stop()
  const after = createHarness({ rejected })
  t.match((await failureOf(after.identity)).message, /AADSTS50055/)
  t.equal(after.requests.length, 0)
  t.match(after.identity.status(), {
    state: 'blocked',
    answered: true,
    code: 'AADSTS50055',
    retryAt: undefined,
  })
  t.match(after.attempts, [{ outcome: 'rejected', code: 'AADSTS50055', clientRequestId: '' }])
})

t.test('A, then B, then A again: A is sent once', async (t) => {
  const rejected = createRejectedPasswords()
  const sent: (string | undefined)[] = []
  for (const password of ['A', 'B', 'A', 'B', 'A']) {
    const { identity, env, requests } = createHarness({ answers: [refused(50126)], rejected })
    env['TEST_PASSWORD'] = password
    t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
    sent.push(...requests.map(({ form }) => form['password']))
  }
  t.same(sent, ['A', 'B'])
})

t.test('a new password is tried', async (t) => {
  const rejected = createRejectedPasswords()
  await failureOf(createHarness({ answers: [refused(50126)], rejected }).identity)
  const after = createHarness({ answers: [granted('t1')], rejected })
  after.env['TEST_PASSWORD'] = 'second-password'
  t.equal(await after.identity.token(), 't1')
})

t.test('a password that was rejected for one user is tried for another', async (t) => {
  const rejected = createRejectedPasswords()
  await failureOf(createHarness({ answers: [refused(50126)], rejected }).identity)
  const other = createHarness({
    answers: [granted('t1')],
    rejected,
    config: { ...config, name: 'other', username: 'other@contoso.com' },
  })
  t.equal(await other.identity.token(), 't1')
})

t.test('only a judgement on the password is remembered', async (t) => {
  for (const answer of [refused(65001), refused(50076), refused(50053), networkFailure('ECONNRESET')]) {
    const rejected = createRejectedPasswords()
    await failureOf(createHarness({ answers: [answer], rejected }).identity)
    const after = createHarness({ answers: [granted('t1')], rejected })
    t.equal(await after.identity.token(), 't1')
  }
})

t.test('a rejected password that the network then swallows stays rejected', async (t) => {
  const rejected = createRejectedPasswords()
  const { identity, clock, requests, attempted } = createHarness({
    answers: [granted('t1', { refresh_token: 'rt' }), refused(70008), refused(50126)],
    rejected,
  })
  await identity.token()
  clock.advance(30 * minute)
  await attempted(3)
  t.equal(identity.status().state, 'blocked')
  clock.advance(24 * 60 * minute)
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  t.equal(requests.length, 3)
})

t.test('an outage after a rejection that time may heal is an outage', async (t) => {
  const { identity, clock, attempted } = createHarness({
    answers: [refused(65001), networkFailure('ECONNREFUSED'), granted('t1')],
  })
  await failureOf(identity)
  clock.advance(15 * minute)
  await attempted(2)
  t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
  t.equal(identity.status().answered, true)
  clock.advance(second)
  await attempted(3)
  t.equal(identity.token(), 't1')
})

import t from 'tap'
import { createHarness, failureOf, granted, minute, publicClient, second } from './harness.ts'

t.test('a secret that cannot be read is named, with what to do, and nothing is sent', async (t) => {
  const { identity, env, requests, attempts, clock } = createHarness()
  delete env['TEST_PASSWORD']
  const error = await failureOf(identity)
  t.equal(error.code, 'sidecar.tokenUnavailable')
  t.equal(error.retryAfter, 1)
  t.equal(
    error.message,
    'no token from Microsoft Entra: secret_missing (${env:TEST_PASSWORD} does not exist); ' +
      'set it, or correct its name in the config',
  )
  t.equal(requests.length, 0)
  t.match(attempts, [
    { outcome: 'transient', code: 'secret_missing', clientRequestId: '', retryAt: clock.now() + second },
  ])
  t.match(identity.status(), { state: 'empty', answered: false, code: 'secret_missing' })
})

t.test('once the secret is there it is found', async (t) => {
  const { identity, env, clock, requests, attempted } = createHarness({ answers: [granted('t1')] })
  env['TEST_CLIENT_SECRET'] = ''
  t.match((await failureOf(identity)).message, /\$\{env:TEST_CLIENT_SECRET\} is empty/)
  env['TEST_CLIENT_SECRET'] = 'late-secret'
  clock.advance(second)
  await attempted(2)
  t.equal(identity.token(), 't1')
  t.equal(requests[0]?.form['client_secret'], 'late-secret')
})

t.test('a client secret that vanishes does not cost the refresh token', async (t) => {
  const { identity, env, clock, requests, attempts, attempted } = createHarness({
    answers: [granted('t1', { refresh_token: 'rt-1' }), granted('t2')],
  })
  await identity.token()
  delete env['TEST_CLIENT_SECRET']
  clock.advance(30 * minute)
  await attempted(2)
  t.match(attempts[1], { grant: 'refresh_token', outcome: 'transient', code: 'secret_missing' })
  t.equal(identity.token(), 't1')
  env['TEST_CLIENT_SECRET'] = 'back'
  clock.advance(second)
  await attempted(3)
  t.equal(identity.token(), 't2')
  t.equal(requests[1]?.form['refresh_token'], 'rt-1')
})

t.test('a public client needs no client secret', async (t) => {
  const { identity, env, requests } = createHarness({ answers: [granted('t1')], config: publicClient })
  delete env['TEST_CLIENT_SECRET']
  t.equal(await identity.token(), 't1')
  t.equal('client_secret' in (requests[0]?.form ?? {}), false)
})

t.test('a store that fails in a way of its own is unreadable, and its words stay out', async (t) => {
  const { identity } = createHarness({
    secrets: { read: () => Promise.reject(new Error('the value was hunter2')) },
  })
  const error = await failureOf(identity)
  t.match(error.message, /secret_unreadable/)
  t.notMatch(error.message, /hunter2/)
})

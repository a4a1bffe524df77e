import { inspect } from 'node:util'
import t from 'tap'
import type { SidecarError } from '../../src/errors.ts'
import { createRejectedPasswords } from '../../src/tokens/rejected-passwords.ts'
import { createHarness, granted, minute, networkFailure, refused } from './harness.ts'
import type { Answer } from './harness.ts'

const password = 'leak-password'
const clientSecret = 'leak-client-secret'
const secrets = `${password} ${clientSecret} leak-access-token leak-refresh-token`
const leak = /leak-/

/** An Entra that repeats whatever it heard, wherever it can. */
const echo = {
  error_description: secrets,
  suberror: secrets,
  trace_id: secrets,
  claims: secrets,
  leak: secrets,
}

const answers: Readonly<Record<string, Answer>> = {
  'a rejected password': { status: 400, body: { ...echo, error: 'invalid_grant', error_codes: [50126] } },
  'an unknown code': { status: 400, body: { ...echo, error: 'invalid_grant', error_codes: [999999] } },
  'an unknown error': { status: 400, body: { ...echo, error: 'leak-password' } },
  'an unknown error in small letters': { status: 400, body: { ...echo, error: 'leak_password' } },
  'codes that are none': {
    status: 400,
    body: { ...echo, error: 'invalid_client', error_codes: [secrets, { secrets }] },
  },
  'a challenge': { status: 401, body: echo, headers: { 'www-authenticate': `Bearer error="${secrets}"` } },
  'a page': { status: 403, body: `<html>${secrets}` },
  'a page with 200': { status: 200, body: `<html>${secrets}` },
  'an error with 200': { status: 200, body: { ...echo, error: 'server_error' } },
  '503 with Retry-After': { status: 503, body: secrets, headers: { 'retry-after': secrets } },
  'a redirect': { status: 302, body: secrets, headers: { location: `https://x.example/?${secrets}` } },
  'a token of another kind': granted('leak-access-token', {
    token_type: 'mac',
    refresh_token: 'leak-refresh-token',
  }),
  'a token without life': granted('leak-access-token', {
    expires_in: secrets,
    refresh_token: 'leak-refresh-token',
  }),
  'a token that fits no header': granted('leak-access-token\n', { refresh_token: 'leak-refresh-token' }),
  'a refresh token that is none': granted('leak-access-token', { refresh_token: { secrets } }),
  'a network failure': networkFailure('ECONNRESET'),
  'an error full of words': Object.assign(new Error(secrets, { cause: new Error(secrets) }), {
    code: secrets,
    body: secrets,
  }),
}

/** Everything that can be seen of a value, hidden properties and causes too; the stack as well. */
function everythingOf(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    showHidden: true,
    getters: true,
    maxStringLength: Infinity,
    breakLength: Infinity,
  })
}

async function failureFrom(token: () => string | Promise<string>): Promise<SidecarError> {
  try {
    await token()
  } catch (error) {
    return error as SidecarError
  }
  throw new Error('there was a token')
}

for (const [what, answer] of Object.entries(answers)) {
  t.test(`nothing of a secret is seen after ${what}`, async (t) => {
    const rejected = createRejectedPasswords()
    const { identity, env, attempts, requests } = createHarness({ answers: [answer], rejected })
    env['TEST_PASSWORD'] = password
    env['TEST_CLIENT_SECRET'] = clientSecret
    const error = await failureFrom(() => identity.token())
    t.match(error.code, /^sidecar\.(credentialsRejected|tokenUnavailable)$/)
    t.equal(requests[0]?.form['password'], password, 'the secret was there to be leaked')
    t.notMatch(everythingOf(error), leak)
    t.equal(error.cause, undefined)
    t.equal(attempts.length, 1)
    t.notMatch(everythingOf(attempts), leak)
    t.notMatch(everythingOf(identity.status()), leak)
    t.notMatch(everythingOf(identity), leak)
    t.notMatch(everythingOf(rejected), leak)
  })
}

t.test('nothing of a token is seen while it serves, nor when its refresh token is refused', async (t) => {
  const { identity, clock, attempts, attempted } = createHarness({
    answers: [
      granted('leak-access-token', { refresh_token: 'leak-refresh-token' }),
      refused(70008),
      granted('leak-access-token-2', { refresh_token: 'leak-refresh-token-2' }),
    ],
  })
  t.equal(await identity.token(), 'leak-access-token')
  clock.advance(30 * minute)
  await attempted(3)
  t.equal(identity.token(), 'leak-access-token-2')
  t.notMatch(everythingOf([identity, identity.status(), attempts]), leak)
})

t.test('nothing of a secret is seen when another cannot be read', async (t) => {
  const { identity, env, attempts } = createHarness()
  env['TEST_CLIENT_SECRET'] = clientSecret
  env['TEST_PASSWORD'] = 'leak-'.repeat(20_000)
  const error = await failureFrom(() => identity.token())
  t.match(error.message, /TEST_PASSWORD} is larger than 64 KiB/)
  t.notMatch(everythingOf([error, attempts, identity, identity.status()]), leak)
})

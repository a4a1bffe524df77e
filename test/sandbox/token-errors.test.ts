import t from 'tap'
import type { FormChanges } from './help.ts'
import { ask, askV1, confidential, encodeForm, postToken, publicClient, start } from './help.ts'

interface Case {
  what: string
  changes: FormChanges
  status: number
  error: string
  code: number
  words: RegExp
}

const cases: Case[] = [
  {
    what: 'a wrong password',
    changes: { password: 'wrong' },
    status: 400,
    error: 'invalid_grant',
    code: 50126,
    words: /invalid username or password/,
  },
  {
    what: 'an unknown user',
    changes: { username: 'nobody@contoso.com' },
    status: 400,
    error: 'invalid_grant',
    code: 50034,
    words: /does not exist in the contoso\.onmicrosoft\.com directory/,
  },
  {
    what: 'a wrong client secret',
    changes: { client_secret: 'wrong' },
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    words: /Invalid client secret provided/,
  },
  {
    what: 'no client secret',
    changes: { client_secret: undefined },
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    words: /'client_assertion' or 'client_secret'/,
  },
  {
    what: 'an unknown client',
    changes: { client_id: '99999999-0000-0000-0000-000000000000' },
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    words: /Application with identifier '99999999-0000-0000-0000-000000000000' was not found/,
  },
  {
    what: 'a public client that sends a secret',
    changes: { client_id: publicClient.clientId },
    status: 401,
    error: 'invalid_client',
    code: 700025,
    words: /Client is public/,
  },
  {
    what: 'an unsupported grant',
    changes: { grant_type: 'client_credentials' },
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    words: /unsupported grant type 'client_credentials'/,
  },
  {
    what: 'a resource at v2.0',
    changes: { resource: 'https://graph.microsoft.com' },
    status: 400,
    error: 'invalid_request',
    code: 901002,
    words: /'resource' request parameter is not supported/,
  },
  {
    what: 'a scope of an unknown resource',
    changes: { scope: 'https://graph.example.com/.default' },
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    words: /https:\/\/graph\.example\.com was not found/,
  },
  {
    what: 'scopes of two resources',
    changes: { scope: 'User.Read https://vault.azure.net/.default' },
    status: 400,
    error: 'invalid_scope',
    code: 700022,
    words: /more than one resource/,
  },
  {
    what: '.default beside another scope',
    changes: { scope: '.default User.Read' },
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    words: /can't be combined/,
  },
]

for (const { what, changes, status, error, code, words } of cases) {
  t.test(`${what} is ${code}`, async (t) => {
    const sandbox = await start(t)
    const answer = await ask(sandbox, changes)
    t.equal(answer.status, status)
    t.equal(answer.body.error, error)
    t.same(answer.body.error_codes, [code])
    t.equal(answer.body.error_uri, `${sandbox.authority}/error?code=${code}`)
    t.ok(answer.body.error_description.startsWith(`AADSTS${code}: `))
    t.match(answer.body.error_description, words)
    t.notMatch(answer.body.error_description, /\{\w+\}/, 'nothing left to fill in')
  })
}

for (const parameter of ['grant_type', 'client_id', 'username', 'password', 'scope']) {
  t.test(`no ${parameter}, or an empty one, is 900144 and names it`, async (t) => {
    const sandbox = await start(t)
    for (const value of [undefined, '']) {
      const { status, body } = await ask(sandbox, { [parameter]: value })
      t.equal(status, 400)
      t.match(body, { error: 'invalid_request', error_codes: [900144] })
      t.match(body.error_description, `following parameter: '${parameter}'.`)
    }
  })
}

t.test('no refresh_token is 900144 and names it', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox, { grant_type: 'refresh_token' })
  t.match(body.error_description, /AADSTS900144: .*'refresh_token'/)
})

t.test('an error says what it is in every field', async (t) => {
  const sandbox = await start(t, { now: () => Date.UTC(2026, 10, 23, 19, 43, 5, 678) })
  const correlationId = 'a8125194-2dc8-4078-90ba-7b6592a7f231'
  const { headers, body } = await postToken(sandbox, {
    body: encodeForm({ password: 'wrong' }),
    headers: { 'client-request-id': correlationId },
  })
  t.equal(body.timestamp, '2026-11-23 19:43:05Z')
  t.equal(body.correlation_id, correlationId)
  t.match(body.trace_id, /^[\da-f-]{36}$/)
  t.equal(headers.get('x-ms-request-id'), body.trace_id)
  t.equal(
    body.error_description,
    'AADSTS50126: Error validating credentials due to invalid username or password. ' +
      `Trace ID: ${body.trace_id} Correlation ID: ${correlationId} Timestamp: 2026-11-23 19:43:05Z`,
  )
})

t.test('a client-request-id that is no GUID is not the correlation id', async (t) => {
  const sandbox = await start(t)
  const { body } = await postToken(sandbox, {
    body: encodeForm({ password: 'wrong' }),
    headers: { 'client-request-id': 'mine' },
  })
  t.match(body.correlation_id, /^[\da-f-]{36}$/)
})

t.test('an unknown tenant is 90002', async (t) => {
  const sandbox = await start(t)
  const { status, body } = await postToken(sandbox, { path: '/fabrikam.com/oauth2/v2.0/token' })
  t.equal(status, 400)
  t.match(body, { error: 'invalid_request', error_codes: [90002] })
  t.match(body.error_description, /Tenant 'fabrikam\.com' not found/)
})

t.test('/common and /consumers are 9001023', async (t) => {
  const sandbox = await start(t)
  for (const name of ['common', 'consumers']) {
    const { body } = await postToken(sandbox, { path: `/${name}/oauth2/v2.0/token` })
    t.match(body, { error: 'invalid_request', error_codes: [9001023] })
  }
})

t.test('the client is judged before the password', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox, { client_secret: 'wrong', password: 'wrong' })
  t.same(body.error_codes, [7000215])
})

t.test('v1.0 wraps a wrong password in 70002', async (t) => {
  const sandbox = await start(t)
  const { status, body } = await askV1(sandbox, { password: 'wrong' })
  t.equal(status, 400)
  t.equal(body.error, 'invalid_grant')
  t.same(body.error_codes, [70002, 50126])
  t.match(
    body.error_description,
    'AADSTS70002: Error validating credentials. AADSTS50126: Invalid username or password Trace ID: ',
  )
})

t.test('v1.0 does not wrap what is about the client', async (t) => {
  const sandbox = await start(t)
  const { body } = await askV1(sandbox, { client_secret: 'wrong' })
  t.same(body.error_codes, [7000215])
})

t.test('v1.0 without resource is 900144, with an unknown one 500011', async (t) => {
  const sandbox = await start(t)
  const missing = await askV1(sandbox, { resource: undefined, scope: '.default' })
  t.match(missing.body.error_description, /AADSTS900144: .*'resource'/)
  const unknown = await askV1(sandbox, { resource: 'https://graph.example.com' })
  t.equal(unknown.status, 400)
  t.match(unknown.body, { error: 'invalid_resource', error_codes: [500011] })
})

t.test('a client id is found in either case', async (t) => {
  const clientId = 'abcdef00-0000-0000-0000-000000000000'
  const sandbox = await start(t, { clients: [{ ...confidential, clientId: clientId.toUpperCase() }] })
  t.equal((await ask(sandbox, { client_id: clientId })).status, 200)
})

t.test('only POST is answered', async (t) => {
  const sandbox = await start(t)
  const response = await fetch(`${sandbox.authority}/contoso.com/oauth2/v2.0/token`)
  t.equal(response.status, 400)
  t.match(await response.json(), { error: 'invalid_request', error_codes: [900561] })
})

t.test('there is nothing else', async (t) => {
  const sandbox = await start(t)
  for (const path of ['/', '/contoso.com/oauth2/v3.0/token', '/contoso.com/oauth2/v2.0/token/x']) {
    const response = await fetch(sandbox.authority + path, { method: 'POST', body: encodeForm() })
    t.equal(response.status, 404, path)
  }
})

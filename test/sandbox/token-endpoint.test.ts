import t from 'tap'
import { ask, askV1, confidential, postToken, publicClient, encodeForm, start } from './help.ts'

const hour = 3600_000

t.test('v2.0 answers a password with a token, numbers as numbers', async (t) => {
  const sandbox = await start(t, { tokenLifetime: () => 4000 })
  const { status, headers, body } = await ask(sandbox)
  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'application/json; charset=utf-8')
  t.equal(headers.get('cache-control'), 'no-store, no-cache')
  t.match(body, { token_type: 'Bearer', expires_in: 4000, ext_expires_in: 4000, refresh_token: /^1\./ })
  t.same(Object.keys(body).sort(), [
    'access_token',
    'expires_in',
    'ext_expires_in',
    'refresh_token',
    'scope',
    'token_type',
  ])
})

t.test('v1.0 answers with strings, resource and a refresh token', async (t) => {
  const sandbox = await start(t, { tokenLifetime: () => 4000, now: () => 1_800_000_000_000 })
  const { status, body } = await askV1(sandbox)
  t.equal(status, 200)
  t.match(body, {
    token_type: 'Bearer',
    resource: 'https://graph.microsoft.com',
    expires_in: '4000',
    ext_expires_in: '4000',
    expires_on: '1800004000',
    not_before: '1800000000',
    scope: /^Group\.ReadWrite\.All .*User\.Read/,
    refresh_token: /^1\./,
  })
  t.notMatch(body.scope, /offline_access|default/)
})

t.test('a token lives 60 to 90 minutes by default', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox)
  t.ok(body.expires_in >= 3600 && body.expires_in < 5400, String(body.expires_in))
  t.equal(Number.isInteger(body.expires_in), true)
})

t.test('an access token has the shape and size of a JWT, and no two are the same', async (t) => {
  const sandbox = await start(t)
  const first: string = (await ask(sandbox)).body.access_token
  const second: string = (await ask(sandbox)).body.access_token
  t.match(first, /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/)
  t.ok(first.length > 1500 && first.length < 2048, String(first.length))
  t.not(first, second)
})

t.test('scopes are spelled out: .default becomes what was consented to', async (t) => {
  const sandbox = await start(t)
  const all = (await ask(sandbox)).body.scope.split(' ')
  t.ok(all.includes('https://graph.microsoft.com/Group.ReadWrite.All'))
  t.ok(all.includes('https://graph.microsoft.com/Tasks.ReadWrite'))
  t.ok(all.includes('https://graph.microsoft.com/.default'))
  t.notOk(all.includes('offline_access'))

  const { body } = await ask(sandbox, { scope: 'openid https://graph.microsoft.com/User.Read Mail.Read' })
  t.equal(body.scope, 'openid https://graph.microsoft.com/User.Read https://graph.microsoft.com/Mail.Read')
})

t.test('v2.0 gives a refresh token only with offline_access', async (t) => {
  const sandbox = await start(t)
  const { status, body } = await ask(sandbox, { scope: 'https://graph.microsoft.com/.default' })
  t.equal(status, 200)
  t.notOk('refresh_token' in body)
})

t.test('a refresh token gives a new one each time, and the old one stays good', async (t) => {
  const sandbox = await start(t)
  const first: string = (await ask(sandbox)).body.refresh_token
  const refresh = (refreshToken: string, scope?: string) =>
    ask(sandbox, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      username: undefined,
      password: undefined,
      scope,
    })

  const renewed = await refresh(first)
  t.equal(renewed.status, 200)
  t.type(renewed.body.access_token, 'string')
  t.not(renewed.body.refresh_token, first)
  t.equal((await refresh(first)).status, 200, 'the old one')
  t.equal((await refresh(renewed.body.refresh_token)).status, 200, 'the new one')

  const narrowed = await refresh(first, 'https://graph.microsoft.com/User.Read')
  t.equal(narrowed.body.scope, 'https://graph.microsoft.com/User.Read')
  t.type(narrowed.body.refresh_token, 'string')
})

t.test('a refresh token works at v1.0 too', async (t) => {
  const sandbox = await start(t)
  const { body } = await askV1(sandbox)
  const renewed = await askV1(sandbox, { grant_type: 'refresh_token', refresh_token: body.refresh_token })
  t.equal(renewed.status, 200)
  t.type(renewed.body.expires_in, 'string')
})

t.test('a refresh token that another client got, or nobody, is 70000', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox)
  const stolen = await ask(sandbox, {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    client_id: publicClient.clientId,
    client_secret: undefined,
  })
  t.equal(stolen.status, 400)
  t.match(stolen.body, { error: 'invalid_grant', error_codes: [70000] })
  const unknown = await ask(sandbox, { grant_type: 'refresh_token', refresh_token: '1.nothing' })
  t.match(unknown.body, { error: 'invalid_grant', error_codes: [70000], suberror: 'bad_token' })
})

t.test('a refresh token ends after 90 days', async (t) => {
  let now = Date.UTC(2026, 0, 1)
  const sandbox = await start(t, { now: () => now })
  const { body } = await ask(sandbox)
  const refresh = () => ask(sandbox, { grant_type: 'refresh_token', refresh_token: body.refresh_token })
  now += 90 * 24 * hour - 1
  t.equal((await refresh()).status, 200)
  now += 1
  t.match((await refresh()).body, { error: 'invalid_grant', error_codes: [700082] })
})

t.test('a client may prove itself in the Authorization header', async (t) => {
  const sandbox = await start(t)
  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
  const body = encodeForm({ client_id: undefined, client_secret: undefined })

  const good = await postToken(sandbox, {
    body,
    headers: { authorization: basic(confidential.clientId, 'sandbox-client-secret') },
  })
  t.equal(good.status, 200)

  const wrong = await postToken(sandbox, {
    body,
    headers: { authorization: basic(confidential.clientId, 'wrong') },
  })
  t.equal(wrong.status, 401)
  t.match(wrong.body, { error_codes: [7000215] })

  const both = await postToken(sandbox, {
    headers: { authorization: basic(confidential.clientId, 'sandbox-client-secret') },
  })
  t.match(both.body, { error_codes: [9002313] }, 'one method a request')
})

t.test('a public client needs no secret', async (t) => {
  const sandbox = await start(t)
  const { status } = await ask(sandbox, { client_id: publicClient.clientId, client_secret: undefined })
  t.equal(status, 200)
})

t.test('a tenant answers to each of its names, and to organizations', async (t) => {
  const sandbox = await start(t)
  for (const name of ['CONTOSO.onmicrosoft.com', 'aaaabbbb-0000-cccc-1111-dddd2222eeee', 'organizations']) {
    t.equal((await postToken(sandbox, { path: `/${name}/oauth2/v2.0/token` })).status, 200, name)
  }
})

t.test('clients, accounts and tenants can be given', async (t) => {
  const sandbox = await start(t, {
    tenants: ['fabrikam.com'],
    clients: [{ clientId: 'abcd', name: 'Own', secret: 'own-secret' }],
    accounts: [{ username: 'Me@fabrikam.com', password: 'own-password' }],
  })
  const body = encodeForm({
    client_id: 'abcd',
    client_secret: 'own-secret',
    username: 'me@FABRIKAM.com',
    password: 'own-password',
  })
  t.equal((await postToken(sandbox, { path: '/fabrikam.com/oauth2/v2.0/token', body })).status, 200)
  t.match((await ask(sandbox)).body, { error_codes: [90002] }, 'the seed is gone')
})

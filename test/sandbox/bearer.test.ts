import t from 'tap'
import { ask, signIn, start, type Json } from './help.ts'

const hour = 3600_000

async function me(graph: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${graph}/v1.0/me`, { headers })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json }
}

t.test('a token that Entra gave is let in', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.match(await call('/v1.0/me'), { status: 200, body: { userPrincipalName: 'svc-planner@contoso.com' } })
})

t.test('no token is 401 with a challenge, in the shape of Graph', async (t) => {
  const sandbox = await start(t, { now: () => Date.UTC(2026, 10, 23, 19, 43, 5) })
  const { status, headers, body } = await me(sandbox.graph, { 'client-request-id': 'mine' })
  t.equal(status, 401)
  t.match(
    headers.get('www-authenticate'),
    `Bearer realm="", authorization_uri="${sandbox.authority}/common/oauth2/authorize"`,
  )
  t.same(body, {
    error: {
      code: 'InvalidAuthenticationToken',
      message: 'Access token is empty.',
      innerError: {
        date: '2026-11-23T19:43:05',
        'request-id': headers.get('request-id'),
        'client-request-id': 'mine',
      },
    },
  })
})

t.test('another scheme, or a bare Bearer, is no token', async (t) => {
  const sandbox = await start(t)
  for (const authorization of ['Basic abc', 'Bearer', 'Bearer ']) {
    const { status, body } = await me(sandbox.graph, { authorization })
    t.equal(status, 401, authorization)
    t.equal(body.error.message, 'Access token is empty.')
  }
})

t.test('an unknown token is 401, by its shape', async (t) => {
  const sandbox = await start(t)
  const cases = [
    ['abc', /^IDX14100: JWT is not well formed/],
    ['eyJ.eyJ.abc', /Invalid signature/],
  ] as const
  for (const [token, words] of cases) {
    const { status, body } = await me(sandbox.graph, { authorization: `Bearer ${token}` })
    t.equal(status, 401)
    t.equal(body.error.code, 'InvalidAuthenticationToken')
    t.match(body.error.message, words)
  }
})

t.test('a token of another sandbox is unknown', async (t) => {
  const [sandbox, other] = [await start(t), await start(t)]
  const token: string = (await ask(other)).body.access_token
  t.equal((await me(sandbox.graph, { authorization: `Bearer ${token}` })).status, 401)
})

t.test('a refresh token is no access token', async (t) => {
  const sandbox = await start(t)
  const token: string = (await ask(sandbox)).body.refresh_token
  t.equal((await me(sandbox.graph, { authorization: `Bearer ${token}` })).status, 401)
})

t.test('a token for another resource is 401', async (t) => {
  const sandbox = await start(t)
  const token: string = (await ask(sandbox, { scope: 'https://vault.azure.net/.default' })).body.access_token
  const { status, body } = await me(sandbox.graph, { authorization: `Bearer ${token}` })
  t.equal(status, 401)
  t.match(body.error.message, /Invalid audience/)
})

t.test('a token ends when its life does', async (t) => {
  let now = Date.UTC(2026, 0, 1)
  const sandbox = await start(t, { now: () => now, tokenLifetime: () => 3600 })
  const call = await signIn(sandbox)
  now += hour - 1
  t.equal((await call('/v1.0/me')).status, 200)
  now += 1
  const expired = await call('/v1.0/me')
  t.equal(expired.status, 401)
  t.equal(expired.body.error.message, 'Lifetime validation failed, the token is expired.')
})

t.test('the token is judged before the path', async (t) => {
  const sandbox = await start(t)
  t.equal((await fetch(`${sandbox.graph}/v9/nothing`)).status, 401)
})

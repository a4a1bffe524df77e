import t from 'tap'
import { createPasswordGrant } from '../../src/tokens/password-grant.ts'
import type { TokenRequest } from '../../src/tokens/password-grant.ts'
import { cloud, config, granted, toResponse } from './harness.ts'

interface Sent {
  url: string
  method: string
  redirect: string
  headers: Record<string, string>
  body: URLSearchParams
  signal: AbortSignal
}

interface Target {
  tokenEndpoint?: 'v2.0' | 'v1.0'
  authority?: string
  tenant?: string
}

/** The one request that a grant sends. */
async function sentBy(
  request: Partial<TokenRequest>,
  { tokenEndpoint = 'v2.0', authority = cloud.authority, tenant = 'contoso.onmicrosoft.com' }: Target = {},
): Promise<Sent> {
  const sent: Sent[] = []
  const fetch = async (url: unknown, init: Omit<Sent, 'url'>) => {
    sent.push({ url: String(url), ...init })
    return toResponse(granted('x'))
  }
  const send = createPasswordGrant({
    config: { ...config, tokenEndpoint },
    tenant,
    cloud: { ...cloud, authority },
    fetch: fetch as unknown as typeof globalThis.fetch,
  })
  await send({
    credential: { password: 'p&w' },
    clientSecret: 's+t',
    clientRequestId: '3f2b7c1e-0000-4000-8000-000000000000',
    signal: new AbortController().signal,
    ...request,
  })
  if (sent[0] === undefined || sent.length > 1) throw new Error(`${sent.length} requests`)
  return sent[0]
}

t.test('a password goes to v2.0 with scope', async (t) => {
  const { url, method, redirect, body } = await sentBy({})
  t.equal(url, 'https://login.example/contoso.onmicrosoft.com/oauth2/v2.0/token')
  t.equal(method, 'POST')
  t.equal(redirect, 'manual')
  t.same(Object.fromEntries(body), {
    grant_type: 'password',
    client_id: config.clientId,
    client_secret: 's+t',
    username: 'svc@contoso.com',
    password: 'p&w',
    scope: 'https://graph.example/.default offline_access',
  })
})

t.test('a password goes to v1.0 with resource and without scope', async (t) => {
  const { url, body } = await sentBy({}, { tokenEndpoint: 'v1.0' })
  t.equal(url, 'https://login.example/contoso.onmicrosoft.com/oauth2/token')
  t.same(Object.fromEntries(body), {
    grant_type: 'password',
    client_id: config.clientId,
    client_secret: 's+t',
    username: 'svc@contoso.com',
    password: 'p&w',
    resource: 'https://graph.example',
  })
})

t.test('a refresh token goes to both endpoints, without username and password', async (t) => {
  const request = { credential: { refreshToken: 'rt' } }
  const common = {
    grant_type: 'refresh_token',
    client_id: config.clientId,
    client_secret: 's+t',
    refresh_token: 'rt',
  }
  const v2 = await sentBy(request)
  t.same(Object.fromEntries(v2.body), { ...common, scope: 'https://graph.example/.default offline_access' })
  const v1 = await sentBy(request, { tokenEndpoint: 'v1.0' })
  t.same(Object.fromEntries(v1.body), { ...common, resource: 'https://graph.example' })
})

t.test('a public client sends its id and no secret', async (t) => {
  const { body } = await sentBy({ clientSecret: undefined })
  t.equal(body.get('client_id'), config.clientId)
  t.equal(body.has('client_secret'), false)
})

t.test(
  'credentials are in the body alone, and the request can be found by its client-request-id',
  async (t) => {
    const { headers } = await sentBy({})
    t.equal(headers['client-request-id'], '3f2b7c1e-0000-4000-8000-000000000000')
    t.equal(headers['authorization'], undefined)
    t.match(headers['content-type'], /^application\/x-www-form-urlencoded/)
  },
)

t.test('http works for stand-ins on loopback', async (t) => {
  const { url } = await sentBy({}, { authority: 'http://127.0.0.1:8081' })
  t.equal(url, 'http://127.0.0.1:8081/contoso.onmicrosoft.com/oauth2/v2.0/token')
})

t.test('a tenant cannot lead to another path', async (t) => {
  const { url } = await sentBy({}, { tenant: '../evil?x=#' })
  t.equal(url, 'https://login.example/..%2Fevil%3Fx%3D%23/oauth2/v2.0/token')
})

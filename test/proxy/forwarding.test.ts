import t from 'tap'
import { startProxy, testToken } from '../support/proxy.ts'
import { sendRaw } from '../support/raw.ts'
import { readError } from '../support/sidecar-error.ts'
import { startUpstream } from '../support/upstream.ts'

t.test(
  'method, target, body and headers reach Graph as they came, with our token for the app’s',
  async (t) => {
    const graph = await startUpstream(t)
    const { base } = await startProxy(t, { graph: graph.origin })
    const target = '/v1.0/me/messages?$select=id'
    await fetch(base + target, {
      method: 'PATCH',
      headers: {
        authorization: 'Bearer app-own',
        'content-type': 'text/plain',
        'if-match': 'W/"1"',
        prefer: 'a',
      },
      body: 'not { json',
    })
    const [request] = graph.requests
    t.equal(request?.method, 'PATCH')
    t.equal(request?.url, target)
    t.equal(request?.body.toString(), 'not { json')
    t.equal(request?.headers.authorization, `Bearer ${testToken}`)
    t.equal(request?.headers['content-type'], 'text/plain')
    t.equal(request?.headers['if-match'], 'W/"1"')
    t.equal(request?.headers['content-length'], '10')
    t.equal(request?.headers.host, new URL(graph.origin).host)
    t.match(request?.headers['client-request-id'], /^[0-9a-f-]{36}$/)
  },
)

t.test('a target goes out with the very bytes that came in', async (t) => {
  const graph = await startUpstream(t)
  const { port } = await startProxy(t, { graph: graph.origin })
  const targets = [
    "/v1.0/me/messages?$filter=subject%20eq%20'a%2Bb'&$skiptoken=X%2744%27",
    '/v1.0//me///messages/?',
    '/v1.0/me/messages?a=b?c=%zz|"<>^`{}',
    '/V1.0/Me/%6Dessages',
    '/v1.0/users/a%2540b',
  ]
  for (const target of targets) {
    const { status } = await sendRaw(
      port,
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    t.equal(status, 200, target)
  }
  t.same(
    graph.requests.map(({ url }) => url),
    targets,
  )
})

t.test('status, headers and body of the answer reach the app as Graph sent them', async (t) => {
  const graph = await startUpstream(t, (_request, response) => {
    response.writeHead(201, 'Made It', [
      ...['Content-Type', 'application/json'],
      ...['ETag', 'W/"2"'],
      ...['Request-Id', 'r-1'],
      ...['Location', 'https://graph.microsoft.com/v1.0/x'],
    ])
    response.end('{"a":"ü"}')
  })
  const { base } = await startProxy(t, { graph: graph.origin })
  const answer = await fetch(`${base}/v1.0/me`, { method: 'POST' })
  t.equal(answer.status, 201)
  t.equal(answer.statusText, 'Made It')
  t.equal(answer.headers.get('etag'), 'W/"2"')
  t.equal(answer.headers.get('location'), 'https://graph.microsoft.com/v1.0/x')
  t.equal(answer.headers.get('proxy-status'), null, 'the answer is Graph’s, not ours')
  t.equal(await answer.text(), '{"a":"ü"}')
})

t.test('the token is in nothing that the app can see', async (t) => {
  const graph = await startUpstream(t, (_request, response) => response.writeHead(401).end('{"error":{}}'))
  const { base } = await startProxy(t, { graph: graph.origin })
  const answer = await fetch(`${base}/v1.0/me`)
  const seen = JSON.stringify([...answer.headers]) + (await answer.text())
  t.notMatch(seen, testToken)
})

t.test('a HEAD has no body, and keeps the length that Graph gave', async (t) => {
  const graph = await startUpstream(t, (_request, response) =>
    response.writeHead(200, { 'content-length': '12' }).end(),
  )
  const { base } = await startProxy(t, { graph: graph.origin, allow: ['GET /v1.0/me'] })
  const answer = await fetch(`${base}/v1.0/me`, { method: 'HEAD' })
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('content-length'), '12')
  t.equal(graph.requests[0]?.method, 'HEAD')
})

t.test('204 and 304 pass without a body', async (t) => {
  const graph = await startUpstream(t, (request, response) =>
    response.writeHead(request.url === '/v1.0/a' ? 204 : 304).end(),
  )
  const { base } = await startProxy(t, { graph: graph.origin })
  t.equal((await fetch(`${base}/v1.0/a`)).status, 204)
  t.equal((await fetch(`${base}/v1.0/b`)).status, 304)
})

t.test('a redirect is the app’s to follow', async (t) => {
  const graph = await startUpstream(t, (_request, response) =>
    response.writeHead(302, { location: 'https://contoso.sharepoint.example/download?tempauth=1' }).end(),
  )
  const { base } = await startProxy(t, { graph: graph.origin })
  const answer = await fetch(`${base}/v1.0/me/drive/items/1/content`, { redirect: 'manual' })
  t.equal(answer.status, 302)
  t.equal(answer.headers.get('location'), 'https://contoso.sharepoint.example/download?tempauth=1')
  t.equal(graph.requests.length, 1)
})

t.test('bodies of every type and method pass untouched', async (t) => {
  const graph = await startUpstream(t)
  const { base } = await startProxy(t, { graph: graph.origin })
  const bytes = Buffer.from([0, 255, 254, 10, 13, 128])
  const types = [
    'application/json',
    'text/plain',
    'application/octet-stream',
    ';;nonsense',
    'multipart/form-data',
  ]
  for (const type of types) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      await fetch(`${base}/v1.0/me`, { method, headers: { 'content-type': type }, body: bytes })
    }
  }
  t.equal(graph.requests.length, types.length * 4)
  for (const request of graph.requests) t.ok(request.body.equals(bytes), request.method)
})

t.test('/V1.0 is served as /v1.0 is, and goes out as it came', async (t) => {
  const graph = await startUpstream(t)
  const { base } = await startProxy(t, { graph: graph.origin })
  t.equal((await fetch(`${base}/V1.0/Me`)).status, 200)
  t.equal(graph.requests[0]?.url, '/V1.0/Me')
})

t.test('what no rule allows is 403 in Graph’s shape, marked as ours, and never leaves', async (t) => {
  const graph = await startUpstream(t)
  const { base } = await startProxy(t, { graph: graph.origin, allow: ['GET /v1.0/me'] })
  const answer = await fetch(`${base}/v1.0/users`, { headers: { 'client-request-id': 'c-1' } })
  t.equal(answer.status, 403)
  t.equal(answer.headers.get('proxy-status'), 'msgraph-sidecar; error=http_request_denied')
  const error = await readError(answer)
  t.equal(error.code, 'sidecar.pathNotAllowed')
  t.equal(error.innerError['client-request-id'], 'c-1')
  t.match(error.innerError.date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  t.equal(graph.requests.length, 0)
})

t.test('outside the served versions is 404', async (t) => {
  const graph = await startUpstream(t)
  const { base } = await startProxy(t, { graph: graph.origin })
  for (const path of ['/', '/favicon.ico', '/v2.0/me', '/beta/me', '/metrics', '/v1.0x/me']) {
    const answer = await fetch(base + path)
    t.equal(answer.status, 404, path)
    t.equal((await readError(answer)).code, 'sidecar.notFound', path)
  }
  t.equal(graph.requests.length, 0)
})

t.test('the observer hears of every request once', async (t) => {
  const graph = await startUpstream(t, (_request, response) =>
    response
      .writeHead(200, { 'request-id': 'graph-1', 'x-ms-ags-diagnostic': '{"ServerInfo":{}}' })
      .end('{}'),
  )
  const proxy = await startProxy(t, { graph: graph.origin, allow: ['GET /v1.0/me'] })
  let ended = proxy.nextExchange()
  await (await fetch(`${proxy.base}/v1.0/me?$select=secret`)).text()
  const served = await ended
  t.match(served, {
    method: 'GET',
    path: '/v1.0/me',
    status: 200,
    rule: 'GET /v1.0/me',
    identity: 'default',
    aborted: false,
  })
  t.match(served, { requestId: 'graph-1', diagnostic: '{"ServerInfo":{}}' })
  t.ok((served.upstreamMs ?? -1) >= 0)
  ended = proxy.nextExchange()
  await (await fetch(`${proxy.base}/v1.0/users`)).text()
  t.match(await ended, {
    path: '/v1.0/users',
    status: 403,
    denied: 'no_rule',
    error: 'sidecar.pathNotAllowed',
  })
  t.equal(proxy.exchanges.length, 2)
})

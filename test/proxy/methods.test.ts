import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { sendRaw } from '../support/raw.ts'
import { errorOf } from '../support/sidecar-error.ts'
import { startUpstream } from '../support/upstream.ts'

const graph = await startUpstream(t)
const { port } = await startProxy(t, { graph: graph.origin, allow: ['ANY /v1.0/**'] })

const send = (method: string, headers = '') =>
  sendRaw(
    port,
    `${method} /v1.0/me HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )

t.test('the six methods of Graph are forwarded', async (t) => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    t.equal((await send(method)).status, 200, method)
  }
  t.same(
    graph.requests.map((request) => request.method),
    ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  )
})

t.test('no other method reaches Graph', async (t) => {
  const before = graph.requests.length
  for (const method of [
    'OPTIONS',
    'TRACE',
    'QUERY',
    'PROPFIND',
    'LOCK',
    'SEARCH',
    'PURGE',
    'MKCOL',
    'SUBSCRIBE',
  ]) {
    t.match((await send(method)).status, /^40[034]$/, method)
  }
  for (const method of ['POUET', 'get', 'Get', 'G', 'TRACK', 'X-CUSTOM', 'VERSION-CONTROL']) {
    const answer = await send(method)
    t.equal(answer.status, 400, method)
    t.equal(errorOf(answer).code, 'sidecar.badPath', method)
    t.equal(answer.headers['proxy-status'], 'msgraph-sidecar; error=http_request_error')
  }
  t.match(
    (await sendRaw(port, 'CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')).status,
    400,
  )
  t.equal(graph.requests.length, before)
})

t.test('a header that would change the method is refused', async (t) => {
  const before = graph.requests.length
  const names = [
    'X-HTTP-Method',
    'X-HTTP-Method-Override',
    'X-Method-Override',
    'x-http-method',
    'X_HTTP_Method_Override',
  ]
  for (const name of names) {
    const answer = await send('POST', `${name}: DELETE\r\n`)
    t.equal(answer.status, 400, name)
    t.equal(errorOf(answer).code, 'sidecar.methodOverride', name)
  }
  t.equal(graph.requests.length, before)
})

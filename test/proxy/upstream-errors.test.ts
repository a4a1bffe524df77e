import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import t from 'tap'
import type { Test } from 'tap'
import { startProxy } from '../support/proxy.ts'
import { startServer } from '../support/upstream.ts'

/** Something that accepts connections and speaks as it likes. */
async function startTcp(t: Test, onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function errorFrom(t: Test, graph: string, init: RequestInit = {}) {
  const { base } = await startProxy(t, { graph, response: 300 })
  const answer = await fetch(`${base}/v1.0/me`, init)
  const { error } = (await answer.json()) as { error: { code: string } }
  return { status: answer.status, code: error.code, proxyStatus: answer.headers.get('proxy-status') }
}

t.test('a port where nobody listens', async (t) => {
  t.same(await errorFrom(t, 'http://127.0.0.1:1'), {
    status: 502,
    code: 'sidecar.upstreamUnreachable',
    proxyStatus: 'msgraph-sidecar; error=connection_refused',
  })
})

t.test('a name that does not resolve', async (t) => {
  t.same(await errorFrom(t, 'http://graph.invalid'), {
    status: 502,
    code: 'sidecar.upstreamUnreachable',
    proxyStatus: 'msgraph-sidecar; error=dns_error',
  })
})

t.test('a connection that is cut before an answer', async (t) => {
  const graph = await startTcp(t, (socket) => socket.once('data', () => socket.destroy()))
  t.same(await errorFrom(t, graph), {
    status: 502,
    code: 'sidecar.upstreamUnreachable',
    proxyStatus: 'msgraph-sidecar; error=connection_terminated',
  })
})

t.test('an answer that is not HTTP', async (t) => {
  const graph = await startTcp(t, (socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')))
  t.same(await errorFrom(t, graph), {
    status: 502,
    code: 'sidecar.upstreamUnreachable',
    proxyStatus: 'msgraph-sidecar; error=http_protocol_error',
  })
})

t.test('no answer in time', async (t) => {
  const graph = await startServer(t, () => undefined)
  t.same(await errorFrom(t, graph), {
    status: 504,
    code: 'sidecar.upstreamTimeout',
    proxyStatus: 'msgraph-sidecar; error=http_response_timeout',
  })
})

t.test('an app that stops half-way through its body is told so', async (t) => {
  const graph = await startServer(t, (request) => request.resume())
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('half'))
    },
  })
  t.same(await errorFrom(t, graph, { method: 'POST', body, duplex: 'half' }), {
    status: 408,
    code: 'sidecar.requestTimeout',
    proxyStatus: 'msgraph-sidecar; error=http_request_error',
  })
})

t.test('an answer cut half-way is a broken connection for the app, never a whole-looking half', async (t) => {
  const graph = await startServer(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"value":[', () => response.destroy())
  })
  const { base } = await startProxy(t, { graph })
  await t.rejects(fetch(`${base}/v1.0/me`).then((answer) => answer.text()))
})

t.test('an upload that Graph refuses by cutting the connection still gets its answer', async (t) => {
  const graph = await startServer(t, (request) => request.socket.destroy())
  const { status, code } = await errorFrom(t, graph, { method: 'PUT', body: Buffer.alloc(4 << 20) })
  t.same({ status, code }, { status: 502, code: 'sidecar.upstreamUnreachable' })
})

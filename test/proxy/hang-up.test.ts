import { once } from 'node:events'
import { connect } from 'node:net'
import type { IncomingMessage, ServerResponse } from 'node:http'
import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { startServer } from '../support/upstream.ts'

/** A Graph that hands each request over and answers nothing by itself. */
async function startSilentGraph(t: { teardown(callback: () => unknown): unknown }) {
  const waiting: ((call: { request: IncomingMessage; response: ServerResponse }) => void)[] = []
  const graph = await startServer(t, (request, response) => waiting.shift()?.({ request, response }))
  const nextCall = () =>
    new Promise<{ request: IncomingMessage; response: ServerResponse }>((resolve) => waiting.push(resolve))
  return { graph, nextCall }
}

/** Unlike events.once, does not mind the error that may come before. */
function closed(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve) => request.socket.once('close', resolve))
}

t.test('an app that hangs up before the answer frees the connection to Graph', async (t) => {
  const { graph, nextCall } = await startSilentGraph(t)
  const { port, nextExchange } = await startProxy(t, { graph, inFlight: 1 })
  const called = nextCall()
  const app = connect(port, '127.0.0.1', () => app.write('GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\n\r\n'))
  const { request } = await called
  const freed = closed(request)
  const ended = nextExchange()
  app.destroy()
  await freed
  t.match(await ended, { aborted: true, status: 499 })
})

t.test('an app that hangs up in the middle of the answer frees it too', async (t) => {
  const { graph, nextCall } = await startSilentGraph(t)
  const { port, nextExchange } = await startProxy(t, { graph, inFlight: 1 })
  const called = nextCall()
  const app = connect(port, '127.0.0.1', () => app.write('GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\n\r\n'))
  const { request, response } = await called
  const freed = closed(request)
  const ended = nextExchange()
  response.write('some')
  await once(app, 'data')
  app.destroy()
  await freed
  t.match(await ended, { aborted: true, status: 200 })
})

t.test('an app that hangs up in the middle of its upload frees it too', async (t) => {
  const { graph, nextCall } = await startSilentGraph(t)
  const { port } = await startProxy(t, { graph, inFlight: 1 })
  const called = nextCall()
  const app = connect(port, '127.0.0.1', () =>
    app.write('PUT /v1.0/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf'),
  )
  const { request } = await called
  const freed = closed(request)
  app.destroy()
  await freed
  t.pass('the connection to Graph is closed')
})

t.test('an app that hangs up while it waits for a free connection leaves the queue', async (t) => {
  const { graph, nextCall } = await startSilentGraph(t)
  const { base, port, nextExchange } = await startProxy(t, { graph, inFlight: 1, queue: 1 })
  const firstCalled = nextCall()
  const firstAnswer = fetch(`${base}/v1.0/me`)
  const { response } = await firstCalled

  const ended = nextExchange()
  const app = connect(port, '127.0.0.1', () =>
    app.write('GET /v1.0/gone HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  )
  await once(app, 'connect')
  app.end()
  app.destroy()
  t.match(await ended, { path: '/v1.0/gone', aborted: true })

  const secondCalled = nextCall()
  const secondAnswer = fetch(`${base}/v1.0/second`)
  response.end('{}')
  t.equal((await firstAnswer).status, 200)
  const second = await secondCalled
  t.equal(second.request.url, '/v1.0/second')
  second.response.end('{}')
  t.equal((await secondAnswer).status, 200)
})

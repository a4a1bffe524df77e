import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { sendRaw } from '../support/raw.ts'
import { errorOf } from '../support/sidecar-error.ts'
import { startServer, startUpstream } from '../support/upstream.ts'

t.test('requests beyond inFlight wait; beyond the queue they are told to come back', async (t) => {
  const held: (() => void)[] = []
  let onHeld: (() => void) | undefined
  const graph = await startServer(t, (_request, response) => {
    held.push(() => response.end('{}'))
    onHeld?.()
  })
  const { base, proxy, nextExchange } = await startProxy(t, { graph, inFlight: 1, queue: 1 })
  const running = new Promise<void>((resolve) => (onHeld = resolve))
  const first = fetch(`${base}/v1.0/a`)
  await running
  // of the next two, one waits and one is refused
  const refusedEnded = nextExchange()
  const others = [fetch(`${base}/v1.0/b`), fetch(`${base}/v1.0/c`)]
  t.match(await refusedEnded, { status: 503, error: 'sidecar.overloaded' })
  t.equal(proxy.inFlight(), 2)

  const second = new Promise<void>((resolve) => (onHeld = resolve))
  held.shift()?.()
  t.equal((await first).status, 200)
  await second
  held.shift()?.()
  const answers = await Promise.all(others)
  const refused = answers.find((answer) => answer.status === 503)
  t.same(answers.map((answer) => answer.status).sort(), [200, 503])
  t.equal(refused?.headers.get('retry-after'), '1')
  t.equal(refused?.headers.get('proxy-status'), 'msgraph-sidecar; error=connection_limit_reached')
})

t.test('headers beyond the limit are 431 in our shape', async (t) => {
  const graph = await startUpstream(t)
  const { port } = await startProxy(t, { graph: graph.origin, headers: 4096 })
  const answer = await sendRaw(
    port,
    `GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(5000)}\r\n\r\n`,
  )
  t.equal(answer.status, 431)
  t.equal(errorOf(answer).code, 'sidecar.headersTooLarge')
  t.equal(graph.requests.length, 0)
})

t.test('what is not HTTP gets an answer in our shape', async (t) => {
  const graph = await startUpstream(t)
  const { port } = await startProxy(t, { graph: graph.origin })
  for (const bytes of [
    'hello\r\n\r\n',
    'GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'POST /v1.0/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nX: a\r\n folded\r\n\r\n',
    'GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n',
    'GET /v1.0/me HTTP/9.9\r\nHost: localhost\r\n\r\n',
  ]) {
    const answer = await sendRaw(port, bytes)
    t.equal(answer.status, 400, JSON.stringify(bytes))
    t.equal(errorOf(answer).code, 'sidecar.badPath', JSON.stringify(bytes))
  }
  t.equal(graph.requests.length, 0)
})

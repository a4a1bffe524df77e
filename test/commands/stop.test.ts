import { once } from 'node:events'
import { Agent, request as httpRequest } from 'node:http'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import t from 'tap'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { startProcess } from '../support/cli.ts'
import { configFor, seedSecrets, startSidecar, writeConfig } from '../support/sidecar.ts'
import { startServer } from '../support/upstream.ts'

/** A Graph whose answers the test gives, one by one. */
async function startHeldGraph(t: { teardown(callback: () => unknown): unknown }) {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.close())
  const waiting: ((response: ServerResponse) => void)[] = []
  const graph = await startServer(t, (_request, response) => waiting.shift()?.(response))
  return {
    cloud: { authority: sandbox.authority, graph },
    nextCall: () => new Promise<ServerResponse>((resolve) => waiting.push(resolve)),
  }
}

function call(
  url: string,
  agent: Agent,
): Promise<{ status: number | undefined; connection: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection, body })
      })
    })
    request.on('error', reject)
    request.end()
  })
}

t.test('a request in flight is finished, then the process ends with 0', async (t) => {
  const { cloud, nextCall } = await startHeldGraph(t)
  const file = await writeConfig(t, configFor(cloud))
  const sidecar = startProcess(t, ['--config', file], seedSecrets)
  const [, address = ''] = await sidecar.until(/"listen":\["([^"]+)"\]/)
  const called = nextCall()
  const answer = fetch(`http://${address}/v1.0/me`)
  const response = await called
  sidecar.signal('SIGTERM')
  await sidecar.until(/"msg":"stopping"/)
  await t.rejects(fetch(`http://${address}/v1.0/me`), 'no new connection is taken')
  response.end('{"late":true}')
  t.equal(await (await answer).text(), '{"late":true}')
  t.equal(await sidecar.ended, 0)
  t.match(sidecar.output(), /"msg":"stopped"/)
})

t.test('a second signal ends it at once', async (t) => {
  const { cloud, nextCall } = await startHeldGraph(t)
  const file = await writeConfig(t, configFor(cloud))
  const sidecar = startProcess(t, ['--config', file], seedSecrets)
  const [, address = ''] = await sidecar.until(/"listen":\["([^"]+)"\]/)
  const called = nextCall()
  const answer = fetch(`http://${address}/v1.0/me`)
  await called
  sidecar.signal('SIGTERM')
  await sidecar.until(/"msg":"stopping"/)
  sidecar.signal('SIGTERM')
  await t.rejects(answer)
  t.equal(await sidecar.ended, 0)
})

t.test('when the drain runs out, the rest is cut, logged, and the exit code is still 0', async (t) => {
  const { cloud, nextCall } = await startHeldGraph(t)
  const sidecar = await startSidecar(t, configFor({ ...cloud, more: 'timeouts: { drain: 50ms }' }))
  const called = nextCall()
  const answer = fetch(`${sidecar.base}/v1.0/me`)
  await called
  const [code] = await Promise.all([sidecar.stop(), t.rejects(answer)])
  t.equal(code, 0)
  t.match(sidecar.output(), /timeouts\.drain ran out/)
})

t.test('while it drains, /readyz is 503 and a request on an open connection is told to leave', async (t) => {
  const { cloud, nextCall } = await startHeldGraph(t)
  const sidecar = await startSidecar(t, configFor(cloud))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => {
    agent.destroy()
  })
  const called = nextCall()
  const held = fetch(`${sidecar.base}/v1.0/me`)
  const response = await called

  // this connection is in use when the stop begins, so it stays open, and asks again
  const secondCalled = nextCall()
  const second = call(`${sidecar.base}/v1.0/me`, agent)
  const secondResponse = await secondCalled
  const exit = sidecar.stop()
  const ready = await fetch(`${sidecar.admin}/readyz`)
  t.equal(ready.status, 503)
  t.match(await ready.text(), /stopping/)
  secondResponse.end('{}')
  t.match(await second, { status: 200, connection: 'close' })
  response.end('{}')
  t.equal((await held).status, 200)
  t.equal(await exit, 0)
})

t.test('for linger it serves on, with Connection: close and /readyz 503', async (t) => {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.close())
  const sidecar = await startSidecar(t, configFor({ ...sandbox, more: 'timeouts: { linger: 300ms }' }))
  await fetch(`${sidecar.base}/v1.0/me`)
  const exit = sidecar.stop()
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => {
    agent.destroy()
  })
  const answer = await call(`${sidecar.base}/v1.0/me`, agent)
  t.match(answer, { status: 200, connection: 'close' })
  t.equal((await fetch(`${sidecar.admin}/readyz`)).status, 503)
  t.equal(await exit, 0)
})

t.test(
  'a request that arrives on an open connection while it drains is told to come back elsewhere',
  async (t) => {
    const { cloud, nextCall } = await startHeldGraph(t)
    const sidecar = await startSidecar(t, configFor(cloud))
    const heldCalled = nextCall()
    const held = fetch(`${sidecar.base}/v1.0/held`)
    const heldResponse = await heldCalled

    const called = nextCall()
    const app = connect(Number(new URL(sidecar.base).port), '127.0.0.1')
    // the second request has begun when the first is answered, so the connection is not idle
    app.write('GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1.0/me HTTP/1.1\r\nHost: loc')
    let received = ''
    app.on('data', (chunk: Buffer) => (received += chunk.toString()))
    const firstResponse = await called
    firstResponse.end('{}')
    await once(app, 'data')
    const exit = sidecar.stop()
    const ended = once(app, 'close')
    app.write('alhost\r\n\r\n')
    await ended
    t.match(received, /HTTP\/1\.1 503 /)
    t.match(received, /sidecar\.shuttingDown/)
    t.match(received, /connection: close/i)
    heldResponse.end('{}')
    t.equal((await held).status, 200)
    t.equal(await exit, 0)
  },
)

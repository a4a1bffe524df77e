import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { startSandbox } from '../src/sandbox/sandbox.ts'
import { startProcess } from './support/cli.ts'
import { configFor, seedSecrets, writeConfig } from './support/sidecar.ts'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)

/** An https server with a certificate that nobody has been told to trust. */
async function startHttps(t: Test) {
  const seen: { requests: number; connections: number } = { requests: 0, connections: 0 }
  const server = createServer(
    { key: readFileSync(fixture('localhost.key')), cert: readFileSync(fixture('localhost.crt')) },
    (request, response) => {
      seen.requests++
      request.resume()
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ token_type: 'Bearer', access_token: 'https-token', expires_in: 3600 }))
    },
  )
  server.on('connection', () => seen.connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** A process of its own: Node reads these variables of the environment once, at its start. */
async function call(t: Test, cloud: { authority: string; graph: string }, env: NodeJS.ProcessEnv) {
  const file = await writeConfig(t, configFor(cloud))
  const sidecar = startProcess(t, ['--config', file], { ...seedSecrets, NODE_EXTRA_CA_CERTS: '', ...env })
  const [, address] = await sidecar.until(/"listen":\["([^"]+)"\]/)
  const answer = await fetch(`http://${address ?? ''}/v1.0/me`)
  const { error } = (await answer.json()) as { error?: { code: string; message: string } }
  return { status: answer.status, proxyStatus: answer.headers.get('proxy-status'), error }
}

for (const environment of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]) {
  const where = JSON.stringify(environment)
  t.test(`a Graph with an untrusted certificate gets no request and no token, with ${where}`, async (t) => {
    const sandbox = await startSandbox()
    t.teardown(() => sandbox.close())
    const { origin, seen } = await startHttps(t)
    const answer = await call(t, { authority: sandbox.authority, graph: origin }, environment)
    t.equal(answer.status, 502)
    t.equal(answer.error?.code, 'sidecar.upstreamUnreachable')
    t.equal(answer.proxyStatus, 'msgraph-sidecar; error=tls_certificate_error')
    t.match(answer.error?.message, /NODE_EXTRA_CA_CERTS/)
    t.ok(seen.connections > 0, 'it was dialled')
    t.equal(seen.requests, 0)
  })

  t.test(`an authority with an untrusted certificate gets no password, with ${where}`, async (t) => {
    const sandbox = await startSandbox()
    t.teardown(() => sandbox.close())
    const { origin, seen } = await startHttps(t)
    const answer = await call(t, { authority: origin, graph: sandbox.graph }, environment)
    t.equal(answer.status, 503)
    t.equal(answer.error?.code, 'sidecar.tokenUnavailable')
    t.match(answer.error?.message, /certificate/i)
    t.ok(seen.connections > 0, 'it was dialled')
    t.equal(seen.requests, 0)
  })
}

t.test('a certificate whose authority NODE_EXTRA_CA_CERTS names is trusted, by both', async (t) => {
  const { origin } = await startHttps(t)
  const answer = await call(
    t,
    { authority: origin, graph: origin },
    { NODE_EXTRA_CA_CERTS: fixture('localhost.crt') },
  )
  t.equal(answer.status, 200)
})

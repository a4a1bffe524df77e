import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { createTokenFetch } from '../../src/tokens/http.ts'
import { cloud, createHarness, failureOf, second } from './harness.ts'
import type { Harness } from './harness.ts'
import { startServer } from './strict-server.ts'

/** An identity that really dials the authority. */
function identityAt(t: Test, authority: string): Harness {
  const http = createTokenFetch({ connectTimeout: 5000 })
  t.teardown(() => http.close())
  const harness = createHarness({ fetch: http.fetch, cloud: { ...cloud, authority }, timeout: 10 * second })
  t.teardown(() => {
    harness.identity.stop()
  })
  return harness
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

t.test('a refused connection is called so, with what to check', async (t) => {
  const server = createTcpServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  const { identity, attempts } = identityAt(t, `http://127.0.0.1:${port}`)
  const error = await failureOf(identity)
  t.equal(error.code, 'sidecar.tokenUnavailable')
  t.match(
    error.message,
    /ECONNREFUSED \(the connection to Entra was refused\); check the address and egress rules/,
  )
  t.match(attempts, [{ outcome: 'transient', code: 'ECONNREFUSED' }])
})

t.test('a connection that is cut half-way through the answer is called so', async (t) => {
  const authority = await startServer(t, (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-length': 1000 })
    response.write('{"access_token":', () => response.destroy())
  })
  t.match((await failureOf(identityAt(t, authority).identity)).message, /the connection to Entra was cut/)
})

t.test('an answer that stops half-way is left at the deadline', async (t) => {
  const begun = Promise.withResolvers<undefined>()
  const authority = await startServer(t, (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-length': 1000 })
    response.write('{"access_token":', () => {
      begun.resolve(undefined)
    })
  })
  const { identity, clock } = identityAt(t, authority)
  const call = failureOf(identity)
  await begun.promise
  clock.advance(10 * second)
  t.match((await call).message, /timeout/)
})

t.test('stop cuts the request that is in flight', async (t) => {
  const asked = Promise.withResolvers<undefined>()
  const cut = Promise.withResolvers<undefined>()
  const authority = await startServer(t, (request) => {
    request.resume()
    request.socket.once('close', () => {
      cut.resolve(undefined)
    })
    asked.resolve(undefined)
  })
  const { identity } = identityAt(t, authority)
  identity.start()
  await asked.promise
  identity.stop()
  await cut.promise
  t.pass('the connection was closed')
})

t.test('no redirect is followed with credentials', async (t) => {
  let redirected = 0
  const elsewhere = await startServer(t, (_request, response) => {
    redirected++
    response.end()
  })
  for (const status of [301, 302, 307, 308]) {
    const authority = await startServer(t, (request, response) => {
      request.resume()
      response.writeHead(status, { location: elsewhere }).end()
    })
    const { identity, attempts } = identityAt(t, authority)
    t.equal((await failureOf(identity)).code, 'sidecar.tokenUnavailable')
    t.match(attempts, [{ outcome: 'transient', code: `http_${status}` }])
  }
  t.equal(redirected, 0)
})

for (const environment of [undefined, '0']) {
  const where = `NODE_TLS_REJECT_UNAUTHORIZED=${environment ?? ''}`
  t.test(`an authority with an untrusted certificate gets no request, with ${where}`, async (t) => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    const restore = (value: string | undefined) => {
      if (value === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = value
    }
    t.teardown(() => {
      restore(before)
    })
    restore(environment)
    let requests = 0
    const fixture = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', name))
    const server = createServer(
      { key: fixture('localhost.key'), cert: fixture('localhost.crt') },
      () => requests++,
    )
    const port = await listening(server)
    t.teardown(() => {
      server.close()
      server.closeAllConnections()
    })
    const { identity } = identityAt(t, `https://127.0.0.1:${port}`)
    const error = await failureOf(identity)
    t.equal(error.code, 'sidecar.tokenUnavailable')
    t.match(error.message, /SELF_SIGNED_CERT.*certificate is not trusted.*NODE_EXTRA_CA_CERTS/)
    t.equal(requests, 0)
  })
}

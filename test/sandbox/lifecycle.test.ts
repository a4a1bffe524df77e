import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { startSandbox, type SandboxRequest } from '../../src/sandbox/sandbox.ts'
import { ask, signIn, start } from './help.ts'

t.test('both origins are on loopback, on ports of their own', async (t) => {
  const sandbox = await start(t)
  t.match(sandbox.graph, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.match(sandbox.authority, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.not(sandbox.graph, sandbox.authority)
})

t.test('a busy port rejects with EADDRINUSE, and leaves nothing open', async (t) => {
  const first = await start(t)
  const busy = (origin: string) => Number(new URL(origin).port)
  await t.rejects(startSandbox({ graphPort: busy(first.graph) }), { code: 'EADDRINUSE' })

  const other = await startSandbox()
  const free = busy(other.graph)
  await other.close()
  await t.rejects(startSandbox({ graphPort: free, entraPort: busy(first.authority) }), { code: 'EADDRINUSE' })
  const again = await start(t, { graphPort: free })
  t.equal(again.graph, `http://127.0.0.1:${free}`, 'the first of the two ports was let go')
})

t.test('close() ends open connections at once, in the middle of a request too', async (t) => {
  const sandbox = await startSandbox()
  const socket = connect(Number(new URL(sandbox.graph).port), '127.0.0.1')
  socket.write('POST /v1.0/me HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n')
  await once(socket, 'data')
  const ended = once(socket, 'close')
  await sandbox.close()
  await ended
  await t.rejects(fetch(sandbox.graph), { cause: { code: 'ECONNREFUSED' } })
})

t.test('every request is told, by the time that its answer is there', async (t) => {
  const entries: SandboxRequest[] = []
  const sandbox = await start(t, { onRequest: (entry) => entries.push(entry) })
  const call = await signIn(sandbox)
  await call('/v1.0/users/nobody?$select=id', { headers: { 'x-test': 'yes' } })
  t.match(entries, [
    { service: 'entra', method: 'POST', target: '/contoso.onmicrosoft.com/oauth2/v2.0/token', status: 200 },
    {
      service: 'graph',
      method: 'GET',
      target: '/v1.0/users/nobody?$select=id',
      status: 404,
      headers: { 'x-test': 'yes' },
    },
  ])
  t.equal(entries.length, 2)
})

t.test('a client that goes away in the middle of its request got no answer', async (t) => {
  const entries: SandboxRequest[] = []
  const sandbox = await start(t, { onRequest: (entry) => entries.push(entry) })
  const socket = connect(Number(new URL(sandbox.graph).port), '127.0.0.1')
  socket.write('POST /v1.0/me HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  await once(socket, 'close')
  await fetch(sandbox.graph)
  t.same(
    entries.map(({ method, status }) => [method, status]),
    [['GET', 401]],
  )
})

t.test('every answer says that it is the sandbox, the one to a malformed request too', async (t) => {
  const sandbox = await start(t)
  t.equal((await ask(sandbox)).headers.get('server'), 'msgraph-sandbox')
  t.equal((await ask(sandbox, { password: 'x' })).headers.get('server'), 'msgraph-sandbox')
  t.equal((await fetch(sandbox.authority)).headers.get('server'), 'msgraph-sandbox')

  const socket = connect(Number(new URL(sandbox.graph).port), '127.0.0.1')
  socket.write('nonsense\r\n\r\n')
  const answer = await text(socket)
  t.match(answer, /^HTTP\/1\.1 400 .*\r\nServer: msgraph-sandbox\r\n/)
})

t.test('an IPv6 host stands in brackets', async (t) => {
  const sandbox = await start(t, { host: '::1' })
  t.match(sandbox.graph, /^http:\/\/\[::1\]:\d+$/)
  t.equal((await ask(sandbox)).status, 200)
})

import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { sendRaw } from '../support/raw.ts'
import { errorOf } from '../support/sidecar-error.ts'
import { startUpstream } from '../support/upstream.ts'

const graph = await startUpstream(t)
const { port } = await startProxy(t, { graph: graph.origin })

const get = (headers: string, version = '1.1') =>
  sendRaw(port, `GET /v1.0/me HTTP/${version}\r\n${headers}Connection: close\r\n\r\n`)

t.test('a listed name is answered, in any case and with any port', async (t) => {
  for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]', '[::1]:8080']) {
    t.equal((await get(`Host: ${host}\r\n`)).status, 200, host)
  }
})

t.test('any other name is 403: a web page may have made it point here', async (t) => {
  const before = graph.requests.length
  for (const host of [
    'evil.example',
    'graph.microsoft.com',
    'localhost.evil.example',
    '127.0.0.2',
    'localhost.',
  ]) {
    const answer = await get(`Host: ${host}\r\n`)
    t.equal(answer.status, 403, host)
    t.equal(errorOf(answer).code, 'sidecar.hostNotAllowed', host)
  }
  t.equal(graph.requests.length, before)
})

t.test('two Host headers, none, or one that is more than a name and a port, are 400', async (t) => {
  const before = graph.requests.length
  const malformed = [
    'Host: localhost\r\nHost: localhost\r\n',
    'Host: localhost\r\nhOST: evil.example\r\n',
    '',
    'Host: \r\n',
    'Host: localhost:80"},"x":"\r\n',
    'Host: localhost@evil\r\n',
    'Host: user:pass@localhost\r\n',
    'Host: localhost/v1.0\r\n',
    'Host: localhost:\r\n',
    'Host: localhost:8080:80\r\n',
    'Host: localhost, evil\r\n',
    'Host: http://localhost\r\n',
    'Host: [::1\r\n',
  ]
  for (const headers of malformed) {
    const answer = await get(headers)
    t.equal(answer.status, 400, JSON.stringify(headers))
    t.equal(errorOf(answer).code, 'sidecar.hostNotAllowed', JSON.stringify(headers))
  }
  t.equal((await get('', '1.0')).status, 400, 'HTTP/1.0 without Host')
  t.equal(graph.requests.length, before)
})

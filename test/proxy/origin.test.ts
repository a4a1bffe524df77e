import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { sendRaw } from '../support/raw.ts'
import { errorOf } from '../support/sidecar-error.ts'
import { startUpstream } from '../support/upstream.ts'

const graph = await startUpstream(t)
const { port } = await startProxy(t, { graph: graph.origin })

const send = (method: string, headers: string) =>
  sendRaw(
    port,
    `${method} /v1.0/me HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )

t.test('a web page’s request is refused, whatever it is', async (t) => {
  const cases: [string, string][] = [
    ['POST', 'Origin: https://evil.example\r\n'],
    ['GET', 'Origin: null\r\n'],
    ['POST', 'Origin: http://localhost:8080\r\n'],
    ['OPTIONS', 'Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n'],
    ['GET', 'Sec-Fetch-Site: cross-site\r\n'],
    ['GET', 'Sec-Fetch-Site: same-site\r\n'],
    ['GET', 'Sec-Fetch-Site: nonsense\r\n'],
    ['POST', 'Sec-Fetch-Site: none\r\n'],
  ]
  for (const [method, headers] of cases) {
    const answer = await send(method, headers)
    t.equal(answer.status, 403, headers)
    t.equal(errorOf(answer).code, 'sidecar.originNotAllowed', headers)
  }
  t.equal(graph.requests.length, 0)
})

t.test('an address typed into a browser, and programs, are answered', async (t) => {
  for (const headers of ['', 'Sec-Fetch-Site: none\r\n', 'Sec-Fetch-Site: same-origin\r\n']) {
    t.equal((await send('GET', headers)).status, 200, headers)
  }
})

import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { startUpstream } from '../support/upstream.ts'

for (const status of [429, 503, 504, 509]) {
  t.test(`a ${status} is passed on once, with its Retry-After`, async (t) => {
    const graph = await startUpstream(t, (_request, response) =>
      response
        .writeHead(status, { 'retry-after': '2.128', 'content-type': 'application/json' })
        .end('{"error":{"code":"x"}}'),
    )
    const { base } = await startProxy(t, { graph: graph.origin })
    const answer = await fetch(`${base}/v1.0/me`)
    t.equal(answer.status, status)
    t.equal(answer.headers.get('retry-after'), '2.128')
    t.equal(answer.headers.get('proxy-status'), null)
    t.equal(await answer.text(), '{"error":{"code":"x"}}')
    t.equal(graph.requests.length, 1)
  })
}

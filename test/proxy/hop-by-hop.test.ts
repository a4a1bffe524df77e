import { Agent, request as httpRequest } from 'node:http'
import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { startUpstream } from '../support/upstream.ts'

const headers: Record<string, Record<string, string>> = {
  'Keep-Alive': { 'Keep-Alive': 'timeout=5' },
  'Expect: 100-continue': { Expect: '100-continue' },
  Upgrade: { Upgrade: 'websocket', Connection: 'Upgrade' },
  'Upgrade without Connection': { Upgrade: 'h2c' },
  TE: { TE: 'trailers' },
  Trailer: { Trailer: 'X-Checksum', 'Transfer-Encoding': 'chunked' },
  'Transfer-Encoding': { 'Transfer-Encoding': 'chunked' },
  'Connection: authorization': { Connection: 'authorization', Authorization: 'Bearer app' },
  'Connection: content-length': { Connection: 'content-length', 'Content-Length': '4' },
  'Proxy-Connection': { 'Proxy-Connection': 'keep-alive' },
}

for (const [name, sent] of Object.entries(headers)) {
  t.test(`1,000 requests with ${name} on a pool of 4, then a plain one`, async (t) => {
    const graph = await startUpstream(t)
    const { base } = await startProxy(t, { graph: graph.origin, inFlight: 4, queue: 1000 })
    const agent = new Agent({ keepAlive: true, maxSockets: 16 })
    t.teardown(() => {
      agent.destroy()
    })
    const post = () => send(`${base}/v1.0/me`, sent, agent)
    const statuses = new Set(await Promise.all(Array.from({ length: 1000 }, post)))
    t.same([...statuses], [200])
    t.equal((await fetch(`${base}/v1.0/me`)).status, 200)
    t.equal(graph.requests.length, 1001)
    const { headers: received, body } = graph.requests[0]!
    t.equal(body.toString(), 'body')
    t.equal(received.authorization, 'Bearer test-token-9f2c')
    for (const gone of ['keep-alive', 'expect', 'upgrade', 'te', 'trailer', 'proxy-connection']) {
      t.equal(received[gone], undefined, gone)
    }
  })
}

function send(url: string, headers: Record<string, string>, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.on('end', () => {
        resolve(response.statusCode ?? 0)
      })
    })
    request.on('error', reject)
    if (headers['Expect'] === undefined) request.end('body')
    else request.on('continue', () => request.end('body'))
  })
}

import { Agent, request as httpRequest } from 'node:http'
import t from 'tap'
import { startProxy } from '../support/proxy.ts'
import { startServer } from '../support/upstream.ts'

t.test(
  'an answer that comes before the upload has ended reaches the app, and its connection serves on',
  async (t) => {
    const graph = await startServer(t, (request, response) => {
      if (request.method === 'PUT') response.writeHead(413).end('{"error":{"code":"tooBig"}}')
      else response.end('{}')
    })
    const { base } = await startProxy(t, { graph })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.teardown(() => {
      agent.destroy()
    })
    const call = (method: string, body?: Buffer) =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const request = httpRequest(`${base}/v1.0/me/drive/root/content`, { method, agent }, (response) => {
          let text = ''
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () => {
            resolve({ status: response.statusCode, text })
          })
        })
        request.on('error', reject)
        request.end(body)
      })
    const upload = await call('PUT', Buffer.alloc(8 << 20))
    t.same(upload, { status: 413, text: '{"error":{"code":"tooBig"}}' })
    t.equal((await call('GET')).status, 200)
  },
)

t.test('a denied upload that asks first is never sent', async (t) => {
  const graph = await startServer(t, (_request, response) => response.end())
  const { base } = await startProxy(t, { graph, allow: ['GET /v1.0/me'] })
  let continued = false
  const status = await new Promise((resolve, reject) => {
    const request = httpRequest(`${base}/v1.0/me`, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': 5 },
    })
    request.on('continue', () => (continued = true))
    request.on('response', (response) => {
      resolve(response.statusCode)
      request.destroy()
    })
    request.on('error', reject)
    request.flushHeaders()
  })
  t.equal(status, 403)
  t.notOk(continued)
})

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Recorded {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export interface Upstream {
  readonly origin: string
  /** Requests whose body has arrived whole. */
  readonly requests: Recorded[]
}

interface Test {
  teardown(callback: () => unknown): unknown
}

/** A Graph that answers what the test says: real HTTP on a free port, every request written down. */
export async function startUpstream(
  t: Test,
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void = (_request, response) =>
    response.end('{}'),
): Promise<Upstream> {
  const requests: Recorded[] = []
  const origin = await startServer(t, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request
      const body = Buffer.concat(chunks)
      requests.push({ method, url, headers, rawHeaders, body })
      answer(request, response, body)
    })
  })
  return { origin, requests }
}

/** A bare server on a free port; ends with the test. */
export async function startServer(
  t: Test,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer({ requestTimeout: 0 }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** None: an answer without a body, such as 204. */
  readonly body?: string
}

export interface RequestEntry {
  readonly method: string
  /** As it came over the wire: path and query. */
  readonly target: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

export interface Listener {
  /** Such as `http://127.0.0.1:49152`. */
  readonly origin: string
  serve(handle: (request: IncomingMessage) => Promise<Answer>): void
  /** Ends open connections too, at once. */
  close(): Promise<void>
}

const serverName = 'msgraph-sandbox'

/**
 * Opens a port; rejects with the listen error. `onAnswer` is called just before an answer's last byte is handed
 * over, so that whoever has the whole answer finds its entry.
 */
export async function listen(
  host: string,
  port: number,
  onAnswer: (entry: RequestEntry) => void,
): Promise<Listener> {
  const server = createServer()
  // Node's 5 s would close connections under a client's pool, just when it takes one for the next request
  server.keepAliveTimeout = 120_000
  // Node's own answer to a malformed request has no headers at all
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return
    socket.end(`HTTP/1.1 400 Bad Request\r\nServer: ${serverName}\r\nConnection: close\r\n\r\n`)
  })
  server.listen(port, host)
  await once(server, 'listening')

  const { port: actualPort } = server.address() as AddressInfo
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,

    serve(handle) {
      server.on('request', (request, response) => {
        void respond(request, response, handle, onAnswer)
      })
    },

    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: IncomingMessage) => Promise<Answer>,
  onAnswer: (entry: RequestEntry) => void,
): Promise<void> {
  const answer = await handle(request).catch((): Answer => ({ status: 500, headers: {} }))
  // The client went away; nobody reads the answer
  if (response.destroyed) return
  const { method = '', url: target = '', headers } = request

  response.statusCode = answer.status
  response.setHeader('Server', serverName)
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (answer.body !== undefined) response.setHeader('Content-Length', Buffer.byteLength(answer.body))
  onAnswer({ method, target, status: answer.status, headers })
  response.end(method === 'HEAD' ? undefined : answer.body)
}

/**
 * The whole body, or undefined when it is longer than `limit` bytes. What is too long is read to its end and
 * forgotten: an answer in the middle of an upload reaches few clients.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) chunks = []
    else chunks.push(chunk)
  }
  return length > limit ? undefined : Buffer.concat(chunks, length)
}

/** `application/json; charset=utf-8` is `application/json`; none is the empty string. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase()
}

import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SidecarError } from '../errors.ts'

/** An error of the sidecar's own as HTTP, in the shape of Graph's errors and marked as ours (RFC 9209). */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function answerFor(error: SidecarError, clientRequestId: string): Answer {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'proxy-status': `msgraph-sidecar; error=${error.proxyStatus}`,
    'client-request-id': clientRequestId,
  }
  if (error.retryAfter !== undefined)
    headers['retry-after'] = String(Math.max(1, Math.ceil(error.retryAfter)))
  if (error.code === 'sidecar.shuttingDown') headers['connection'] = 'close'
  const innerError = { date: new Date().toISOString().slice(0, 19), 'client-request-id': clientRequestId }
  const body = JSON.stringify({ error: { code: error.code, message: error.message, innerError } })
  return { status: error.status, headers, body }
}

/** Whatever was thrown, as an error of the table: nothing of a library's own words reaches the app. */
export function asSidecarError(error: unknown): SidecarError {
  if (error instanceof SidecarError) return error
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode
  if (status === 404) return notServed()
  if (status === 413) return new SidecarError('tooLarge', 'the request is too large', { cause: error })
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new SidecarError('badPath', 'the path cannot be read safely', { cause: error })
  }
  return new SidecarError('internal', 'a fault of the sidecar; its log has the details', { cause: error })
}

export function notServed(): SidecarError {
  return new SidecarError('notFound', 'only /v1.0/... is served here, and /beta/... where a rule names it')
}

/** What Node's HTTP parser refused, before there was a request. */
export function parserError(error: NodeJS.ErrnoException): SidecarError {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return new SidecarError('headersTooLarge', 'the request headers are larger than limits.headers')
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new SidecarError('requestTimeout', 'the request headers took too long')
  }
  return new SidecarError('badPath', 'this is not a request that HTTP/1.1 knows, or its method is not served')
}

export function writeToSocket(socket: Duplex, { status, headers, body }: Answer): void {
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`)
}

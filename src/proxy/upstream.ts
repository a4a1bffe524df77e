import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { SidecarError } from '../errors.ts'
import type { ErrorName } from '../errors.ts'

export interface UpstreamOptions {
  /** Graph's origin. Only ever this one: no request can name another. */
  readonly origin: string
  readonly connections: number
  /** Milliseconds. */
  readonly timeouts: { readonly connect: number; readonly response: number; readonly idle: number }
}

export function createUpstream({ origin, connections, timeouts }: UpstreamOptions): Dispatcher {
  return new Pool(origin, {
    connections,
    pipelining: 1,
    // undici counts these from the first byte sent, so a long upload would run into it: forward.ts keeps its own
    headersTimeout: 0,
    bodyTimeout: timeouts.response,
    keepAliveTimeout: timeouts.idle,
    keepAliveMaxTimeout: timeouts.idle,
    // set, not assumed: NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment must not hand the token to a stranger
    connect: { timeout: timeouts.connect, rejectUnauthorized: true },
  })
}

/** Node's and undici's error codes -> RFC 9209 error type and advice. Codes not listed: see upstreamError. */
const failures: Readonly<Record<string, readonly [proxyStatus: string, message: string, error?: ErrorName]>> =
  {
    ECONNREFUSED: ['connection_refused', 'Graph refused the connection'],
    ENOTFOUND: ['dns_error', "Graph's host name cannot be resolved; check DNS and egress rules"],
    EAI_AGAIN: ['dns_error', "Graph's host name cannot be resolved for now; check DNS and egress rules"],
    EHOSTUNREACH: ['destination_ip_unroutable', 'there is no route to Graph; check egress rules'],
    ENETUNREACH: ['destination_ip_unroutable', 'there is no route to Graph; check egress rules'],
    ECONNRESET: ['connection_terminated', 'the connection to Graph was cut'],
    EPIPE: ['connection_terminated', 'the connection to Graph was cut'],
    UND_ERR_SOCKET: ['connection_terminated', 'the connection to Graph was cut'],
    UND_ERR_HEADERS_OVERFLOW: ['http_response_header_section_size', "Graph's response headers are too large"],
    ERR_INVALID_CHAR: ['http_protocol_error', "Graph's answer is not valid HTTP"],
    UND_ERR_CONNECT_TIMEOUT: ['connection_timeout', 'Graph could not be reached in time', 'upstreamTimeout'],
    ETIMEDOUT: ['connection_timeout', 'Graph could not be reached in time', 'upstreamTimeout'],
    UND_ERR_HEADERS_TIMEOUT: ['http_response_timeout', 'Graph did not answer in time', 'upstreamTimeout'],
    UND_ERR_BODY_TIMEOUT: ['http_response_timeout', "Graph's answer stopped half-way", 'upstreamTimeout'],
  }

/** OpenSSL's verification codes as Node names them (`x509_verify_cert_error_string`). */
const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/

export function upstreamError(error: unknown): SidecarError {
  if (error instanceof SidecarError) return error
  const code = codeOf(error)
  const failure = failures[code]
  if (failure !== undefined) {
    const [proxyStatus, message, name = 'upstreamUnreachable'] = failure
    return new SidecarError(name, message, { proxyStatus, cause: error })
  }
  if (certificateCode.test(code)) {
    const message = `Graph's certificate is not trusted (${code}); behind a TLS inspecting proxy, set NODE_EXTRA_CA_CERTS`
    return new SidecarError('upstreamUnreachable', message, {
      proxyStatus: 'tls_certificate_error',
      cause: error,
    })
  }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
    return new SidecarError('upstreamUnreachable', `no TLS connection to Graph (${code})`, {
      proxyStatus: 'tls_protocol_error',
      cause: error,
    })
  }
  // undici's parser error has no code where llhttp gives a reason of its own
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_') || (error as Error).name === 'HTTPParserError') {
    return new SidecarError('upstreamUnreachable', "Graph's answer is not valid HTTP", {
      proxyStatus: 'http_protocol_error',
      cause: error,
    })
  }
  return new SidecarError('internal', 'the request could not be forwarded', { cause: error })
}

/** The code of an error, or of the first of several attempts (IPv6 and IPv4 of one host). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = (error as NodeJS.ErrnoException).code
  if (code !== undefined) return code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

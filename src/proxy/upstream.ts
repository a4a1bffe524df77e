import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { SidecarError } from '../errors.ts'
import type { ErrorName } from '../errors.ts'
import { networkFailure } from '../network-failure.ts'
import type { FailureKind } from '../network-failure.ts'

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

/** What each failure is to the app: RFC 9209 error type and advice. */
const answers: Readonly<
  Record<FailureKind, readonly [error: ErrorName, proxyStatus: string, message: string]>
> = {
  refused: ['upstreamUnreachable', 'connection_refused', 'Graph refused the connection'],
  unresolved: [
    'upstreamUnreachable',
    'dns_error',
    "Graph's host name cannot be resolved; check DNS and egress rules",
  ],
  unroutable: [
    'upstreamUnreachable',
    'destination_ip_unroutable',
    'there is no route to Graph; check egress rules',
  ],
  cut: ['upstreamUnreachable', 'connection_terminated', 'the connection to Graph was cut'],
  connectTimeout: ['upstreamTimeout', 'connection_timeout', 'Graph could not be reached in time'],
  answerTimeout: ['upstreamTimeout', 'http_response_timeout', 'Graph did not answer in time'],
  certificate: [
    'upstreamUnreachable',
    'tls_certificate_error',
    "Graph's certificate is not trusted; behind a TLS inspecting proxy, set NODE_EXTRA_CA_CERTS to its CA",
  ],
  tls: [
    'upstreamUnreachable',
    'tls_protocol_error',
    'no TLS connection to Graph; check what stands between: a proxy or a firewall',
  ],
  headersTooLarge: [
    'upstreamUnreachable',
    'http_response_header_section_size',
    "Graph's response headers are too large",
  ],
  notHttp: ['upstreamUnreachable', 'http_protocol_error', "Graph's answer is not valid HTTP"],
  other: ['internal', 'proxy_internal_error', 'the request could not be forwarded'],
}

/** Whatever a request to Graph was rejected with, as an answer. */
export function upstreamError(error: unknown): SidecarError {
  if (error instanceof SidecarError) return error
  const [name, proxyStatus, message] = answers[networkFailure(error).kind]
  return new SidecarError(name, message, { proxyStatus, cause: error })
}

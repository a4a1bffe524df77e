/**
 * Every error that the sidecar itself can answer, in one table: HTTP status, `error.code` and the
 * `Proxy-Status` error type (RFC 9209, section 2.3). What Graph answers is not in here: it is passed on as it is.
 */
const table = {
  pathNotAllowed: [403, 'http_request_denied'],
  badPath: [400, 'http_request_error'],
  methodOverride: [400, 'http_request_error'],
  hostMalformed: [400, 'http_request_denied', 'hostNotAllowed'],
  hostNotAllowed: [403, 'http_request_denied'],
  originNotAllowed: [403, 'http_request_denied'],
  notFound: [404, 'http_request_error'],
  tooLarge: [413, 'http_request_error'],
  headersTooLarge: [431, 'http_request_error'],
  requestTimeout: [408, 'http_request_error'],
  credentialsRejected: [502, 'proxy_configuration_error'],
  tokenUnavailable: [503, 'destination_unavailable'],
  upstreamUnreachable: [502, 'destination_unavailable'],
  upstreamTimeout: [504, 'http_response_timeout'],
  overloaded: [503, 'connection_limit_reached'],
  shuttingDown: [503, 'destination_unavailable'],
  internal: [500, 'proxy_internal_error'],
} as const satisfies Record<string, readonly [status: number, proxyStatus: string, code?: string]>

export type ErrorName = keyof typeof table

export interface SidecarErrorOptions {
  /** A more exact RFC 9209 error type than the table's. */
  proxyStatus?: string
  /** Seconds after which a new try makes sense; sent as `Retry-After`, rounded up. */
  retryAfter?: number
  /** For the log's sake only; nothing of it reaches the app. */
  cause?: unknown
}

/**
 * An error with an answer. `message` is read by whoever called the sidecar: it says what to do next and never
 * holds a secret, a token or a library's own words.
 */
export class SidecarError extends Error {
  override readonly name = 'SidecarError'
  readonly code: string
  readonly status: number
  readonly proxyStatus: string
  readonly retryAfter: number | undefined

  constructor(name: ErrorName, message: string, options: SidecarErrorOptions = {}) {
    super(message, { cause: options.cause })
    const [status, proxyStatus, code = name] = table[name] as readonly [number, string, string?]
    this.code = `sidecar.${code}`
    this.status = status
    this.proxyStatus = options.proxyStatus ?? proxyStatus
    this.retryAfter = options.retryAfter
  }
}

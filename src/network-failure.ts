/** Why a request brought no answer. `code` is Node's, OpenSSL's or undici's, and safe to show: nothing else of an error is. */
export interface NetworkFailure {
  readonly kind: FailureKind
  readonly code: string
}

export type FailureKind =
  | 'refused'
  | 'unresolved'
  | 'unroutable'
  | 'cut'
  | 'connectTimeout'
  | 'answerTimeout'
  | 'certificate'
  | 'tls'
  | 'headersTooLarge'
  | 'notHttp'
  | 'other'

const kinds: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  EHOSTUNREACH: 'unroutable',
  ENETUNREACH: 'unroutable',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  ETIMEDOUT: 'connectTimeout',
  UND_ERR_CONNECT_TIMEOUT: 'connectTimeout',
  UND_ERR_HEADERS_TIMEOUT: 'answerTimeout',
  UND_ERR_BODY_TIMEOUT: 'answerTimeout',
  timeout: 'answerTimeout',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'headersTooLarge',
  ERR_INVALID_CHAR: 'notHttp',
  http_parser: 'notHttp',
}

const patterns: readonly (readonly [RegExp, FailureKind])[] = [
  // OpenSSL's verification codes as Node names them (`x509_verify_cert_error_string`)
  [
    /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/,
    'certificate',
  ],
  [/^ERR_(SSL|TLS)_/, 'tls'],
  [/^(HPE|UND_ERR)_/, 'notHttp'],
]

/** Takes whatever a request was rejected with. */
export function networkFailure(error: unknown): NetworkFailure {
  const code = codeOf(error)
  const kind = kinds[code] ?? patterns.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'
  return { kind, code }
}

/** Of the error, of its cause ("fetch failed"), or of the first of several attempts (IPv6 and IPv4 of one host). */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return 'network_error'
  if (error.name === 'TimeoutError') return 'timeout'
  const { code } = error as NodeJS.ErrnoException
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code
  // undici's parser error has no code where llhttp gives a reason of its own
  if (error.name === 'HTTPParserError') return 'http_parser'
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause, depth + 1)
}

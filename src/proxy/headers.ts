import type { IncomingMessage } from 'node:http'

/** RFC 9110, section 7.6.1, and what HTTP/1.1 clients still send: for one connection only, so never passed on. */
const hopByHop = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']

const requestDropped: ReadonlySet<string> = new Set([
  ...hopByHop,
  'host', // Graph's own, set by the client of the upstream
  'authorization', // the token is the sidecar's
  'cookie',
  'origin',
  'expect', // answered here
  'forwarded',
  'x-original-url', // servers behind Graph's front door may believe these
  'x-rewrite-url',
])
const requestDroppedPrefixes = ['proxy-', 'x-forwarded-', 'x-ms-client-principal', 'x-ms-token-', 'sec-']

const responseDropped: ReadonlySet<string> = new Set([
  ...hopByHop,
  'set-cookie', // Graph's cookies belong to the token, which is not the app's
  'alt-svc', // would lead clients past the sidecar
  'strict-transport-security', // would break http://localhost in browsers
])
const responseDroppedPrefixes = ['proxy-', 'access-control-']

/** Headers that frame or aim a request: `Connection` cannot take them away (CVE-2025-48865 and its kind). */
const notNominable: ReadonlySet<string> = new Set(['host', 'content-length', 'content-type', 'if-match'])

/**
 * The headers that go to Graph, as undici's flat list of names and values, in the app's order and spelling.
 * Names are compared with `_` as `-`, because some servers do.
 */
export function upstreamHeaders(request: IncomingMessage, token: string, clientRequestId: string): string[] {
  const { rawHeaders } = request
  const nominated = nominatedBy(request.headers.connection)
  const out: string[] = []
  let traced = false
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    const value = rawHeaders[i + 1] ?? ''
    const lower = name.toLowerCase()
    if (lower.includes('_')) {
      const dashed = lower.replaceAll('_', '-')
      if (isDropped(dashed, requestDropped, requestDroppedPrefixes) || notNominable.has(dashed)) continue
    } else if (isDropped(lower, requestDropped, requestDroppedPrefixes)) {
      continue
    }
    if (nominated?.has(lower) === true) continue
    if (lower === 'accept-encoding') {
      out.push(name, narrowEncoding(value))
      continue
    }
    if (lower === 'client-request-id') traced = true
    out.push(name, value)
  }
  if (!traced) out.push('client-request-id', clientRequestId)
  out.push('authorization', `Bearer ${token}`)
  return out
}

/** The headers that go to the app, as Node's flat list, in Graph's order and spelling. */
export function downstreamHeaders(rawHeaders: readonly (Buffer | string)[]): string[] {
  const out: string[] = []
  let nominated: Set<string> | undefined
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (text(rawHeaders[i]).toLowerCase() === 'connection') {
      nominated = new Set([...(nominated ?? []), ...(nominatedBy(text(rawHeaders[i + 1])) ?? [])])
    }
  }
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = text(rawHeaders[i])
    const lower = name.toLowerCase()
    if (isDropped(lower, responseDropped, responseDroppedPrefixes) || nominated?.has(lower) === true) continue
    out.push(name, text(rawHeaders[i + 1]))
  }
  return out
}

function text(value: Buffer | string | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '')
}

function isDropped(name: string, names: ReadonlySet<string>, prefixes: readonly string[]): boolean {
  if (names.has(name)) return true
  for (const prefix of prefixes) {
    if (name.startsWith(prefix)) return true
  }
  return false
}

function nominatedBy(connection: string | undefined): Set<string> | undefined {
  if (connection === undefined) return undefined
  const names = connection
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  return new Set(names.filter((name) => !notNominable.has(name)))
}

/** What the sidecar can read, should it have to look into an answer: gzip, or nothing. */
function narrowEncoding(value: string): 'gzip' | 'identity' {
  let gzip: boolean | undefined
  let any = false
  for (const item of value.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = item.split(';').map((part) => part.trim())
    const accepted = !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    if (coding === 'gzip' || coding === 'x-gzip') gzip = accepted
    if (coding === '*') any = accepted
  }
  return (gzip ?? any) ? 'gzip' : 'identity'
}

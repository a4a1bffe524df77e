import type { Classification } from './classify.ts'

type Words = readonly [meaning: string, remedy: string]

const unresolved: Words = ["Entra's host name cannot be resolved", 'check DNS and egress rules']
const unroutable: Words = ['there is no route to Entra', 'check egress rules']
const cut: Words = ['the connection to Entra was cut', 'check what stands between: a proxy or a firewall']
const slow: Words = ['Entra did not answer in time', 'check egress rules and the network']

/** Codes of Node and undici. */
const failures: Readonly<Record<string, Words>> = {
  ECONNREFUSED: ['the connection to Entra was refused', 'check the address and egress rules'],
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  EHOSTUNREACH: unroutable,
  ENETUNREACH: unroutable,
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: slow,
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_BODY_TIMEOUT: slow,
  timeout: slow,
}

const certificate: Words = [
  "Entra's certificate is not trusted",
  'behind a TLS inspecting proxy, set NODE_EXTRA_CA_CERTS to its CA',
]
const tls: Words = ['no TLS connection to Entra', 'check what stands between: a proxy or a firewall']
const other: Words = ['the request to Entra failed', 'check the network']

/** OpenSSL's verification codes as Node names them (`x509_verify_cert_error_string`). */
const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/

/** A request that brought no answer: transient, whatever it was. Takes the code of the error and nothing else of it. */
export function classifyFailure(error: unknown): Classification {
  const code = codeOf(error)
  const [meaning, remedy] = wordsFor(code)
  return { class: 'R', code, meaning, remedy }
}

function wordsFor(code: string): Words {
  if (failures[code] !== undefined) return failures[code]
  if (certificateCode.test(code)) return certificate
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return tls
  return other
}

/** Of the error, of its cause ("fetch failed"), or of the first of several attempts (IPv6 and IPv4 of one host). */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return 'network_error'
  if (error.name === 'TimeoutError') return 'timeout'
  const { code } = error as NodeJS.ErrnoException
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause, depth + 1)
}

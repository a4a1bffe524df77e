import { entraErrors, wrappers } from './entra-errors.ts'
import type { EntraClass } from './entra-errors.ts'

/** What went wrong, in words for people; no secret, and nothing that a server wrote. */
export interface Classification {
  /** `poll` and `restart` belong to device code, so they count as C. */
  readonly class: Exclude<EntraClass, 'poll' | 'restart'>
  /** `AADSTS50126`, an OAuth error name, `http_503`, or what a network failure is called. */
  readonly code: string
  readonly meaning: string
  readonly remedy: string
  readonly suberror?: string
}

export interface EntraAnswer {
  /** HTTP status. */
  readonly status: number
  /** The parsed JSON body; anything else stands for one that is not JSON. */
  readonly body: unknown
  readonly request: 'password' | 'refresh_token'
}

type Words = readonly [kind: Classification['class'], meaning: string, remedy: string]

const person: Words = [
  'I',
  'a person would have to sign in',
  'use grant: device_code, or exclude the account by policy',
]
const refreshTokenRefused: Words = ['L', 'refresh token refused', 'sign in again']
const passwordRefused: Words = [
  'P',
  'sign-in refused',
  "check username and password, and the account's sign-in log",
]

/** RFC 6749, section 5.2; OpenID Connect Core, section 3.1.2.6; and Entra's own. A code of the table says more. */
const oauthErrors: Readonly<Record<string, Words>> = {
  invalid_client: ['C', 'client refused', 'check clientId and clientSecret'],
  unauthorized_client: ['C', 'client not authorised for this grant', 'check the application registration'],
  invalid_request: ['C', 'request refused', 'check tenant, clientId and scopes'],
  invalid_scope: ['C', 'scope invalid', 'check scopes'],
  invalid_resource: ['C', 'resource invalid', 'check scopes and cloud'],
  unsupported_grant_type: ['C', 'grant type not supported', 'check grant'],
  access_denied: ['C', 'access denied', "check the account's sign-in log"],
  consent_required: [
    'C',
    'consent missing',
    'have an administrator grant consent to the delegated permissions',
  ],
  interaction_required: person,
  login_required: person,
  temporarily_unavailable: ['R', 'service temporarily unavailable', 'retried'],
  server_error: ['R', 'failure inside Entra', 'retried'],
}

/** Entra's own field, beside `invalid_grant`: https://learn.microsoft.com/entra/msal/dotnet/advanced/exceptions/msal-error-handling */
const suberrors: Readonly<Record<string, Words>> = {
  basic_action: person,
  additional_action: person,
  message_only: person,
  protection_policy_required: person,
  device_authentication_failed: person,
  consent_required: [
    'C',
    'consent missing',
    'have an administrator grant consent to the delegated permissions',
  ],
  user_password_expired: ['P', 'password expired', 'set a new password for the service account and store it'],
}

/** Pure. What an answer that brings no token means. */
export function classify(answer: EntraAnswer): Classification {
  const { status, body, request } = answer
  // RFC 6749, section 5.2: an error has a 4xx; Entra adds 5xx. The rest is not Entra's, or not whole
  if (status < 400 || !isOAuthError(body)) return notEntra(status)
  const error =
    Object.hasOwn(oauthErrors, body.error) || body.error === 'invalid_grant' ? body.error : undefined
  const suberror = knownSuberror(body['suberror'])
  const number = mostSpecific(codesOf(body))
  const code = number === undefined ? (error ?? `http_${status}`) : `AADSTS${number}`
  const [kind, meaning, remedy] = wordsFor({ status, body, request, error, suberror, number })
  return { class: kind, code, meaning, remedy, ...(suberror === undefined ? {} : { suberror }) }
}

interface OAuthError extends Readonly<Record<string, unknown>> {
  readonly error: string
}

interface Findings {
  readonly status: number
  readonly body: OAuthError
  readonly request: EntraAnswer['request']
  readonly error: string | undefined
  readonly suberror: string | undefined
  readonly number: string | undefined
}

function wordsFor({ status, body, request, error, suberror, number }: Findings): Words {
  const known = number === undefined ? undefined : entraErrors[number]
  const isChallenge =
    (error === 'invalid_grant' || error === 'interaction_required') &&
    typeof body['claims'] === 'string' &&
    body['claims'] !== ''
  if (known !== undefined) {
    const [kind, meaning, remedy] = known
    // what judged the password, or the refresh token, stays a judgement on it
    const isJudgement = kind === 'P' || kind === 'P-hold' || (kind === 'L' && request === 'refresh_token')
    if (isChallenge && !isJudgement) return kind === 'I' ? [kind, meaning, remedy] : person
    // no refresh token was sent, or no device code: then it is the configuration that does not fit
    if (kind === 'poll' || kind === 'restart') return ['C', meaning, remedy]
    if (kind === 'L' && request === 'password') return ['C', meaning, remedy]
    return [kind, meaning, remedy]
  }
  if (isTransientStatus(status)) return statusWords(status)
  if (isChallenge) return person
  if (suberror !== undefined && suberrors[suberror] !== undefined) return suberrors[suberror]
  if (error === 'invalid_grant') return request === 'password' ? passwordRefused : refreshTokenRefused
  return (
    (error === undefined ? undefined : oauthErrors[error]) ?? [
      'C',
      'request refused',
      'check tenant, clientId and scopes',
    ]
  )
}

/** A proxy's page, a captive portal, half an answer: it judges no credentials, whatever its status. */
function notEntra(status: number): Classification {
  const [kind, meaning, remedy] = statusWords(status)
  return { class: kind, code: `http_${status}`, meaning, remedy }
}

function statusWords(status: number): Words {
  if (status === 429) return ['R', 'too many requests', 'retried later']
  if (status >= 500) return ['R', 'Entra is unavailable', 'retried']
  const remedy = 'check what stands between the sidecar and Entra: a proxy, a firewall, a captive portal'
  if (status >= 400) return ['R', 'the answer is not one of Entra', remedy]
  if (status >= 300) return ['R', 'the answer is a redirect, which is not one of Entra', remedy]
  return ['R', 'the answer is garbled', remedy]
}

function isTransientStatus(status: number): boolean {
  return status === 429 || status >= 500
}

/** An error name is a token such as `invalid_grant`; `{"error":"Forbidden"}` is some proxy's. */
function isOAuthError(body: unknown): body is OAuthError {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  return typeof body.error === 'string' && /^[a-z_]+$/.test(body.error)
}

/** Only known words: what a server writes could be anything, and ends up in logs and metrics. */
function knownSuberror(suberror: unknown): string | undefined {
  if (typeof suberror !== 'string') return undefined
  return Object.hasOwn(suberrors, suberror) ? suberror : undefined
}

/** In the order of the answer: the description's, then `error_codes`. */
function codesOf(body: OAuthError): string[] {
  const description = body['error_description']
  const described = typeof description === 'string' ? [...description.matchAll(/AADSTS(\d{5,9})\b/g)] : []
  const listed: unknown[] = Array.isArray(body['error_codes']) ? body['error_codes'] : []
  return [
    ...described.map(([, code = '']) => code),
    ...listed.map(String).filter((code) => /^\d{5,9}$/.test(code)),
  ]
}

/** The innermost, known before unknown; a wrapper only where it is alone. */
function mostSpecific(codes: readonly string[]): string | undefined {
  const inner = codes.filter((code) => !wrappers.has(code))
  const candidates = inner.length > 0 ? inner : codes
  return candidates.findLast((code) => Object.hasOwn(entraErrors, code)) ?? candidates.at(-1)
}

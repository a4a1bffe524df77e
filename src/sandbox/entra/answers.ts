import { randomUUID } from 'node:crypto'
import type { Answer } from '../http.ts'
import type { Grant, Tokens } from '../tokens.ts'
import { grantedScopes, type EndpointVersion } from './audience.ts'
import type { EntraError } from './errors.ts'

/** What every answer of one request has in common. */
export interface AnswerContext {
  readonly authority: string
  /** The client's `client-request-id`, or one of our own. */
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** RFC 6749, section 5.1. v1.0 writes its numbers as strings. */
export function tokenAnswer(version: EndpointVersion, grant: Grant, tokens: Tokens): Answer {
  const { token, issuedAt, expiresAt } = tokens.issueAccessToken(grant)
  const expiresIn = Math.floor((expiresAt - issuedAt) / 1000)
  const scope = grantedScopes(version, grant)

  if (version === 'v1.0') {
    return json(200, randomUUID(), {
      token_type: 'Bearer',
      scope,
      expires_in: String(expiresIn),
      ext_expires_in: String(expiresIn),
      expires_on: String(Math.floor(expiresAt / 1000)),
      not_before: String(Math.floor(issuedAt / 1000)),
      resource: grant.resource,
      access_token: token,
      refresh_token: tokens.issueRefreshToken(grant),
    })
  }
  return json(200, randomUUID(), {
    token_type: 'Bearer',
    scope,
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: token,
    ...(grant.offline && { refresh_token: tokens.issueRefreshToken(grant) }),
  })
}

/** RFC 6749, section 5.2, with Entra's additions. */
export function errorAnswer(version: EndpointVersion, error: EntraError, context: AnswerContext): Answer {
  const { code, entry } = error
  const wrapped = version === 'v1.0' && entry.v1Message !== undefined
  const what = wrapped
    ? `AADSTS70002: Error validating credentials. AADSTS${code}: ${entry.v1Message}`
    : `AADSTS${code}: ${error.message}`
  const traceId = randomUUID()
  const timestamp = new Date(context.now).toISOString().replace('T', ' ').replace(/\..*/, 'Z')

  return json(entry.status, traceId, {
    error: entry.error,
    error_description: `${what} Trace ID: ${traceId} Correlation ID: ${context.correlationId} Timestamp: ${timestamp}`,
    error_codes: wrapped ? [70002, code] : [code],
    timestamp,
    trace_id: traceId,
    correlation_id: context.correlationId,
    error_uri: `${context.authority}/error?code=${code}`,
    ...(entry.suberror !== undefined && { suberror: entry.suberror }),
  })
}

function json(status: number, traceId: string, body: object): Answer {
  return {
    status,
    headers: {
      'Cache-Control': 'no-store, no-cache',
      Pragma: 'no-cache',
      'Content-Type': 'application/json; charset=utf-8',
      'x-ms-request-id': traceId,
    },
    body: JSON.stringify(body),
  }
}

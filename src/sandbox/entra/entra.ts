import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { readBody, type Answer } from '../http.ts'
import type { SandboxAccount, SandboxClient } from '../seed.ts'
import type { Tokens } from '../tokens.ts'
import { createAccounts } from './accounts.ts'
import { errorAnswer, tokenAnswer } from './answers.ts'
import type { EndpointVersion } from './audience.ts'
import { authenticateClient } from './clients.ts'
import { EntraError } from './errors.ts'
import { readForm, required } from './form.ts'
import { decideGrant } from './grants.ts'

export interface EntraOptions {
  /** Its own origin. */
  readonly authority: string
  readonly tenants: readonly string[]
  readonly clients: readonly SandboxClient[]
  readonly accounts: readonly SandboxAccount[]
  readonly tokens: Tokens
  readonly now: () => number
}

const bodyLimit = 64 * 1024

/** The token endpoints, v1.0 and v2.0, with the password and the refresh token grant. */
export function createEntra(options: EntraOptions): (request: IncomingMessage) => Promise<Answer> {
  const { authority, clients, tokens, now } = options
  const accounts = createAccounts(options.accounts)
  const tenants = new Set(options.tenants.map((tenant) => tenant.toLowerCase()))

  return async (request) => {
    const endpoint = tokenEndpoint(request.url ?? '')
    const body = await readBody(request, bodyLimit)
    if (endpoint === undefined) return { status: 404, headers: {} }
    if (body === undefined) return { status: 413, headers: {} }

    const { tenant, version } = endpoint
    try {
      if (request.method !== 'POST') throw new EntraError(900561, { method: request.method ?? '' })
      const form = readForm(request.headers, body)
      required(form, 'grant_type')
      checkTenant(tenant, tenants)
      const client = authenticateClient(form, request.headers.authorization, clients, tenant)
      const grant = decideGrant({ version, tenant, form, client }, accounts, tokens, now())
      return tokenAnswer(version, grant, tokens)
    } catch (error) {
      if (!(error instanceof EntraError)) throw error
      const correlationId = correlationIdOf(request)
      return errorAnswer(version, error, { authority, correlationId, now: now() })
    }
  }
}

function tokenEndpoint(target: string): { tenant: string; version: EndpointVersion } | undefined {
  const match = /^\/([^/?]+)\/oauth2(\/v2\.0)?\/token(?:\?|$)/i.exec(target)
  if (match?.[1] === undefined) return undefined
  return { tenant: match[1], version: match[2] === undefined ? 'v1.0' : 'v2.0' }
}

function checkTenant(tenant: string, tenants: ReadonlySet<string>): void {
  const name = tenant.toLowerCase()
  if (name === 'common' || name === 'consumers') throw new EntraError(9001023)
  // "organizations" finds the tenant from the user name, and this sandbox has one only
  if (name !== 'organizations' && !tenants.has(name)) throw new EntraError(90002, { tenant })
}

function correlationIdOf(request: IncomingMessage): string {
  const given = request.headers['client-request-id']
  return typeof given === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(given)
    ? given
    : randomUUID()
}

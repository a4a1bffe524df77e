import type { SandboxClient } from '../seed.ts'
import type { Grant, Tokens } from '../tokens.ts'
import type { Accounts } from './accounts.ts'
import { graphApplicationId, refreshedAudience, requestedAudience, type EndpointVersion } from './audience.ts'
import { EntraError } from './errors.ts'
import { required, type Form } from './form.ts'

export interface GrantRequest {
  readonly version: EndpointVersion
  readonly tenant: string
  readonly form: Form
  readonly client: SandboxClient
}

/** The client has proved itself by now; this says what it gets, or throws an EntraError. */
export function decideGrant(request: GrantRequest, accounts: Accounts, tokens: Tokens, now: number): Grant {
  const grantType = required(request.form, 'grant_type')
  switch (grantType) {
    case 'password':
      return passwordGrant(request, accounts)
    case 'refresh_token':
      return refreshTokenGrant(request, tokens, now)
    default:
      throw new EntraError(70003, { grantType })
  }
}

/** RFC 6749, section 4.3. */
function passwordGrant({ version, tenant, form, client }: GrantRequest, accounts: Accounts): Grant {
  const audience = requestedAudience(version, form, tenant)
  const username = accounts.signIn(required(form, 'username'), required(form, 'password'), {
    tenant,
    resource: graphApplicationId,
    clientId: client.clientId,
    clientName: client.name,
  })
  // v1.0 knows no offline_access and always gives one
  const offline = version === 'v1.0' || audience.scopes.includes('offline_access')
  return { username, clientId: client.clientId, offline, ...audience }
}

/** RFC 6749, section 6. Entra's refresh tokens are bound to the client, not to the resource. */
function refreshTokenGrant(
  { version, tenant, form, client }: GrantRequest,
  tokens: Tokens,
  now: number,
): Grant {
  const found = tokens.findRefreshToken(required(form, 'refresh_token'))
  if (found?.grant.clientId !== client.clientId) throw new EntraError(70000)
  if (found.expiresAt <= now) throw new EntraError(700082)
  // The next one comes with each use, whether or not offline_access is asked for again
  return { ...found.grant, ...refreshedAudience(version, form, tenant, found.grant) }
}

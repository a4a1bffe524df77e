import type { Tokens } from '../tokens.ts'
import { GraphError } from './errors.ts'

const audience = 'https://graph.microsoft.com'

/** The user name that the token was issued for; throws a 401 with a challenge (RFC 6750, section 3). */
export function authenticate(
  authorization: string | undefined,
  { tokens, authority, now }: { tokens: Tokens; authority: string; now: number },
): string {
  const fail = (message: string): GraphError =>
    new GraphError(401, 'InvalidAuthenticationToken', message, {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="${authority}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
    })

  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw fail('Access token is empty.')
  const issued = tokens.findAccessToken(token)
  if (issued === undefined && token.split('.').length !== 3) {
    throw fail(
      'IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE Compact Serialization Format.',
    )
  }
  if (issued === undefined) throw fail('Access token validation failure. Invalid signature.')
  if (issued.grant.resource !== audience) throw fail('Access token validation failure. Invalid audience.')
  if (issued.expiresAt <= now) throw fail('Lifetime validation failed, the token is expired.')
  return issued.grant.username
}

import {
  ClientSecretPost,
  None,
  allowInsecureRequests,
  customFetch,
  genericTokenEndpointRequest,
  refreshTokenGrantRequest,
} from 'oauth4webapi'
import type { IdentityConfig, RemoteCloud } from '../config/config.ts'
import { userScope } from './scopes.ts'
import { readTokenAnswer } from './token-answer.ts'
import type { TokenAnswer } from './token-answer.ts'

export interface PasswordGrantOptions {
  readonly config: Pick<IdentityConfig, 'clientId' | 'scopes' | 'tokenEndpoint' | 'username'>
  readonly tenant: string
  readonly cloud: Pick<RemoteCloud, 'authority' | 'audience'>
  readonly fetch: typeof globalThis.fetch
}

export interface TokenRequest {
  readonly credential: { readonly password: string } | { readonly refreshToken: string }
  /** Without one it is a public client. */
  readonly clientSecret: string | undefined
  /** A GUID by which Microsoft finds the request in its logs. */
  readonly clientRequestId: string
  readonly signal: AbortSignal
}

/**
 * The resource owner password credentials grant (RFC 6749, section 4.3) and the refresh of what it gave (section 6),
 * on Entra's v2.0 or v1.0 endpoint. One call is one request; it rejects only where no answer came.
 */
export function createPasswordGrant(
  options: PasswordGrantOptions,
): (request: TokenRequest) => Promise<TokenAnswer> {
  const { config, tenant, cloud, fetch } = options
  const path = config.tokenEndpoint === 'v1.0' ? 'oauth2/token' : 'oauth2/v2.0/token'
  const server = {
    issuer: cloud.authority,
    token_endpoint: `${cloud.authority}/${encodeURIComponent(tenant)}/${path}`,
  }
  const client = { client_id: config.clientId }
  // v2.0 refuses `resource` (AADSTS901002), v1.0 ignores `scope`
  const target: Readonly<Record<string, string>> =
    config.tokenEndpoint === 'v1.0'
      ? { resource: cloud.audience }
      : { scope: userScope(config.scopes, cloud.audience) }

  return async ({ credential, clientSecret, clientRequestId, signal }) => {
    const authentication = clientSecret === undefined ? None() : ClientSecretPost(clientSecret)
    const transport = {
      [customFetch]: fetch,
      // the config allows http on loopback only: stand-ins and test doubles
      ...(cloud.authority.startsWith('http://') ? { [allowInsecureRequests]: true } : {}),
      headers: { 'client-request-id': clientRequestId, 'user-agent': 'msgraph-sidecar' },
      signal,
    }
    if ('password' in credential) {
      const parameters = { ...target, username: config.username, password: credential.password }
      const response = await genericTokenEndpointRequest(
        server,
        client,
        authentication,
        'password',
        parameters,
        transport,
      )
      return readTokenAnswer(response, 'password', server, client)
    }
    const response = await refreshTokenGrantRequest(server, client, authentication, credential.refreshToken, {
      ...transport,
      additionalParameters: target,
    })
    return readTokenAnswer(response, 'refresh_token', server, client)
  }
}

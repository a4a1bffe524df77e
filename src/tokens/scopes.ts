/** Entra's OpenID Connect scopes: https://learn.microsoft.com/entra/identity-platform/scopes-oidc */
const openId: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access'])

/** `scope` for a signed-in user on v2.0: full names, and `offline_access` for the refresh token. */
export function userScope(scopes: readonly string[], audience: string): string {
  const full = scopes.map((scope) =>
    scope.includes('://') || openId.has(scope) ? scope : `${audience}/${scope}`,
  )
  return [...new Set([...full, 'offline_access'])].join(' ')
}

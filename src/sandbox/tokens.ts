import { randomBytes, randomInt } from 'node:crypto'

/** Who may do what, as Entra agreed to it. */
export interface Grant {
  readonly username: string
  readonly clientId: string
  /** Audience of the access token, such as `https://graph.microsoft.com`. */
  readonly resource: string
  /** As asked for: `Tasks.ReadWrite`, `.default`, `openid`; without the resource. */
  readonly scopes: readonly string[]
  /** A refresh token comes with it. */
  readonly offline: boolean
}

export interface IssuedToken {
  readonly grant: Grant
  /** Milliseconds since the epoch. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** What Entra gives out and Graph believes. Expired tokens are kept, so that "expired" and "unknown" differ. */
export interface Tokens {
  issueAccessToken(grant: Grant): IssuedToken & { readonly token: string }
  issueRefreshToken(grant: Grant): string
  findAccessToken(token: string): IssuedToken | undefined
  findRefreshToken(token: string): IssuedToken | undefined
}

const refreshTokenLifetime = 90 * 24 * 3600

/** `lifetime` is in seconds, of an access token. */
export function createTokens(now: () => number, lifetime: () => number = entraLifetime): Tokens {
  const accessTokens = new Map<string, IssuedToken>()
  const refreshTokens = new Map<string, IssuedToken>()

  function issue(grant: Grant, seconds: number): IssuedToken {
    const issuedAt = now()
    return { grant, issuedAt, expiresAt: issuedAt + seconds * 1000 }
  }

  return {
    issueAccessToken(grant) {
      const token = randomJwt()
      const issued = issue(grant, lifetime())
      accessTokens.set(token, issued)
      return { ...issued, token }
    },
    // A new one does not revoke the old one: Microsoft Entra, "Refresh tokens in the Microsoft identity platform"
    issueRefreshToken(grant) {
      const token = `1.${randomBytes(750).toString('base64url')}`
      refreshTokens.set(token, issue(grant, refreshTokenLifetime))
      return token
    },
    findAccessToken: (token) => accessTokens.get(token),
    findRefreshToken: (token) => refreshTokens.get(token),
  }
}

/** Random, 60 to 90 minutes, as Entra's: "Configurable token lifetimes in the Microsoft identity platform". */
function entraLifetime(): number {
  return randomInt(3600, 5400)
}

/** A JWT's shape and size (1.5 to 2 KB) with nothing in it: Graph's tokens are opaque to everybody but Graph. */
function randomJwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = { typ: 'JWT', alg: 'RS256', nonce: randomBytes(32).toString('base64url') }
  const payload = { sandbox: randomBytes(700).toString('base64url') }
  return [part(header), part(payload), randomBytes(256).toString('base64url')].join('.')
}

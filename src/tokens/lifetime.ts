/** A token and when to do what with it; milliseconds since the epoch. */
export interface Token {
  readonly value: string
  readonly scopes: readonly string[] | undefined
  /** Before it was asked for: on a clock that shows less, nothing about its age is known. */
  readonly requestedAt: number
  readonly refreshAt: number
  /** From here on it never goes out. */
  readonly usableUntil: number
  readonly expiresAt: number
}

/** A `refresh_in` of seconds must not become a request every few seconds. */
const earliestRefresh = 60_000

export interface TokenTimes {
  readonly accessToken: string
  readonly scopes: readonly string[] | undefined
  /** Milliseconds. */
  readonly expiresIn: number
  readonly refreshIn: number | undefined
}

/**
 * The life counts from before the request, as Entra counts from somewhere within it. A good while before the end it is
 * renewed: at `refresh_in`, or at a random point in 50-80 %, so that many sidecars do not come at once.
 */
export function liveFrom(requestedAt: number, times: TokenTimes, random: () => number): Token {
  const { accessToken, scopes, expiresIn, refreshIn } = times
  const refreshAfter =
    refreshIn === undefined
      ? expiresIn * (0.5 + 0.3 * random())
      : Math.min(Math.max(refreshIn, Math.min(earliestRefresh, expiresIn / 2)), expiresIn * 0.8)
  return {
    value: accessToken,
    scopes,
    requestedAt,
    refreshAt: requestedAt + Math.round(refreshAfter),
    usableUntil: requestedAt + expiresIn - Math.min(30_000, expiresIn * 0.1),
    expiresAt: requestedAt + expiresIn,
  }
}

export function isUsable(token: Token, now: number): boolean {
  return now < token.usableUntil && now >= token.requestedAt
}

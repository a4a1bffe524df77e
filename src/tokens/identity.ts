import type { IdentityConfig, RemoteCloud } from '../config/config.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { createBackoff } from './backoff.ts'
import type { Classification } from './classify.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { isUsable, liveFrom } from './lifetime.ts'
import type { Token } from './lifetime.ts'
import { createRejectedPasswords } from './rejected-passwords.ts'
import type { RejectedPasswords } from './rejected-passwords.ts'
import { createTokenClient } from './token-client.ts'
import type { Outcome, Refused } from './token-client.ts'
import { credentialsRejected, tokenUnavailable } from './token-errors.ts'

export type { Clock } from './clock.ts'

export interface IdentityOptions {
  readonly config: IdentityConfig
  readonly tenant: string
  readonly cloud: Pick<RemoteCloud, 'authority' | 'audience'>
  readonly secrets: Secrets
  readonly fetch: typeof globalThis.fetch
  readonly clock?: Clock
  /** As Math.random. */
  readonly random?: () => number
  /** Milliseconds for one token request. */
  readonly timeout: number
  /** Told of each attempt, for log and metrics. */
  readonly onAttempt?: (attempt: Attempt) => void
  /** Shared by the identities of a process. */
  readonly rejected?: RejectedPasswords
}

/** One state machine that always has a good token, or says why not. At most one request to Entra is in flight. */
export interface Identity {
  readonly name: string
  /** Asks for the first token now. */
  start(): void
  /** For good: ends what is in flight, forgets the tokens, leaves no timer. */
  stop(): void
  /**
   * The token at once while it is good; a promise only where an attempt is in flight. Throws, or rejects with, a
   * SidecarError: credentialsRejected, or tokenUnavailable with `retryAfter`.
   */
  token(): string | Promise<string>
  status(): IdentityStatus
}

/** Nothing secret. Times in milliseconds since the epoch. */
export interface IdentityStatus {
  /** `due`: the next token is being fetched, or should be, and this one serves. */
  readonly state: 'empty' | 'fresh' | 'due' | 'expired' | 'blocked'
  /** Also while blocked, until the token ends. */
  readonly canServe: boolean
  /** There has been a first answer, token or rejection. */
  readonly answered: boolean
  readonly expiresAt?: number | undefined
  readonly scopes?: readonly string[] | undefined
  /** What the last attempt failed with. */
  readonly code?: string | undefined
  readonly meaning?: string | undefined
  readonly remedy?: string | undefined
  /** Of the attempt after a failure; none where only a new password helps. */
  readonly retryAt?: number | undefined
}

/** One token request, or one that was not sent for want of a secret or because its password was rejected before. */
export interface Attempt {
  readonly identity: string
  readonly grant: 'password' | 'refresh_token'
  readonly outcome: 'success' | 'transient' | 'rejected'
  /** Empty on success. */
  readonly code: string
  /** By which Microsoft finds the request; empty where none was sent. */
  readonly clientRequestId: string
  readonly durationMs: number
  readonly expiresAt?: number | undefined
  readonly retryAt?: number | undefined
  readonly meaning?: string | undefined
  readonly remedy?: string | undefined
}

interface Trouble {
  readonly refused: Classification
  readonly blocked: boolean
  readonly retryAt: number | undefined
}

/** Milliseconds from one attempt to the next, whatever happens. */
const shortestInterval = 1000

const lateArrival: Classification = {
  class: 'R',
  code: 'token_expired',
  meaning: 'the token had ended when it arrived',
  remedy: 'check the network and the token lifetime policy',
}

export function createIdentity(options: IdentityOptions): Identity {
  const { config, clock = systemClock, random = Math.random, onAttempt } = options
  const { rejected = createRejectedPasswords() } = options
  const client = createTokenClient({ ...options, clock, rejected })
  const backoff = createBackoff(random)
  const stopping = new AbortController()

  let token: Token | undefined
  let refreshToken: string | undefined
  let trouble: Trouble | undefined
  let flight: Promise<void> | undefined
  let timer: unknown
  let answered = false
  let attemptedAt = -Infinity
  let nextAttemptAt = -Infinity

  function begin(): Promise<void> {
    clock.clearTimeout(timer)
    attemptedAt = clock.now()
    flight = attempt().then((outcome) => {
      flight = undefined
      if (!stopping.signal.aborted) conclude(outcome)
    })
    return flight
  }

  async function attempt(): Promise<Outcome> {
    if (refreshToken !== undefined) {
      const outcome = await client.withRefreshToken(refreshToken, stopping.signal)
      if (stopping.signal.aborted || !isRefreshTokenLost(outcome)) return outcome
      refreshToken = undefined
      report(outcome, 'rejected', outcome.result.refused)
    }
    return client.withPassword(stopping.signal)
  }

  function conclude(outcome: Outcome): void {
    if ('refused' in outcome.result) fail(outcome, outcome.result)
    else {
      const { granted } = outcome.result
      refreshToken = granted.refreshToken ?? refreshToken
      const received = liveFrom(outcome.requestedAt, granted, random)
      if (isUsable(received, clock.now())) succeed(outcome, received)
      else fail(outcome, { refused: lateArrival })
    }
  }

  function succeed(outcome: Outcome, received: Token): void {
    token = received
    trouble = undefined
    answered = true
    backoff.reset()
    plan(Math.max(received.refreshAt, attemptedAt + shortestInterval))
    report(outcome, 'success', { expiresAt: received.expiresAt })
  }

  function fail(outcome: Outcome, { refused, retryAfter }: Refused): void {
    let delay: number | undefined
    const isTransient = refused.class.startsWith('R')
    if (isTransient) delay = backoff.transient(refused.class, retryAfter)
    const blocked = delay === undefined
    if (blocked) {
      answered = true
      if (!isTransient) backoff.reset()
      // whatever was said of the refresh token: the next attempt, if there is one, goes without
      refreshToken = undefined
      // a password that was judged wrong stays wrong; all else may be put right outside
      if (refused.class !== 'P') delay = backoff.hold()
    }
    const retryAt = delay === undefined ? undefined : clock.now() + delay
    trouble = { refused, blocked, retryAt }
    plan(retryAt ?? Infinity)
    report(outcome, blocked ? 'rejected' : 'transient', { ...refused, retryAt })
  }

  /** No delay here comes near the longest that a timer takes (2^31-1 ms): lives and Retry-After are capped. */
  function plan(at: number): void {
    nextAttemptAt = at
    timer = at === Infinity ? undefined : clock.setTimeout(() => void begin(), at - clock.now())
  }

  function report(
    { grant, clientRequestId, durationMs }: Outcome,
    outcome: Attempt['outcome'],
    more: Partial<Pick<Attempt, 'code' | 'meaning' | 'remedy' | 'expiresAt' | 'retryAt'>>,
  ): void {
    const { code = '', meaning, remedy, expiresAt, retryAt } = more
    const { name: identity } = config
    try {
      onAttempt?.({
        identity,
        grant,
        outcome,
        code,
        clientRequestId,
        durationMs,
        expiresAt,
        retryAt,
        meaning,
        remedy,
      })
    } catch {
      // a log that fails is no reason to go without a token
    }
  }

  /** The token, or why there is none. */
  function serve(): string {
    const now = clock.now()
    if (token !== undefined && isUsable(token, now)) return token.value
    if (trouble?.blocked === true) throw credentialsRejected(trouble.refused)
    throw tokenUnavailable(trouble?.refused, nextAttemptAt - now)
  }

  return {
    name: config.name,

    start() {
      if (attemptedAt === -Infinity && !stopping.signal.aborted) void begin()
    },

    stop() {
      stopping.abort()
      clock.clearTimeout(timer)
      token = undefined
      refreshToken = undefined
    },

    token() {
      const now = clock.now()
      if (token !== undefined && isUsable(token, now)) return token.value
      // no request leads to an attempt after a rejection, nor before its time; a clock that was set back tells no time
      const isTime = now >= nextAttemptAt || now < attemptedAt
      if (stopping.signal.aborted || trouble?.blocked === true || (flight === undefined && !isTime))
        return serve()
      return (flight ?? begin()).then(serve)
    },

    status() {
      const now = clock.now()
      const canServe = token !== undefined && isUsable(token, now)
      return {
        state: trouble?.blocked === true ? 'blocked' : stateOf(token, now, flight !== undefined),
        canServe,
        answered,
        expiresAt: token?.expiresAt,
        scopes: token?.scopes,
        code: trouble?.refused.code,
        meaning: trouble?.refused.meaning,
        remedy: trouble?.refused.remedy,
        retryAt: trouble?.retryAt,
      }
    },
  }
}

function stateOf(token: Token | undefined, now: number, inFlight: boolean): IdentityStatus['state'] {
  if (token === undefined) return 'empty'
  if (!isUsable(token, now)) return 'expired'
  return inFlight || now >= token.refreshAt ? 'due' : 'fresh'
}

/** Then the password is the way on: what Entra says of a refresh token is no judgement on the password. */
function isRefreshTokenLost(outcome: Outcome): outcome is Outcome & { readonly result: Refused } {
  return 'refused' in outcome.result && ['L', 'P'].includes(outcome.result.refused.class)
}

import { randomUUID } from 'node:crypto'
import type { IdentityConfig, RemoteCloud } from '../config/config.ts'
import { SecretError } from '../secrets/secrets.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Classification } from './classify.ts'
import type { Clock } from './clock.ts'
import { classifyFailure } from './network-errors.ts'
import { createPasswordGrant } from './password-grant.ts'
import type { TokenRequest } from './password-grant.ts'
import type { RejectedPasswords } from './rejected-passwords.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { Grant } from './token-answer.ts'

export interface TokenClientOptions {
  readonly config: IdentityConfig
  readonly tenant: string
  readonly cloud: Pick<RemoteCloud, 'authority' | 'audience'>
  readonly secrets: Secrets
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  /** Milliseconds for one token request, from its start to the end of the answer. */
  readonly timeout: number
  readonly rejected: RejectedPasswords
}

/** One token request and what came of it. */
export interface Outcome {
  readonly grant: 'password' | 'refresh_token'
  /** Empty where nothing was sent. */
  readonly clientRequestId: string
  /** Milliseconds since the epoch, before it was sent. */
  readonly requestedAt: number
  readonly durationMs: number
  readonly result: { readonly granted: Grant } | Refused
}

export interface Refused {
  readonly refused: Classification
  /** Milliseconds. */
  readonly retryAfter?: number | undefined
}

/** Neither call rejects: every failure is a classification. An abort ends them soon, with one that means nothing. */
export interface TokenClient {
  withPassword(stop: AbortSignal): Promise<Outcome>
  withRefreshToken(refreshToken: string, stop: AbortSignal): Promise<Outcome>
}

/** Reads the secrets anew, sends one request, and sees to it that a rejected password is never sent again. */
export function createTokenClient(options: TokenClientOptions): TokenClient {
  const { config, tenant, cloud, secrets, clock, timeout, rejected } = options
  const send = createPasswordGrant(options)

  async function exchange(
    request: Omit<TokenRequest, 'clientRequestId' | 'signal'>,
    stop: AbortSignal,
  ): Promise<Outcome> {
    const clientRequestId = randomUUID()
    const requestedAt = clock.now()
    const result = await withDeadline({ clock, timeout, stop }, (signal) =>
      send({ ...request, clientRequestId, signal }),
    ).then(
      (answer) =>
        'granted' in answer
          ? answer
          : { refused: answer.refused, retryAfter: parseRetryAfter(answer.retryAfter, clock.now()) },
      (error: unknown) => ({ refused: classifyFailure(error) }),
    )
    const grant = 'password' in request.credential ? 'password' : 'refresh_token'
    return { grant, clientRequestId, requestedAt, durationMs: clock.now() - requestedAt, result }
  }

  /** No request: a secret cannot be had, or the password is one that was rejected before. */
  function unsent(grant: Outcome['grant'], refused: Classification): Outcome {
    return { grant, clientRequestId: '', requestedAt: clock.now(), durationMs: 0, result: { refused } }
  }

  async function readClientSecret(): Promise<string | undefined> {
    return config.clientSecret === undefined ? undefined : secrets.read(config.clientSecret)
  }

  return {
    async withPassword(stop) {
      let clientSecret, password
      try {
        clientSecret = await readClientSecret()
        password = await secrets.read(config.password)
      } catch (error) {
        return unsent('password', secretFailure(error))
      }
      const { clientId, username } = config
      const signIn = { authority: cloud.authority, tenant, clientId, username, password }
      const verdict = rejected.recall(signIn)
      if (verdict !== undefined) return unsent('password', verdict)
      const outcome = await exchange({ credential: { password }, clientSecret }, stop)
      if ('refused' in outcome.result && outcome.result.refused.class === 'P') {
        rejected.remember(signIn, outcome.result.refused)
      }
      return outcome
    },

    async withRefreshToken(refreshToken, stop) {
      let clientSecret
      try {
        clientSecret = await readClientSecret()
      } catch (error) {
        return unsent('refresh_token', secretFailure(error))
      }
      return exchange({ credential: { refreshToken }, clientSecret }, stop)
    },
  }
}

interface Deadline {
  readonly clock: Clock
  readonly timeout: number
  readonly stop: AbortSignal
}

/** Over at the deadline or on `stop`, even where `work` does not heed its signal. */
async function withDeadline<T>(
  { clock, timeout, stop }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted()
  const controller = new AbortController()
  const { promise: over, reject } = Promise.withResolvers<never>()
  const end = (reason: Error) => {
    reject(reason)
    controller.abort(reason)
  }
  const onStop = () => {
    end(new DOMException('stopped', 'AbortError'))
  }
  const timer = clock.setTimeout(() => {
    end(new DOMException('no answer in time', 'TimeoutError'))
  }, timeout)
  stop.addEventListener('abort', onStop)
  try {
    return await Promise.race([work(controller.signal), over])
  } finally {
    stop.removeEventListener('abort', onStop)
    clock.clearTimeout(timer)
  }
}

/** Transient: whoever has to store the secret may be about to. */
function secretFailure(error: unknown): Classification {
  if (error instanceof SecretError) {
    return { class: 'R', code: `secret_${error.reason}`, meaning: error.meaning, remedy: error.remedy }
  }
  return {
    class: 'R',
    code: 'secret_unreadable',
    meaning: 'a secret cannot be read',
    remedy: 'check where it is stored',
  }
}

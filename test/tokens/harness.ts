import type { IdentityConfig } from '../../src/config/config.ts'
import { SidecarError } from '../../src/errors.ts'
import { createSecrets } from '../../src/secrets/secrets.ts'
import { createIdentity } from '../../src/tokens/identity.ts'
import type { Attempt, Identity, IdentityOptions } from '../../src/tokens/identity.ts'
import { createFakeClock } from './fake-clock.ts'
import type { FakeClock } from './fake-clock.ts'

/** What the scripted Entra answers with: an Error is a network failure. */
export type Answer =
  | Error
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

export interface SentRequest {
  readonly url: string
  readonly form: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

export interface Harness {
  readonly identity: Identity
  readonly clock: FakeClock
  /** The identity's secrets; a test may change them. */
  readonly env: NodeJS.ProcessEnv
  readonly requests: SentRequest[]
  readonly attempts: Attempt[]
  /** Resolves once so many attempts have been reported in all. */
  readonly attempted: (count: number) => Promise<void>
  /** Resolves once so many requests have been sent in all. */
  readonly requested: (count: number) => Promise<void>
}

export const publicClient: IdentityConfig = {
  name: 'default',
  grant: 'password',
  tokenEndpoint: 'v2.0',
  clientId: '11111111-2222-3333-4444-555555555555',
  username: 'svc@contoso.com',
  password: { source: 'env', name: 'TEST_PASSWORD' },
  scopes: ['.default'],
}

export const config: IdentityConfig = {
  ...publicClient,
  clientSecret: { source: 'env', name: 'TEST_CLIENT_SECRET' },
}

export const cloud = { authority: 'https://login.example', audience: 'https://graph.example' }

/** One identity with a clock, an Entra and secrets that do as the test says. */
export function createHarness(
  options: Partial<IdentityOptions> & { answers?: (Answer | Promise<Answer>)[] } = {},
): Harness {
  const script = [...(options.answers ?? [])]
  const env: NodeJS.ProcessEnv = {
    TEST_PASSWORD: 'first-password',
    TEST_CLIENT_SECRET: 'first-client-secret',
  }
  const clock = createFakeClock()
  const requests: SentRequest[] = []
  const attempts: Attempt[] = []
  const sent = createCount()
  const reported = createCount()

  const fetch = async (input: unknown, init: { body: URLSearchParams; headers: Record<string, string> }) => {
    requests.push({ url: String(input), form: Object.fromEntries(init.body), headers: init.headers })
    sent.add()
    const next = script.shift()
    if (next === undefined) throw new Error('the script has no more answers')
    return toResponse(await next)
  }
  const identity = createIdentity({
    config,
    tenant: 'contoso.onmicrosoft.com',
    cloud,
    secrets: createSecrets({ env }),
    fetch: fetch as unknown as typeof globalThis.fetch,
    clock,
    random: () => 0,
    timeout: 60_000,
    onAttempt: (attempt) => {
      attempts.push(attempt)
      reported.add()
    },
    ...options,
  })
  return {
    identity,
    clock,
    env,
    requests,
    attempts,
    attempted: reported.reached,
    requested: sent.reached,
  }
}

/** An answer with a token; `expires_in` in seconds. */
export function granted(token: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  const body = {
    token_type: 'Bearer',
    access_token: token,
    expires_in: 3600,
    scope: 'User.Read Tasks.ReadWrite',
    ...more,
  }
  return { status: 200, body }
}

/** An answer in Entra's shape with an AADSTS code. */
export function refused(code: number, { status = 400, error = 'invalid_grant', headers = {} } = {}): Answer {
  const body = { error, error_description: `AADSTS${code}: words. Trace ID: 0`, error_codes: [code] }
  return { status, body, headers }
}

export function networkFailure(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) })
}

export function toResponse(answer: Answer): Response {
  if (answer instanceof Error) throw answer
  const { status, body, headers = {} } = answer
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
}

/** What token() throws or rejects with. */
export async function failureOf(identity: Identity): Promise<SidecarError> {
  try {
    await identity.token()
  } catch (error) {
    if (error instanceof SidecarError) return error
    throw error
  }
  throw new Error('there was a token')
}

/** Lets everything run that waits for nothing but its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export const second = 1000
export const minute = 60 * second

function createCount() {
  let count = 0
  const waiting: { readonly target: number; readonly resolve: () => void }[] = []
  return {
    add() {
      count++
      for (const { target, resolve } of waiting) if (count >= target) resolve()
    },
    reached: (target: number) =>
      new Promise<void>((resolve) => {
        if (count >= target) resolve()
        else waiting.push({ target, resolve })
      }),
  }
}

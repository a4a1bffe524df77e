import type { Identity, IdentityStatus } from '../tokens/identity.ts'

/** Plain text for people and probes, in the way of Kubernetes' own /readyz?verbose. */
export interface HealthAnswer {
  readonly status: 200 | 404 | 503
  readonly body: string
}

export interface Health {
  /** The process serves. */
  live(): HealthAnswer
  /**
   * Each used identity has had its first answer, token or rejection, or 20 s have passed: a wrong password must never
   * make a probe restart the container, for each start is another attempt with it.
   */
  started(): HealthAnswer
  /** At least one used identity can serve and the sidecar is not stopping; `identity` asks for that one alone. */
  ready(options?: { readonly identity?: string; readonly verbose?: boolean }): HealthAnswer
}

export interface HealthOptions {
  readonly identities: ReadonlyMap<string, Pick<Identity, 'status'>>
  readonly isStopping: () => boolean
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const startupPatience = 20_000

export function createHealth({ identities, isStopping, now = Date.now }: HealthOptions): Health {
  const createdAt = now()
  return {
    live: () => ({ status: 200, body: 'ok\n' }),
    started: () => {
      const answered = [...identities.values()].every((identity) => identity.status().answered)
      if (answered || now() - createdAt >= startupPatience) return { status: 200, body: 'ok\n' }
      return { status: 503, body: 'waiting for the first answer of Microsoft Entra\n' }
    },
    ready: ({ identity: name, verbose = false } = {}) => {
      const asked = name === undefined ? [...identities] : [...identities].filter(([known]) => known === name)
      if (name !== undefined && asked.length === 0) {
        return {
          status: 404,
          body: `no rule uses an identity "${name}"; used: ${[...identities.keys()].join(', ')}\n`,
        }
      }
      const ready = !isStopping() && asked.some(([, identity]) => identity.status().canServe)
      const lines = asked.map(([known, identity]) => describe(known, identity.status(), now()))
      if (isStopping()) lines.push('[-] the sidecar is stopping')
      const verdict = ready ? 'ok' : 'not ready'
      const body = verbose || !ready ? [...lines, verdict] : [verdict]
      return { status: ready ? 200 : 503, body: `${body.join('\n')}\n` }
    },
  }
}

function describe(name: string, status: IdentityStatus, now: number): string {
  const parts = [`${status.canServe ? '[+]' : '[-]'} identity ${name}: ${status.state}`]
  if (status.canServe && status.expiresAt !== undefined)
    parts.push(`token for another ${minutes(status.expiresAt - now)}`)
  if (status.code !== undefined) {
    parts.push(status.meaning === undefined ? status.code : `${status.code}: ${status.meaning}`)
  }
  if (status.remedy !== undefined) parts.push(status.remedy)
  if (status.retryAt !== undefined) parts.push(`next attempt in ${minutes(status.retryAt - now)}`)
  return parts.join('; ')
}

function minutes(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

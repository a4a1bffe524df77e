import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Exchange } from '../proxy/exchange.ts'
import type { Attempt, Identity } from '../tokens/identity.ts'

export interface Metrics {
  request(exchange: Exchange): void
  attempt(attempt: Attempt): void
  secretRead(source: string, outcome: string): void
  readonly contentType: string
  /** Prometheus text. */
  text(): Promise<string>
}

export interface MetricsOptions {
  readonly version: string
  readonly identities: ReadonlyMap<string, Pick<Identity, 'status'>>
  readonly inFlight: () => number
}

/** The methods that are forwarded; any other is `other`, so that callers cannot grow the number of series. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Seconds: from a sidecar's own overhead to a slow Graph. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** A registry of its own for each sidecar. No label ever holds a path, a header or a value of the app's. */
export function createMetrics({ version, identities, inFlight }: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `msgraph_sidecar_${name}`, help, labelNames, registers })
  const gauge = <T extends string>(
    name: string,
    help: string,
    labelNames: readonly T[] = [],
    collect?: (gauge: Gauge<T>) => void,
  ) =>
    new Gauge<T>({
      name: `msgraph_sidecar_${name}`,
      help,
      labelNames,
      registers,
      ...(collect === undefined
        ? {}
        : {
            collect() {
              collect(this)
            },
          }),
    })

  const requests = counter('requests_total', "The app's requests.", ['method', 'rule', 'identity', 'status'])
  const duration = new Histogram({
    name: 'msgraph_sidecar_request_duration_seconds',
    help: "From the app's request to the end of its answer.",
    labelNames: ['identity'],
    buckets,
    registers,
  })
  const upstreamDuration = new Histogram({
    name: 'msgraph_sidecar_upstream_duration_seconds',
    help: "From the request to Graph to Graph's response headers.",
    labelNames: ['identity'],
    buckets,
    registers,
  })
  const denied = counter('denied_total', 'Requests that never left for Graph, by reason.', ['reason'])
  const throttled = counter('throttled_total', 'Answers by which Graph asked to slow down.', [
    'rule',
    'status',
  ])
  const upstreamErrors = counter(
    'upstream_errors_total',
    'Requests that Graph never answered (RFC 9209 types).',
    ['error'],
  )
  const tokenRequests = counter('token_requests_total', 'Requests to Microsoft Entra.', [
    'identity',
    'grant',
    'outcome',
    'code',
  ])
  const secretReads = counter('secret_reads_total', 'Reads of secrets.', ['source', 'outcome'])

  gauge('requests_in_flight', 'Requests that are being answered now.', [], (self) => {
    self.set(inFlight())
  })
  gauge(
    'token_expiry_timestamp_seconds',
    "When the identity's token ends; none without a token.",
    ['identity'],
    (self) => {
      self.reset()
      for (const [identity, { status }] of identities) {
        const { expiresAt } = status()
        if (expiresAt !== undefined) self.set({ identity }, expiresAt / 1000)
      }
    },
  )
  gauge(
    'identity_blocked',
    '1 while Entra rejects the identity: nothing is tried until that can change.',
    ['identity'],
    (self) => {
      for (const [identity, { status }] of identities)
        self.set({ identity }, status().state === 'blocked' ? 1 : 0)
    },
  )
  gauge('secret_expiry_timestamp_seconds', 'When a secret ends, where its store says so.', ['secret'])
  gauge('policy_enforced', '1 while the allowlist is enforced.').set(1)
  gauge('config_last_reload_successful', '1 if the last config read was taken over.').set(1)
  gauge('build_info', 'Always 1.', ['version', 'node']).set({ version, node: process.version }, 1)
  collectDefaultMetrics({ register: registry })

  return {
    request: (exchange) => {
      const { identity = 'none', rule = 'none', status } = exchange
      const method = methods.has(exchange.method) ? exchange.method : 'other'
      requests.inc({ method, rule, identity, status })
      duration.observe({ identity }, exchange.durationMs / 1000)
      if (exchange.upstreamMs !== undefined)
        upstreamDuration.observe({ identity }, exchange.upstreamMs / 1000)
      if (exchange.denied !== undefined) denied.inc({ reason: exchange.denied })
      if (exchange.upstreamError !== undefined) upstreamErrors.inc({ error: exchange.upstreamError })
      if (exchange.upstreamMs !== undefined && isThrottling(status)) throttled.inc({ rule, status })
    },
    attempt: ({ identity, grant, outcome, code, clientRequestId }) => {
      // none was sent where a secret could not be read, or where the password was rejected before
      if (clientRequestId !== '') tokenRequests.inc({ identity, grant, outcome, code })
    },
    secretRead: (source, outcome) => {
      secretReads.inc({ source, outcome })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

/** 509 is SharePoint's "bandwidth limit exceeded". */
function isThrottling(status: number): boolean {
  return status === 429 || status === 503 || status === 509
}

import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** One request and what became of it: filled in on its way, handed to the observer once, when the answer has ended. */
export interface Exchange {
  readonly method: string
  /** Without the query, which may hold personal data. */
  readonly path: string
  /** The app's own `client-request-id`, else one made here. */
  readonly clientRequestId: string
  /** `performance.now()` milliseconds. */
  readonly startedAt: number
  /** Answered status; 499 where the app went away before there was one. */
  status: number
  durationMs: number
  /** The app went away before the answer had ended. */
  aborted: boolean
  /** Name or text of the rule that matched. */
  rule?: string
  identity?: string
  /** Why it was turned away before Graph: a reason of the policy, or an error code. */
  denied?: string
  /** `error.code` of the sidecar's own answer. */
  error?: string
  /** What the answer said, and for faults of ours what really happened. */
  message?: string
  cause?: unknown
  /** Milliseconds until Graph's response headers. */
  upstreamMs?: number
  /** RFC 9209 error type, where Graph could not be reached or did not answer. */
  upstreamError?: string
  /** Graph's `request-id` and `x-ms-ags-diagnostic`, to trace it with Microsoft. */
  requestId?: string
  diagnostic?: string
}

export function beginExchange(request: IncomingMessage): Exchange {
  const target = request.url ?? ''
  const query = target.indexOf('?')
  const clientRequestId = request.headers['client-request-id']
  return {
    method: request.method ?? '',
    path: query === -1 ? target : target.slice(0, query),
    clientRequestId: typeof clientRequestId === 'string' ? clientRequestId : randomUUID(),
    startedAt: performance.now(),
    status: 0,
    durationMs: 0,
    aborted: false,
  }
}

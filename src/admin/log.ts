import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Exchange } from '../proxy/exchange.ts'
import type { Attempt } from '../tokens/identity.ts'

export type { Logger } from 'pino'

/** JSON lines. What is logged is picked field by field below: nothing is logged whole. */
export function createLogger(level: Config['log']['level'], destination: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}

/** One line a request, for failures or for all. */
export function requestLogger(
  log: Logger,
  requests: Config['log']['requests'],
): (exchange: Exchange) => void {
  if (requests === 'none') return () => undefined
  return (exchange) => {
    const failed = exchange.status >= 400 || exchange.aborted
    if (!failed && requests === 'failures') return
    const line = {
      method: exchange.method,
      path: exchange.path,
      status: exchange.status,
      rule: exchange.rule,
      identity: exchange.identity,
      durationMs: round(exchange.durationMs),
      upstreamMs: exchange.upstreamMs === undefined ? undefined : round(exchange.upstreamMs),
      error: exchange.error,
      reason: exchange.denied,
      detail: exchange.message,
      upstreamError: exchange.upstreamError,
      cause: describe(exchange.cause),
      aborted: exchange.aborted ? true : undefined,
      clientRequestId: exchange.clientRequestId,
      requestId: exchange.requestId,
      diagnostic: exchange.diagnostic,
    }
    if (exchange.error === 'sidecar.internal') log.error(line, 'request failed')
    else if (failed) log.warn(line, 'request failed')
    else log.info(line, 'request')
  }
}

/** One line for each answer of Entra, good or bad. */
export function attemptLogger(log: Logger): (attempt: Attempt) => void {
  return (attempt) => {
    const line = {
      identity: attempt.identity,
      grant: attempt.grant,
      outcome: attempt.outcome,
      code: attempt.code === '' ? undefined : attempt.code,
      meaning: attempt.meaning,
      remedy: attempt.remedy,
      durationMs: round(attempt.durationMs),
      expiresAt: isoTime(attempt.expiresAt),
      retryAt: isoTime(attempt.retryAt),
      clientRequestId: attempt.clientRequestId,
    }
    if (attempt.outcome === 'success') log.info(line, 'token received')
    else if (attempt.outcome === 'rejected') log.error(line, 'token request rejected')
    else log.warn(line, 'token request failed')
  }
}

/** Where an error came from: its class, code and own frames. Never its message, which may quote what it choked on. */
function describe(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  const code = (cause as NodeJS.ErrnoException).code
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return [
    code === undefined ? cause.name : `${cause.name} ${code}`,
    ...frames.slice(0, 3).map((line) => line.trim()),
  ].join(' ')
}

function isoTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}

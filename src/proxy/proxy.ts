import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import httpProxy from '@fastify/http-proxy'
import Fastify from 'fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'
import type { Config } from '../config/config.ts'
import { SidecarError } from '../errors.ts'
import type { Denied, Policy } from '../policy/policy.ts'
import type { Identity } from '../tokens/identity.ts'
import { answerFor, asSidecarError, notServed, parserError, writeToSocket } from './answer.ts'
import { beginExchange } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import { forward } from './forward.ts'
import { guard } from './guard.ts'
import { upstreamHeaders } from './headers.ts'
import { createSlots } from './slots.ts'

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange
  }
}

export interface ProxyOptions {
  readonly config: Pick<Config, 'hosts' | 'timeouts' | 'limits'>
  /** Graph's origin, and the connections to it. */
  readonly graph: string
  readonly upstream: Dispatcher
  readonly policy: Policy
  readonly identities: ReadonlyMap<string, Identity>
  /** Called once for each request, when its answer has ended. */
  readonly observe: (exchange: Exchange) => void
}

/** The request listener of the app's side; it listens nowhere itself. */
export interface Proxy {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void
  readonly onClientError: (error: NodeJS.ErrnoException, socket: Duplex) => void
  readonly inFlight: () => number
  /** `lingering`: serve on, but ask each app to leave. `draining`: finish what is in flight, refuse the rest. */
  setPhase(phase: 'serving' | 'lingering' | 'draining'): void
  /** Resolves once nothing is in flight. */
  idle(): Promise<void>
}

/** Builds the way of a request: guard -> policy -> token -> forward. Everything below is in that order. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const { config, policy, identities } = options
  const hosts = new Set(config.hosts)
  const slots = createSlots({ ...config.limits, patience: config.timeouts.response })
  let phase: 'serving' | 'lingering' | 'draining' = 'serving'
  let inFlight = 0
  let onIdle: (() => void) | undefined

  const app = Fastify({
    // one log line a request, written by the observer
    logger: false,
    // Graph's own paths are not case-sensitive
    routerOptions: { caseSensitive: false, maxParamLength: 100_000 },
    // paths that the router cannot decode never reach a hook
    frameworkErrors: (error, request, reply) => {
      begin(request, reply)
      fail(request, reply, error)
    },
  })

  function begin(request: FastifyRequest, reply: FastifyReply): void {
    const exchange = beginExchange(request.raw)
    request.exchange = exchange
    inFlight++
    reply.raw.once('close', () => {
      inFlight--
      exchange.durationMs = performance.now() - exchange.startedAt
      exchange.aborted = !reply.raw.writableFinished
      exchange.status = reply.raw.headersSent ? reply.raw.statusCode : 499
      options.observe(exchange)
      if (inFlight === 0) onIdle?.()
    })
  }

  app.decorateRequest('exchange')
  app.addHook('onRequest', async (request, reply) => {
    begin(request, reply)
    if (phase === 'draining')
      throw new SidecarError('shuttingDown', 'the sidecar is stopping; try again on a new connection')
    if (phase === 'lingering') reply.header('connection', 'close')
    guard(request.raw, hosts)
    const verdict = policy.judge(request.raw.method ?? '', request.raw.url ?? '')
    if (!verdict.allowed) {
      request.exchange.denied = verdict.cause
      if (verdict.rule !== undefined) request.exchange.rule = verdict.rule
      throw denial(verdict)
    }
    request.exchange.rule = verdict.rule
    request.exchange.identity = verdict.identity
  })

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { exchange, raw } = request
    const response = reply.raw
    const identity = identities.get(exchange.identity ?? '')
    if (identity === undefined)
      throw new Error(`the rule ${exchange.rule ?? ''} names an identity that does not exist`)
    const waiting = slots.take((callback) => response.once('close', callback))
    if (waiting !== undefined) await waiting
    try {
      const token = identity.token()
      const headers = upstreamHeaders(
        raw,
        typeof token === 'string' ? token : await token,
        exchange.clientRequestId,
      )
      if (response.destroyed) return // the app went away while it waited for the token
      const sentAt = performance.now()
      await forward({
        upstream: options.upstream,
        origin: options.graph,
        request: raw,
        response,
        headers,
        responseTimeout: config.timeouts.response,
        onHeaders: (_status, answer) => {
          reply.hijack()
          exchange.upstreamMs = performance.now() - sentAt
          exchange.requestId = first(answer['request-id'])
          exchange.diagnostic = first(answer['x-ms-ags-diagnostic'])
        },
        isLast: () => phase !== 'serving',
      })
    } finally {
      slots.release()
      if (response.destroyed) reply.hijack()
    }
  }

  function fail(request: FastifyRequest, reply: FastifyReply, thrown: unknown): void {
    const error = asSidecarError(thrown)
    const { exchange } = request
    exchange.error = error.code
    exchange.message = error.message
    exchange.cause = error.cause
    if (error.code.startsWith('sidecar.upstream')) exchange.upstreamError = error.proxyStatus
    if (exchange.identity === undefined && error.status < 500)
      exchange.denied ??= error.code.slice('sidecar.'.length)
    const { status, headers, body } = answerFor(error, exchange.clientRequestId)
    void reply.code(status).headers(headers).send(body)
  }

  app.setErrorHandler((error, request, reply) => {
    fail(request, reply, error)
  })
  app.setNotFoundHandler(() => {
    throw notServed()
  })

  // Fastify would parse or refuse bodies by their type: they are Graph's affair, and are streamed as they are
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
  }
  for (const prefix of ['/v1.0', '/beta']) {
    await app.register(httpProxy, {
      upstream: options.graph,
      undici: options.upstream,
      disableCache: true,
      proxyPayloads: false,
      prefix,
      rewritePrefix: prefix,
      // only for its checks: the target that goes out is the one that came in
      preRewrite: (url) => url.split('?', 1)[0] ?? '',
      handler: (request, reply) => handle(request, reply),
    })
  }
  await app.ready()

  return {
    onRequest: (request, response) => {
      app.routing(request, response)
    },
    onClientError: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy()
        return
      }
      const refusal = parserError(error)
      const clientRequestId = randomUUID()
      writeToSocket(socket, answerFor(refusal, clientRequestId))
      options.observe({
        method: '',
        path: '',
        clientRequestId,
        startedAt: performance.now(),
        status: refusal.status,
        durationMs: 0,
        aborted: false,
        error: refusal.code,
        message: refusal.message,
        denied: refusal.code.slice('sidecar.'.length),
      })
    },
    inFlight: () => inFlight,
    setPhase: (next) => {
      phase = next
    },
    idle: () =>
      new Promise((resolve) => {
        if (inFlight === 0) resolve()
        else onIdle = resolve
      }),
  }
}

function denial(verdict: Denied): SidecarError {
  return new SidecarError(verdict.error, verdict.reason)
}

function first(value: string | string[] | undefined): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

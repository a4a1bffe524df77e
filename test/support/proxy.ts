import { listen } from '../../src/listen.ts'
import { compilePolicy } from '../../src/policy/policy.ts'
import type { Exchange } from '../../src/proxy/exchange.ts'
import { createProxy } from '../../src/proxy/proxy.ts'
import type { Proxy } from '../../src/proxy/proxy.ts'
import { createUpstream } from '../../src/proxy/upstream.ts'
import type { Identity } from '../../src/tokens/identity.ts'

export interface ProxyOptions {
  readonly graph: string
  readonly allow?: readonly string[]
  readonly deny?: readonly string[]
  readonly token?: Identity['token']
  readonly inFlight?: number
  readonly queue?: number
  /** Milliseconds. */
  readonly response?: number
  readonly headers?: number
}

export interface RunningProxy {
  readonly base: string
  readonly port: number
  readonly proxy: Proxy
  /** What the observer was told, in order of ending. */
  readonly exchanges: Exchange[]
  /** Resolves with the next exchange to end. */
  readonly nextExchange: () => Promise<Exchange>
}

export const testToken = 'test-token-9f2c'

/** The real proxy with real rules on a free port, before the given upstream; the token is a constant. */
export async function startProxy(
  t: { teardown(callback: () => unknown): unknown },
  options: ProxyOptions,
): Promise<RunningProxy> {
  const timeouts = {
    connect: 2000,
    response: options.response ?? 10_000,
    idle: 10_000,
    linger: 0,
    drain: 1000,
  }
  const limits = {
    inFlight: options.inFlight ?? 100,
    queue: options.queue ?? 1000,
    headers: options.headers ?? 32_768,
  }
  const upstream = createUpstream({ origin: options.graph, connections: limits.inFlight, timeouts })
  const exchanges: Exchange[] = []
  const waiting: ((exchange: Exchange) => void)[] = []
  const rule = (text: string) => ({ rule: text, position: { line: 1, column: 1 } })
  const identity = { token: options.token ?? (() => testToken) } as Identity
  const proxy = await createProxy({
    config: { hosts: ['localhost', '127.0.0.1', '[::1]'], timeouts, limits },
    graph: options.graph,
    upstream,
    policy: compilePolicy({
      file: 'test.yaml',
      allow: (options.allow ?? ['ANY /v1.0/**']).map(rule),
      deny: (options.deny ?? []).map(rule),
    }),
    identities: new Map([['default', identity]]),
    observe: (exchange) => {
      exchanges.push(exchange)
      waiting.shift()?.(exchange)
    },
  })
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    onRequest: proxy.onRequest,
    onClientError: proxy.onClientError,
    maxHeaderSize: limits.headers,
  })
  t.teardown(async () => {
    listener.destroy()
    await listener.close()
    await upstream.destroy()
  })
  return {
    base: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    proxy,
    exchanges,
    nextExchange: () => new Promise((resolve) => waiting.push(resolve)),
  }
}

import { Agent, fetch as undiciFetch } from 'undici'
import type { RequestInfo, RequestInit } from 'undici'

export interface TokenFetch {
  readonly fetch: typeof globalThis.fetch
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>
}

/** An identity has one request at a time, and rarely. */
const connections = 4

/** `fetch` for credentials: TLS is always verified, and no redirect is followed. `connectTimeout` in milliseconds. */
export function createTokenFetch({ connectTimeout }: { readonly connectTimeout: number }): TokenFetch {
  const dispatcher = new Agent({
    connections,
    // set, not assumed: NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment must not hand the password to a stranger
    connect: { timeout: connectTimeout, rejectUnauthorized: true },
  })
  const send = (input: RequestInfo, init?: RequestInit) =>
    undiciFetch(input, { ...init, redirect: 'manual', dispatcher })
  return {
    // the same function to whoever calls it; the two sets of types differ in details that nobody here uses
    fetch: send as unknown as typeof globalThis.fetch,
    close: () => dispatcher.destroy(),
  }
}

import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Address } from './config/config.ts'

export interface ListenOptions {
  readonly address: Address
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void
  /** What could not be parsed as HTTP, or was refused before it became a request; the socket is the handler's to end. */
  readonly onClientError: (error: NodeJS.ErrnoException, socket: Duplex) => void
  /** Bytes of request line and headers. */
  readonly maxHeaderSize?: number
}

export interface Listener {
  /** `host:port`, one for each socket; IPv6 hosts in brackets. */
  readonly addresses: readonly string[]
  readonly port: number
  /** Takes no new connection and closes idle ones; resolves once the last one has gone. */
  close(): Promise<void>
  /** Ends every connection at once. */
  destroy(): void
}

/** An address that cannot be had; the message says which, why, and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

/**
 * Listens on the address; `localhost` means 127.0.0.1 and ::1, both or not at all: were a stranger's process on
 * [::1], `curl localhost` would talk to it. A machine without IPv6 has 127.0.0.1 alone.
 * Rejects with a ListenError.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host } = options.address
  if (host !== 'localhost') return combine([await bind(options, options.address)])
  const first = await bind(options, { ...options.address, host: '127.0.0.1' })
  try {
    return combine([first, await bind(options, { host: '::1', port: portOf(first) })])
  } catch (error) {
    if (error instanceof ListenError && isWithoutIPv6(error.cause)) return combine([first])
    first.close()
    throw error
  }
}

async function bind(options: ListenOptions, { host, port }: Address): Promise<Server> {
  const server = createServer({
    // our own guard counts Host headers, so that the answer has our shape
    requireHostHeader: false,
    // uploads may take long: only the headers have a time limit of their own
    requestTimeout: 0,
    // longer than the keep-alive of usual clients (Java 30 s, .NET 60 s), so that they close first and never race us
    keepAliveTimeout: 75_000,
    ...(options.maxHeaderSize === undefined ? {} : { maxHeaderSize: options.maxHeaderSize }),
  })
  server.on('request', options.onRequest)
  // 100 Continue is sent once the request is let through, so a denied upload never leaves the app
  server.on('checkContinue', options.onRequest)
  // any other expectation is the app's and Graph's affair, and Graph is never told (RFC 9110, section 10.1.1)
  server.on('checkExpectation', options.onRequest)
  server.on('connect', (_request, socket) => {
    options.onClientError(new Error('CONNECT is not served'), socket)
  })
  server.on('clientError', options.onClientError)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(error, { host, port }))
    })
    server.listen({ host, port }, resolve)
  })
  return server
}

function combine(servers: readonly Server[]): Listener {
  return {
    addresses: servers.map(formatAddress),
    port: servers[0] === undefined ? 0 : portOf(servers[0]),
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => {
                resolve()
              })
            }),
        ),
      )
    },
    destroy: () => {
      for (const server of servers) server.closeAllConnections()
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function formatAddress(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`
}

function isWithoutIPv6(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; stop the other process, or choose another port',
  EACCES: 'not permitted; choose a port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host name',
}

function listenError(error: NodeJS.ErrnoException, { host, port }: Address): ListenError {
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new ListenError(`cannot listen on ${where}: ${reasons[error.code ?? ''] ?? error.message}`, {
    cause: error,
  })
}

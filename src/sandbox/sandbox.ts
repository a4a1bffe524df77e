import { createEntra } from './entra/entra.ts'
import { createGraph } from './graph/graph.ts'
import { listen, type RequestEntry } from './http.ts'
import { seedAccounts, seedClients, seedTenants, type SandboxAccount, type SandboxClient } from './seed.ts'
import { createTokens } from './tokens.ts'

export type { SandboxAccount, SandboxClient } from './seed.ts'

export interface SandboxRequest extends RequestEntry {
  readonly service: 'entra' | 'graph'
}

export interface SandboxOptions {
  /** Default `127.0.0.1`. */
  host?: string
  /** Default 0, a free port. */
  graphPort?: number
  /** Default 0, a free port. */
  entraPort?: number
  /** All the names of the one tenant; default: the seed. */
  tenants?: readonly string[]
  clients?: readonly SandboxClient[]
  accounts?: readonly SandboxAccount[]
  /** Seconds that an access token lives; default: 60 to 90 minutes at random, as Entra. */
  tokenLifetime?: () => number
  /** Milliseconds since the epoch; default: the machine's clock. */
  now?: () => number
  /** Called once for each request, before its answer is complete at the client. */
  onRequest?: (entry: SandboxRequest) => void
}

export interface Sandbox {
  /** Origin of the Graph stand-in, such as `http://127.0.0.1:49152`. */
  readonly graph: string
  /** Origin of the Entra stand-in. */
  readonly authority: string
  /** Ends both, and their open connections, at once. */
  close(): Promise<void>
}

/** Starts stand-ins for Entra and Graph over real HTTP. Rejects with the listen error, such as `EADDRINUSE`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    host = '127.0.0.1',
    graphPort = 0,
    entraPort = 0,
    tenants = seedTenants,
    clients = seedClients,
    accounts = seedAccounts,
    now = Date.now,
    onRequest = () => undefined,
  } = options
  const tokens = createTokens(now, options.tokenLifetime)

  const graph = await listen(host, graphPort, (entry) => {
    onRequest({ service: 'graph', ...entry })
  })
  const entra = await listen(host, entraPort, (entry) => {
    onRequest({ service: 'entra', ...entry })
  }).catch(async (error: unknown) => {
    await graph.close()
    throw error
  })

  graph.serve(createGraph({ origin: graph.origin, authority: entra.origin, accounts, tokens, now }))
  entra.serve(createEntra({ authority: entra.origin, tenants, clients, accounts, tokens, now }))

  return {
    graph: graph.origin,
    authority: entra.origin,
    async close() {
      await Promise.all([graph.close(), entra.close()])
    },
  }
}

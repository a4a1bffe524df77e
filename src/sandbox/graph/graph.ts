import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { readBody, type Answer } from '../http.ts'
import type { SandboxAccount } from '../seed.ts'
import type { Tokens } from '../tokens.ts'
import { authenticate } from './bearer.ts'
import { account, createDirectory } from './directory-state.ts'
import { directoryRoutes } from './directory.ts'
import { GraphError } from './errors.ts'
import { parseJsonBody } from './json.ts'
import { createMail } from './mail-state.ts'
import { mailRoutes } from './mail.ts'
import { createPlanner } from './planner-state.ts'
import { plannerRoutes } from './planner.ts'
import { errorResult, graphAnswer, type Result } from './responses.ts'
import { createRouter } from './router.ts'
import { parseTarget } from './target.ts'

export interface GraphOptions {
  /** Its own, for the links in its answers. */
  readonly origin: string
  /** Where a client without a good token is sent. */
  readonly authority: string
  /** Each is a user too. */
  readonly accounts: readonly SandboxAccount[]
  readonly tokens: Tokens
  readonly now: () => number
}

const bodyLimit = 4 * 1024 * 1024

/** A small Graph, in memory: token first, then version, resource, method and body, as the real one judges them. */
export function createGraph(options: GraphOptions): (request: IncomingMessage) => Promise<Answer> {
  const { origin, authority, tokens, now } = options
  const directory = createDirectory(options.accounts.map(({ username }) => username))
  const route = createRouter([
    ...directoryRoutes(directory),
    ...plannerRoutes(createPlanner(directory, now), directory),
    ...mailRoutes(createMail(), directory),
  ])

  return async (request) => {
    const given = request.headers['client-request-id']
    const requestId = randomUUID()
    const identifiers = { requestId, clientRequestId: typeof given === 'string' ? given : requestId }
    const body = await readBody(request, bodyLimit)
    try {
      return graphAnswer(answer(request, body), identifiers)
    } catch (error) {
      if (!(error instanceof GraphError)) throw error
      return graphAnswer(errorResult(error, identifiers, now()), identifiers)
    }
  }

  function answer({ method = '', url = '', headers }: IncomingMessage, body: Buffer | undefined): Result {
    const username = authenticate(headers.authorization, { tokens, authority, now: now() })
    const target = parseTarget(url)
    const { route: found, ids } = route(method, target.segments)
    if (body === undefined) {
      throw new GraphError(413, 'RequestEntityTooLarge', 'The request entity is too large.')
    }
    return found.handle({
      base: `${origin}/${target.version}`,
      url: origin + target.rawPath,
      ids,
      query: target.query,
      headers,
      body: method === 'POST' || method === 'PATCH' ? parseJsonBody(headers, body) : {},
      me: directory.findUser(username) ?? account(username),
    })
  }
}

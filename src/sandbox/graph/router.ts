import type { IncomingHttpHeaders } from 'node:http'
import type { User } from './directory-state.ts'
import { badRequest, GraphError } from './errors.ts'
import type { JsonObject } from './json.ts'
import type { Result } from './responses.ts'
import type { Query } from './target.ts'

export interface GraphRequest {
  /** Origin and version, such as `http://127.0.0.1:49152/v1.0`. */
  readonly base: string
  /** Origin and path as the client called it, without the query: what a next link is made of. */
  readonly url: string
  /** What stands where the route's path has `{...}`, in that order. */
  readonly ids: readonly string[]
  readonly query: Query
  readonly headers: IncomingHttpHeaders
  /** Empty but for POST and PATCH. */
  readonly body: JsonObject
  /** Whose token it is. */
  readonly me: User
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Without the version. A literal matches before `{...}` where its route stands first. */
  readonly path: string
  readonly handle: (request: GraphRequest) => Result
}

export interface Match {
  readonly route: Route
  readonly ids: readonly string[]
}

export type Router = (method: string, segments: readonly string[]) => Match

/** Resource names are matched without case, ids keep theirs ("Traverse Microsoft Graph"). Throws a GraphError. */
export function createRouter(routes: readonly Route[]): Router {
  const table = routes.map((route) => ({ route, pattern: route.path.slice(1).toLowerCase().split('/') }))

  return (method, segments) => {
    const candidates = table.filter(
      ({ pattern }) =>
        pattern.length === segments.length && matchLength(pattern, segments) === pattern.length,
    )
    const wanted = method === 'HEAD' ? 'GET' : method
    const found = candidates.find(({ route }) => route.method === wanted)
    if (found !== undefined) {
      return { route: found.route, ids: segments.filter((_, i) => isKey(found.pattern[i])) }
    }

    if (candidates.length > 0) {
      const allowed = [...new Set(candidates.map(({ route }) => route.method))].join(', ')
      throw new GraphError(
        405,
        'Request_BadRequest',
        'Specified HTTP method is not allowed for the request target.',
        { Allow: allowed },
      )
    }
    const understood = Math.max(...table.map(({ pattern }) => matchLength(pattern, segments)))
    throw badRequest(`Resource not found for the segment '${segments[understood] ?? segments.at(-1) ?? ''}'.`)
  }
}

/** How many segments, from the left, a pattern agrees with. */
function matchLength(pattern: readonly string[], segments: readonly string[]): number {
  const different = pattern.findIndex(
    (part, i) => segments[i] === undefined || !(isKey(part) || part === segments[i].toLowerCase()),
  )
  return different === -1 ? pattern.length : different
}

function isKey(part: string | undefined): boolean {
  return part?.startsWith('{') === true
}

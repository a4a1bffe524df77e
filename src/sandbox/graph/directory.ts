import type { DirectoryState } from './directory-state.ts'
import { GraphError, resourceNotFound } from './errors.ts'
import { formatSkipToken, linkTo, pageSize, readSkipToken } from './paging.ts'
import { collection, count, entity, type Result } from './responses.ts'
import type { GraphRequest, Route } from './router.ts'

/** "List users": 100 a page, 999 at most. */
const userPages = { default: 100, max: 999 }

/** `/me`, users and groups. Of the query options `$top`, `$skiptoken`, `$select` and `$count` are heard. */
export function directoryRoutes(directory: DirectoryState): Route[] {
  return [
    { method: 'GET', path: '/me', handle: (request) => entity(request, 'users/$entity', request.me) },
    { method: 'GET', path: '/users', handle: listUsers },
    { method: 'GET', path: '/users/$count', handle: countUsers },
    { method: 'GET', path: '/users/{id}', handle: getUser },
    { method: 'GET', path: '/groups', handle: (request) => collection(request, 'groups', directory.groups) },
    { method: 'GET', path: '/groups/{id}', handle: getGroup },
  ]

  function listUsers(request: GraphRequest): Result {
    const top = pageSize(request, userPages)
    const start = readSkipToken(request)
    const end = start + top
    const total = directory.users.length
    const nextLink =
      end < total ? linkTo(request, { top: String(top), skiptoken: formatSkipToken(end) }) : undefined
    return collection(request, 'users', directory.users.slice(start, end), { nextLink, total })
  }

  /** "Advanced query capabilities": it needs the header. */
  function countUsers(request: GraphRequest): Result {
    const level = request.headers.consistencylevel
    if (typeof level !== 'string' || level.toLowerCase() !== 'eventual') {
      throw new GraphError(400, 'Request_BadRequest', '$count is not currently supported.')
    }
    return count(directory.users.length)
  }

  function getUser(request: GraphRequest): Result {
    const [id = ''] = request.ids
    const user = directory.findUser(id)
    if (user === undefined) throw resourceNotFound(id)
    return entity(request, 'users/$entity', user)
  }

  function getGroup(request: GraphRequest): Result {
    const [id = ''] = request.ids
    const group = directory.findGroup(id)
    if (group === undefined) throw resourceNotFound(id)
    return entity(request, 'groups/$entity', group)
  }
}

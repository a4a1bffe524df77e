import type { DirectoryState, User } from './directory-state.ts'
import { GraphError, resourceNotFound } from './errors.ts'
import type { MailState } from './mail-state.ts'
import { linkTo, pageSize, skipped } from './paging.ts'
import { collection, count, entity, type Result } from './responses.ts'
import type { GraphRequest, Route } from './router.ts'

/** "List messages": 10 a page, 1000 at most. */
const messagePages = { default: 10, max: 1000 }

/** Messages of `/me` and of `/users/{id}`. Of the query options `$top`, `$skip`, `$select` and `$count` are heard. */
export function mailRoutes(mail: MailState, directory: DirectoryState): Route[] {
  return [
    {
      method: 'GET',
      path: '/me/messages',
      handle: (request) => listMessages(request, request.me),
    },
    {
      method: 'GET',
      path: '/me/messages/$count',
      handle: (request) => count(mail.mailboxOf(request.me).messages.length),
    },
    {
      method: 'GET',
      path: '/me/messages/{id}',
      handle: (request) => getMessage(request, request.me, request.ids[0]),
    },
    {
      method: 'GET',
      path: '/users/{id}/messages',
      handle: (request) => listMessages(request, owner(request)),
    },
    {
      method: 'GET',
      path: '/users/{id}/messages/{id}',
      handle: (request) => getMessage(request, owner(request), request.ids[1]),
    },
  ]

  function listMessages(request: GraphRequest, user: User): Result {
    const { messages } = mail.mailboxOf(user)
    const top = pageSize(request, messagePages)
    const start = skipped(request)
    const end = start + top
    const nextLink =
      end < messages.length ? linkTo(request, { top: String(top), skip: String(end) }) : undefined
    return collection(request, `users('${user.id}')/messages`, messages.slice(start, end), {
      nextLink,
      total: messages.length,
    })
  }

  function getMessage(request: GraphRequest, user: User, id = ''): Result {
    const message = mail.mailboxOf(user).find(id)
    if (message === undefined) {
      throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
    }
    return entity(request, `users('${user.id}')/messages/$entity`, message)
  }

  function owner({ ids: [id = ''] }: GraphRequest): User {
    const user = directory.findUser(id)
    if (user === undefined) throw resourceNotFound(id)
    return user
  }
}

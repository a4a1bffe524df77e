import type { IncomingMessage } from 'node:http'
import { SidecarError } from '../errors.ts'

/**
 * Who may call at all, before any rule is read. These keep web pages off the sidecar: a page that a browser has
 * open can send requests to localhost, and with DNS rebinding read the answers too.
 */
export function guard(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  checkHost(request, hosts)
  checkOrigin(request)
  checkMethodOverride(request)
}

/** `name` or `name:port`, and nothing else: no user, no quote, no path. */
const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?$/

function checkHost(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  let count = 0
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i]?.toLowerCase() === 'host') count++
  }
  if (count !== 1) {
    throw new SidecarError('hostMalformed', `send exactly one Host header; this request has ${count}`)
  }
  const name = hostPattern.exec((request.headers.host ?? '').toLowerCase())?.[1]
  if (name === undefined) {
    throw new SidecarError('hostMalformed', 'the Host header must be a name, or a name and a port')
  }
  if (!hosts.has(name)) {
    throw new SidecarError(
      'hostNotAllowed',
      `the Host "${name}" is not answered; add it to "hosts" if apps call by that name`,
    )
  }
}

function checkOrigin({ headers, method }: IncomingMessage): void {
  if (headers.origin !== undefined) {
    throw new SidecarError('originNotAllowed', 'web pages are not served: the request has an Origin header')
  }
  const site = headers['sec-fetch-site']
  const opened = site === 'none' && (method === 'GET' || method === 'HEAD') // typed into the address bar
  if (site !== undefined && site !== 'same-origin' && !opened) {
    throw new SidecarError(
      'originNotAllowed',
      'web pages are not served: a browser sent this request for another site',
    )
  }
}

/**
 * Microsoft's Java SDK falls back to these and OneDrive documents them: a rule for POST must not become a DELETE.
 * `_` counts as `-`, as servers that read headers from CGI variables see it.
 */
const overrideHeaders: ReadonlySet<string> = new Set([
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
])

function checkMethodOverride(request: IncomingMessage): void {
  for (const name in request.headers) {
    if (name.charCodeAt(0) === 120 /* x */ && overrideHeaders.has(name.replaceAll('_', '-'))) {
      throw new SidecarError(
        'methodOverride',
        `the header ${name} is refused: send the request with its real method`,
      )
    }
  }
}

import { badRequest, GraphError } from './errors.ts'

export interface Target {
  readonly version: string
  /** With the version, without the query, byte for byte as it came. */
  readonly rawPath: string
  /** Decoded once; a key in parentheses is a segment of its own, so that `users('x')` is `users/x`. */
  readonly segments: readonly string[]
  readonly query: Query
}

/** Query options by name: decoded, without case, without `$`. */
export type Query = ReadonlyMap<string, string>

const versions: ReadonlySet<string> = new Set(['v1.0', 'beta'])

export function parseTarget(target: string): Target {
  const mark = target.indexOf('?')
  const rawPath = mark === -1 ? target : target.slice(0, mark)
  const [version = '', ...rest] = rawPath.split('/').filter((segment) => segment !== '')
  if (!versions.has(version.toLowerCase())) {
    throw new GraphError(400, 'BadRequest', `Invalid version: ${version}`)
  }
  return {
    version: version.toLowerCase(),
    rawPath,
    segments: rest.flatMap((segment) => splitKey(decode(segment))),
    query: parseQuery(mark === -1 ? '' : target.slice(mark + 1)),
  }
}

/** `users('o''neil@contoso.com')` and `users(1)`: OData URL conventions, section 4.3.1. */
function splitKey(segment: string): string[] {
  const match = /^([^()]+)\((.+)\)$/s.exec(segment)
  const [, name, key] = match ?? []
  if (name === undefined || key === undefined) return [segment]
  return [name, /^'.*'$/s.test(key) ? key.slice(1, -1).replaceAll("''", "'") : key]
}

function parseQuery(text: string): Query {
  const query = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const [name = '', ...value] = pair.replaceAll('+', ' ').split('=')
    query.set(decode(name).replace(/^\$/, '').toLowerCase(), decode(value.join('=')))
  }
  return query
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw badRequest('Bad Request - Error in query syntax.')
  }
}

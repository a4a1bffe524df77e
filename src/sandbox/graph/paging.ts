import { badRequest, GraphError } from './errors.ts'
import type { GraphRequest } from './router.ts'

export interface PageSize {
  readonly default: number
  readonly max: number
}

/** `$top`: 1 to `max`. */
export function pageSize({ query }: GraphRequest, { default: usual, max }: PageSize): number {
  const top = naturalNumber(query.get('top'), 'top') ?? usual
  if (top < 1 || top > max) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${max} inclusive.`)
  }
  return top
}

/** `$skip`, as mail pages: a plain number. */
export function skipped({ query }: GraphRequest): number {
  return naturalNumber(query.get('skip'), 'skip') ?? 0
}

/** `$skiptoken`, as the directory pages: opaque, with quotes in it that must come back as they were. */
export function readSkipToken({ query }: GraphRequest): number {
  const token = query.get('skiptoken')
  if (token === undefined) return 0
  const hex = /^X'([\da-f]{8})'$/.exec(token)?.[1]
  if (hex === undefined) {
    throw new GraphError(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    )
  }
  return Number.parseInt(hex, 16)
}

export function formatSkipToken(offset: number): string {
  return `X'${offset.toString(16).padStart(8, '0')}'`
}

/** The same call with other options: absolute, with the path as the client wrote it. */
export function linkTo(request: GraphRequest, options: Readonly<Record<string, string>>): string {
  const merged = new Map([...request.query, ...Object.entries(options)])
  const text = [...merged].map(([name, value]) => `%24${encodeURIComponent(name)}=${encode(value)}`)
  return `${request.url}?${text.join('&')}`
}

/** Graph's links hold quotes encoded; `encodeURIComponent` leaves them. */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("'", '%27')
}

function naturalNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) {
    throw badRequest(
      `Invalid value '${text}' for $${option} query option found. The $${option} query option requires a non-negative integer value.`,
    )
  }
  return Number(text)
}

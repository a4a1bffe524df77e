import type { Answer } from '../http.ts'
import type { GraphError } from './errors.ts'
import type { JsonObject } from './json.ts'
import type { GraphRequest } from './router.ts'

/** What an area answers; the headers that all of Graph's answers share come on top. */
export interface Result {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: JsonObject | string
}

export interface Identifiers {
  readonly requestId: string
  readonly clientRequestId: string
}

/** One resource. `type` is what the context URL names, such as `users/$entity`. */
export function entity(request: GraphRequest, type: string, value: JsonObject, status = 200): Result {
  const etag = value['@odata.etag']
  return {
    status,
    headers: typeof etag === 'string' ? { ETag: etag } : {},
    body: { '@odata.context': context(request, type), ...select(request, value) },
  }
}

/** A page of resources; `nextLink` where there are more of them, `total` counts all. */
export function collection(
  request: GraphRequest,
  type: string,
  items: readonly JsonObject[],
  { nextLink, total = items.length }: { nextLink?: string | undefined; total?: number } = {},
): Result {
  return {
    status: 200,
    body: {
      '@odata.context': context(request, type),
      ...(request.query.get('count') === 'true' && { '@odata.count': total }),
      value: items.map((item) => select(request, item)),
      ...(nextLink !== undefined && { '@odata.nextLink': nextLink }),
    },
  }
}

/** The number alone, as text: what `/$count` answers. */
export function count(total: number): Result {
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(total) }
}

export const noContent: Result = { status: 204 }

/** The result as it goes out. */
export function graphAnswer(result: Result, identifiers: Identifiers): Answer {
  const { status, headers = {}, body } = result
  const shared = {
    'Cache-Control': 'no-cache',
    'Strict-Transport-Security': 'max-age=31536000',
    'request-id': identifiers.requestId,
    'client-request-id': identifiers.clientRequestId,
    'x-ms-ags-diagnostic': JSON.stringify({
      ServerInfo: {
        DataCenter: 'Sandbox',
        Slice: 'E',
        Ring: '1',
        ScaleUnit: '000',
        RoleInstance: 'SANDBOX',
      },
    }),
    'OData-Version': '4.0',
  }
  if (body === undefined) return { status, headers: { ...shared, ...headers } }
  return {
    status,
    headers: {
      ...shared,
      'Content-Type':
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

export function errorResult(
  error: GraphError,
  { requestId, clientRequestId }: Identifiers,
  now: number,
): Result {
  return {
    status: error.status,
    headers: error.headers,
    body: {
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          // Graph's date has neither fraction nor zone
          date: new Date(now).toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': clientRequestId,
        },
      },
    },
  }
}

function context({ base }: GraphRequest, type: string): string {
  return `${base}/$metadata#${type}`
}

/** `$select`; the id and OData's own properties come along. */
function select({ query }: GraphRequest, value: JsonObject): JsonObject {
  const wanted = query
    .get('select')
    ?.split(',')
    .map((name) => name.trim().toLowerCase())
  if (wanted === undefined || wanted.includes('*')) return value
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name]) => name === 'id' || name.startsWith('@odata.') || wanted.includes(name.toLowerCase()),
    ),
  )
}

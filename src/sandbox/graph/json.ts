import type { IncomingHttpHeaders } from 'node:http'
import { mediaType } from '../http.ts'
import { badRequest } from './errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The body of a POST or PATCH. */
export function parseJsonBody(headers: IncomingHttpHeaders, body: Buffer): JsonObject {
  if (mediaType(headers) !== 'application/json') {
    throw badRequest('Write requests (excluding DELETE) must contain the Content-Type header declaration.')
  }
  const value = parse(body)
  if (!isObject(value)) {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    )
  }
  return value
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

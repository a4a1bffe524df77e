import type { IncomingHttpHeaders } from 'node:http'
import { mediaType } from '../http.ts'
import { EntraError } from './errors.ts'

export type Form = ReadonlyMap<string, string>

/**
 * A token request's parameters. Strict, because form encoding is where hand-written clients fail: a raw `&` splits
 * a secret and a raw `+` is a space, as in any parser; broken escapes, broken UTF-8 and repeats are refused.
 * A body of another type holds no parameters, so the first one is missed.
 */
export function readForm(headers: IncomingHttpHeaders, body: Buffer): Form {
  if (mediaType(headers) !== 'application/x-www-form-urlencoded') return new Map()

  const form = new Map<string, string>()
  for (const pair of decodeUtf8(body).split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeFormText(equals === -1 ? pair : pair.slice(0, equals))
    // RFC 6749, section 3.2: parameters MUST NOT be included more than once
    if (form.has(name)) throw new EntraError(9002313)
    form.set(name, equals === -1 ? '' : decodeFormText(pair.slice(equals + 1)))
  }
  return form
}

/** Sent without a value is not sent: RFC 6749, section 3.2. */
export function optional(form: Form, name: string): string | undefined {
  const value = form.get(name)
  return value === '' ? undefined : value
}

export function required(form: Form, name: string): string {
  const value = optional(form, name)
  if (value === undefined) throw new EntraError(900144, { parameter: name })
  return value
}

/** One `application/x-www-form-urlencoded` name or value. */
export function decodeFormText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new EntraError(9002313)
  }
}

export function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new EntraError(9002313)
  }
}

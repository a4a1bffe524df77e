import { isIPv6 } from 'node:net'
import type { Parsed } from './parsed.ts'

export const hostPattern = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?)$/

export const notAHost = 'must be a host name'

/** A name as it stands in a Host header, without the port; lower case. Underscores are no DNS, but containers have them. */
export function parseHost(text: string): Parsed<string> {
  if (hostPattern.test(text) && (!text.startsWith('[') || isIPv6(text.slice(1, -1)))) {
    return { value: text.toLowerCase() }
  }
  const hint = isIPv6(text)
    ? 'an IPv6 address has brackets: "[::1]"'
    : 'the name alone: no scheme, port, path or *'
  return { fault: `${notAHost}\n${hint}` }
}

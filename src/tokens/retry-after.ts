/** Milliseconds from a `Retry-After` header (RFC 9110, section 10.2.3): seconds, fractions too, or an HTTP date. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  // Date.parse takes much more than HTTP dates: "1, 2" would be a day in 2001
  const date = /^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(text) ? Date.parse(text) : NaN
  return date > now ? date - now : undefined
}

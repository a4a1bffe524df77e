import { isLoopback } from './loopback.ts'
import type { Parsed } from './parsed.ts'

export const originPattern = /^https?:\/\/[^\s/?#@\\]+\/?$/i

export const notAUrl = 'must be a URL\nsuch as https://graph.microsoft.com'

/**
 * The origin of a cloud's endpoint, without a trailing slash. Credentials and tokens go there, so it is https unless
 * it is this machine (a stand-in). A path is refused rather than dropped: it would promise what is not done.
 */
export function parseOrigin(text: string, { loopback }: { loopback: boolean }): Parsed<string> {
  if (!/^https?:\/\//i.test(text)) return { fault: notAUrl }
  if (!originPattern.test(text) || !URL.canParse(text)) {
    return { fault: 'must be scheme and host alone\nno path, query or user: https://graph.microsoft.com' }
  }
  const url = new URL(text)
  if (url.hostname.includes('..')) return { fault: 'must have a host name without empty labels' }
  if (url.protocol !== 'https:' && !(loopback && isLoopback(url.hostname))) {
    return { fault: `must be https${loopback ? '\nhttp is for localhost, 127.0.0.1 and [::1] only' : ''}` }
  }
  return { value: url.origin }
}

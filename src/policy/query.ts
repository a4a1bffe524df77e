import { decode } from './target.ts'
import { foldCase } from './segment.ts'
import type { Refusal } from './verdict.ts'

/**
 * Query options that reach other resources than the path's, so that the path's rule cannot vouch for them
 * (https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, section 5).
 */
const reaching: ReadonlySet<string> = new Set([
  'expand',
  'levels',
  'apply',
  'compute',
  'id',
  'query',
  'entity',
  'crossjoin',
  'all',
  'batch',
])

/**
 * An option of a raw query string that cannot be judged by its path, or the refusal when a name cannot be read. Everything else passes as the bytes that came in.
 */
export function unjudgedOption(query: string): { name: string } | { refusal: Refusal } | undefined {
  let found: { name: string } | undefined
  // Some servers part options at a semicolon too
  for (const option of query.split(/[&;]/)) {
    const [rawName = '', ...value] = option.split('=')
    const decoded = decode(rawName)
    if ('refusal' in decoded) return decoded
    // Graph takes options without their `$` as well
    const name = foldCase(decoded.text.replaceAll('+', ' ').trim()).replace(/^[?$\s]+/, '')
    if (reaching.has(name)) found = { name: `$${name}` }
    // `$select=manager($expand=...)`: options within options
    if (name === 'select' && /\(|%28/.test(value.join('='))) found = { name: '$select with parentheses' }
  }
  return found
}

import { readingsOf } from './readings.ts'
import { foldCase, segmentOf } from './segment.ts'
import type { Segment } from './segment.ts'
import type { Refusal } from './verdict.ts'

export type Version = 'v1.0' | 'beta'

/** The segments below the version. */
export type Reading = readonly Segment[]

export interface Target {
  readonly version: Version
  /** The plain one first; never empty. */
  readonly readings: readonly [Reading, ...Reading[]]
  /** The raw bytes after the first `?`; empty without one. */
  readonly query: string
}

const maxLength = 16_384

/** Most paths: nothing in them needs decoding, and no segment can be one that is refused. */
const harmless = /^(\/[a-z0-9][\w.~@=+,!-]*)+$/i

/** OData's ways to ask for anything under any path (OData 4.01, URL conventions, section 4). */
export const neverForwarded: ReadonlySet<string> = new Set(['$query', '$crossjoin', '$all'])

/** Reads a request target (RFC 9112, section 3.2) as it stands on the request line; answers why it cannot be trusted. */
export function readTarget(target: string): Target | Refusal {
  if (target.length > maxLength) return 'too_long'
  if (!target.startsWith('/')) return 'absolute_form'
  if (target.includes('#')) return 'fragment'
  if (!/^[!-~]+$/.test(target)) {
    return /\p{Cc}/u.test(target) ? 'control_character' : target.includes(' ') ? 'space' : 'non_ascii'
  }

  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  if (path.includes('\\')) return 'backslash'
  if (!harmless.test(path)) {
    const decoded = decode(path)
    const refusal = 'refusal' in decoded ? decoded.refusal : findRefused(decoded.text)
    if (refusal !== undefined) return refusal
  }

  const [, named = ''] = /^\/(v1\.0|beta)\//i.exec(path) ?? []
  if (named === '') return 'not_served'
  const rawSegments = path
    .slice(named.length + 2)
    .split('/')
    .filter((segment) => segment !== '')
  const [plain, ...others] = /[%;]/.test(path) ? (readingsOf(rawSegments) ?? []) : [rawSegments]
  if (plain === undefined) return 'too_many_readings'
  const readings: Target['readings'] = [
    plain.map(segmentOf),
    ...others.map((reading) => reading.map(segmentOf)),
  ]

  // At the service root `$entity` reads whatever its `$id` says; below it Graph documents a few paths that end in it
  if (readings.some(([first]) => first !== undefined && systemName(first.text) === '$entity')) {
    return 'unsupported_path'
  }
  return { version: foldCase(named) as Version, readings, query }
}

/** Percent-decoded once, or why that cannot be. */
export function decode(text: string): { text: string } | { refusal: Refusal } {
  if (!text.includes('%')) return { text }
  if (/%(?![0-9a-f]{2})/i.test(text)) return { refusal: 'bad_escape' }
  let decoded: string
  try {
    decoded = decodeURIComponent(text)
  } catch {
    return { refusal: 'bad_utf8' }
  }
  return /\p{Cc}/u.test(decoded) ? { refusal: 'control_character' } : { text: decoded }
}

/**
 * Looks for segments that no reading may hold. Splitting at every slash, raw or encoded, and cutting at the first
 * character that could end a name shows them all: none of them holds such a character itself.
 */
function findRefused(decoded: string): Refusal | undefined {
  for (const piece of decoded.split(/[/\\]/)) {
    const name = (/^[^;?#]*/.exec(piece)?.[0] ?? '').trim()
    if (name === '.' || name === '..') return 'dot_segment'
    if (/^https?:$/i.test(name)) return 'absolute_form'
    const system = systemName(name)
    if (system === '$batch') return 'batch'
    if (neverForwarded.has(system)) return 'unsupported_path'
  }
  return undefined
}

function systemName(text: string): string {
  return foldCase((/^[^;?#(]*/.exec(text)?.[0] ?? '').trim())
}

import { fits, matches } from './match.ts'
import type { Rule } from './rule.ts'
import type { Pattern } from './rule-segment.ts'
import { RuleError } from './rule-segment.ts'
import { castPrefix, foldCase, segmentOf } from './segment.ts'
import type { Reading } from './target.ts'

/**
 * The rules that one `deny` rule stands for. A denial covers the other names of its resource that can be known: literals
 * match without case even where they are ids (a UPN has none), `microsoft.graph.delta` is `delta`, and `/me` is one of
 * `/users/{id}`. Throws RuleError.
 */
export function denials(rule: Rule): readonly Rule[] {
  const segments = rule.segments.map(loosen)
  const loose: Rule = { ...rule, segments }
  const [first, second] = segments
  if (isLiteral(first, 'me')) {
    return [loose, { ...loose, segments: [literal('users'), { kind: 'key' }, ...segments.slice(1)] }]
  }
  if (isLiteral(first, 'users') && (second?.kind === 'key' || (second === undefined && rule.rest))) {
    return [loose, { ...loose, segments: [literal('me'), ...segments.slice(2)] }]
  }
  return [loose]
}

/** Whether a denial covers a path, or could cover it in one of its forms that this version does not look into. */
export function covers(denial: Rule, reading: Reading): boolean {
  return reading.some(({ hasForms }) => hasForms) ? coversForms(denial, reading) : matches(denial, reading)
}

/**
 * Walks the path and keeps every position in the denial that the segments so far can have reached:
 * - a cast (`/x/microsoft.graph.user/y`) may not be there at all, or be a function with its short name;
 * - an encoded `?` or `#` may end the path;
 * - parentheses and quotes are keys (`users('x')` is `users/x`), arguments or a name, with slashes inside or not. They are
 *   not read yet: where the denial goes along up to the name before them, it covers whatever follows.
 */
function coversForms(denial: Rule, reading: Reading): boolean {
  const { segments, rest } = denial
  const end = segments.length
  let reached: ReadonlySet<number> = new Set([0])
  for (const segment of reading) {
    const next = new Set<number>()
    const isCast = segment.folded.startsWith(castPrefix)
    const opaque = /[()']/.exec(segment.text)
    const early = /^([^?#]*)[?#]/.exec(segment.text)?.[1]?.trim()
    for (const at of reached) {
      const pattern = segments[at]
      if (opaque !== null) {
        if (opaque.index === 0 || isCast || pattern?.kind === 'key') return true
        if (pattern?.text === segment.folded.slice(0, opaque.index)) return true
      }
      if (isCast) next.add(at)
      if (pattern === undefined) {
        if (rest) return true
      } else if (fits(pattern, segment) || isLiteral(pattern, shortName(segment.folded))) {
        next.add(at + 1)
      }
      if (early !== undefined && endsAt(denial, at, early)) return true
    }
    reached = next
  }
  return reached.has(end)
}

function endsAt({ segments }: Rule, at: number, name: string): boolean {
  if (name === '') return at === segments.length
  const pattern = segments[at]
  return pattern !== undefined && at + 1 === segments.length && fits(pattern, segmentOf(name))
}

function loosen(pattern: Pattern): Pattern {
  if (pattern.kind === 'key') return pattern
  if (/[()']/.test(pattern.text)) {
    throw new RuleError(
      `parentheses and quotes in a deny rule are not supported in this version: "${pattern.text}"`,
      "deny what it stands in, with ** from there on; users/{id} covers users('...') too",
    )
  }
  return literal(shortName(foldCase(pattern.text)))
}

function shortName(folded: string): string {
  return folded.startsWith(castPrefix) ? folded.slice(folded.lastIndexOf('.') + 1) : folded
}

function literal(text: string): Pattern {
  return { kind: 'literal', text, exact: false }
}

function isLiteral(pattern: Pattern | undefined, text: string): boolean {
  return pattern?.kind === 'literal' && pattern.text === text
}

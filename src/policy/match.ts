import type { Rule } from './rule.ts'
import type { Pattern } from './rule-segment.ts'
import type { Segment } from './segment.ts'
import type { Reading } from './target.ts'

/** Whether the path of a rule is the path of a reading. */
export function matches(rule: Rule, reading: Reading): boolean {
  const { segments, rest } = rule
  if (rest ? reading.length < segments.length : reading.length !== segments.length) return false
  for (let i = 0; i < segments.length; i++) {
    const pattern = segments[i]
    const segment = reading[i]
    if (pattern === undefined || segment === undefined || !fits(pattern, segment)) return false
  }
  return true
}

export function fits(pattern: Pattern, segment: Segment): boolean {
  if (pattern.kind === 'key') return segment.isKey
  return pattern.text === (pattern.exact ? segment.text : segment.folded)
}

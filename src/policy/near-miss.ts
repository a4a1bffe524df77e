import { matches } from './match.ts'
import { parseRule } from './rule.ts'
import type { Rule } from './rule.ts'
import { RuleError } from './rule-segment.ts'
import { pathOf } from './segment.ts'
import type { Segment } from './segment.ts'
import type { Reading, Version } from './target.ts'

/**
 * What would help somebody whose request no rule allows: the rule that only lacks the method, or the line to add.
 * One sentence, or undefined when there is nothing to offer.
 */
export function nearMiss(
  method: string,
  version: Version,
  reading: Reading,
  allow: readonly { readonly rule: Rule; readonly text: string }[],
): string | undefined {
  const near = allow.find(({ rule }) => rule.version === version && matches(rule, reading))
  if (near !== undefined) return `The rule "${near.text}" allows this path, but not ${method}.`
  const line = ruleFor(method, version, reading)
  return line === undefined ? undefined : `To allow it, add to allow: "${line}".`
}

/** The rule that would allow it, with what looks like an id as `{id}`. */
function ruleFor(method: string, version: Version, reading: Reading): string | undefined {
  const line = `${method} /${version}${reading.map((segment) => suggested(segment)).join('')}`
  try {
    return matches(parseRule(line), reading) ? line : undefined
  } catch (error) {
    if (error instanceof RuleError) return undefined
    throw error
  }
}

function suggested(segment: Segment): string {
  return segment.isKey && looksLikeId(segment.text) ? '/{id}' : pathOf([segment])
}

/** Names of resources are words in camel case; a few hold up to three digits (`getOffice365ActiveUserDetail`). */
function looksLikeId(text: string): boolean {
  return !/^[a-z][a-z.]*(\d{1,3}[a-z.]*)?$/i.test(text)
}

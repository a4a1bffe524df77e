import type { RuleConfig } from '../config/config.ts'
import type { ConfigProblem } from '../config/errors.ts'
import { blindSpotsOf } from './blind-spots.ts'
import { denials } from './deny.ts'
import { parseRule } from './rule.ts'
import type { ParsedRule, Rule } from './rule.ts'
import { RuleError } from './rule-segment.ts'
import { neverForwarded } from './target.ts'

export interface AllowRule {
  readonly rule: Rule
  /** As written. */
  readonly text: string
  /** Its name, else its text. */
  readonly label: string
  readonly identity: string
}

export interface DenyRule {
  readonly rule: Rule
  readonly label: string
}

export interface CompiledRules {
  readonly allow: readonly AllowRule[]
  readonly deny: readonly DenyRule[]
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly ConfigProblem[]
}

/** Parses all rules, in file order, and gathers all that is wrong with them. */
export function compileRules(allow: readonly RuleConfig[], deny: readonly RuleConfig[]): CompiledRules {
  const problems: ConfigProblem[] = []
  const warnings: ConfigProblem[] = []

  function compile<T>(config: RuleConfig, build: (rule: ParsedRule) => readonly T[]): readonly T[] {
    const { position, rule: text } = config
    try {
      const rule = parseRule(text)
      if (rule.dropped !== undefined) {
        warnings.push({
          position,
          message: `the query of the rule "${text}" is dropped: rules are about paths`,
          hint: `leave out "${rule.dropped}"`,
        })
      }
      return build(rule)
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      problems.push({ position, message: error.message, hint: error.hint })
      return []
    }
  }

  const allowed = allow.flatMap((config) =>
    compile(config, (rule): AllowRule[] => {
      const { rule: text, name, as = 'default', position } = config
      for (const why of blindSpotsOf(rule)) {
        warnings.push({ position, message: `the rule "${text}" opens ${why}` })
      }
      if (isDead(rule)) {
        warnings.push({
          position,
          message: `the rule "${text}" never applies: such requests are judged without it, or never forwarded`,
        })
      }
      return [{ rule, text, label: name ?? text, identity: as }]
    }),
  )
  const denied = deny.flatMap((config) =>
    compile(config, (rule) =>
      denials(rule).map((denial): DenyRule => ({ rule: denial, label: config.name ?? config.rule })),
    ),
  )
  return { allow: allowed, deny: denied, problems, warnings }
}

function isDead({ segments }: Rule): boolean {
  return segments.some(
    (pattern, i) =>
      pattern.kind === 'literal' &&
      (neverForwarded.has(pattern.text) ||
        pattern.text === '$batch' ||
        (i === 0 && pattern.text === '$entity')),
  )
}

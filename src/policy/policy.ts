import type { RuleConfig } from '../config/config.ts'
import { ConfigError } from '../config/errors.ts'
import type { ConfigProblem } from '../config/errors.ts'
import { compileRules } from './compile.ts'
import { covers } from './deny.ts'
import { matches } from './match.ts'
import { nearMiss } from './near-miss.ts'
import { unjudgedOption } from './query.ts'
import { isForwarded } from './rule.ts'
import { pathOf } from './segment.ts'
import { readTarget } from './target.ts'
import type { Target } from './target.ts'
import { refusals } from './verdict.ts'
import type { Denied, DenyCause, Refusal, Verdict } from './verdict.ts'

export type { Allowed, Denied, DenyCause, Verdict } from './verdict.ts'

/** The allowlist, ready to judge. Pure: the same request always gets the same verdict. */
export interface Policy {
  /** `target` is the request target as it came in, and as it goes out when it is allowed. Never throws. */
  judge(method: string, target: string): Verdict
  /** Names of the identities that allow rules use, in file order. */
  readonly identities: readonly string[]
  /** What is odd about the rules but does not stop them. */
  readonly warnings: readonly ConfigProblem[]
}

export interface PolicyOptions {
  /** For error messages. */
  readonly file: string
  readonly allow: readonly RuleConfig[]
  readonly deny: readonly RuleConfig[]
}

/** Throws ConfigError with everything that is wrong with the rules. */
export function compilePolicy({ file, allow: allowConfig, deny: denyConfig }: PolicyOptions): Policy {
  const { allow, deny, problems, warnings } = compileRules(allowConfig, denyConfig)
  if (problems.length > 0) throw new ConfigError(file, problems)
  const servesBeta = allow.some(({ rule }) => rule.version === 'beta')

  function judge(method: string, target: string): Verdict {
    if (!isForwarded(method)) return refuse('method')
    const read = readTarget(target)
    if (typeof read === 'string') return refuse(read)
    if (read.version === 'beta' && !servesBeta) return refuse('not_served')
    const option = unjudgedOption(read.query)
    if (option !== undefined && 'refusal' in option) return refuse(option.refusal)

    const verdict = judgePath(method, read)
    if (!verdict.allowed || option === undefined) return verdict
    return {
      allowed: false,
      error: 'pathNotAllowed',
      cause: 'query',
      reason: `The query option ${option.name} can reach other resources, and is not supported by this version. Ask for them by their own paths.`,
      readings: verdict.readings,
    }
  }

  function judgePath(method: string, { version, readings }: Target): Verdict {
    const shown = readings.map((reading) => `${method} /${version}${pathOf(reading)}`)
    const no = (cause: DenyCause, reason: string, rule?: string): Denied => ({
      allowed: false,
      error: 'pathNotAllowed',
      cause,
      ...(rule !== undefined && { rule }),
      reason,
      readings: shown,
    })

    for (const { rule, label } of deny) {
      if (rule.version !== version || !rule.methods.has(method)) continue
      const at = readings.findIndex((reading) => covers(rule, reading))
      const reading = readings[at]
      if (reading === undefined) continue
      return no('deny_rule', denyReason(label, shown[at], !matches(rule, reading)), label)
    }

    const rules = readings.map((reading) =>
      allow.find(
        ({ rule }) => rule.version === version && rule.methods.has(method) && matches(rule, reading),
      ),
    )
    const [first] = rules
    if (first === undefined) {
      const help = nearMiss(method, version, readings[0], allow)
      return no('no_rule', `No rule allows ${shown[0]}.${help === undefined ? '' : ` ${help}`}`)
    }
    const { label, identity } = first
    for (const [at, rule] of rules.entries()) {
      if (rule === undefined) {
        return no(
          'no_rule',
          `The path can also be read as ${shown[at]}, which no rule allows. Each reading must be allowed.`,
        )
      }
      if (rule.identity !== identity) {
        return no(
          'mixed_identities',
          `The path can be read as ${shown[0]} (identity "${identity}") and as ${shown[at]} (identity "${rule.identity}"). All readings need one identity.`,
        )
      }
    }
    return { allowed: true, rule: label, identity, reason: `The rule "${label}" allows it.`, readings: shown }
  }

  return { judge, identities: [...new Set(allow.map(({ identity }) => identity))], warnings }
}

function refuse(cause: Refusal): Denied {
  const [error, reason] = refusals[cause]
  return { allowed: false, error, cause, reason, readings: [] }
}

function denyReason(label: string, shown: string | undefined, inAnotherForm: boolean): string {
  return inAnotherForm
    ? `The deny rule "${label}" covers ${shown}, or could. Casts, parentheses and quotes are not looked into by this version: write users/x for users('x').`
    : `The deny rule "${label}" covers ${shown}.`
}

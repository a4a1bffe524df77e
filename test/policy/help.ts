import { compilePolicy } from '../../src/policy/policy.ts'
import type { Policy } from '../../src/policy/policy.ts'

interface Written {
  rule: string
  as?: string
  name?: string
}

/** A policy of rules as a config file would hold them, each on its own line; allow starts at line 1, deny at 101. */
export function policyOf(
  allow: readonly (string | Written)[],
  deny: readonly (string | Written)[] = [],
): Policy {
  const at = (first: number) => (written: string | Written, i: number) => ({
    ...(typeof written === 'string' ? { rule: written } : written),
    position: { line: first + i, column: 5 },
  })
  return compilePolicy({ file: 'config.yaml', allow: allow.map(at(1)), deny: deny.map(at(101)) })
}

/** `GET /v1.0/me`: the rule that allows it, or the cause of its denial in parentheses. */
export function verdictOn(policy: Policy, request: string): string {
  const space = request.indexOf(' ')
  const verdict = policy.judge(request.slice(0, space), request.slice(space + 1))
  return verdict.allowed ? verdict.rule : `(${verdict.error}: ${verdict.cause})`
}

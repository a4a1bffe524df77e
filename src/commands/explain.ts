import { createInterface } from 'node:readline'
import type { Policy, Verdict } from '../policy/policy.ts'
import { loadAll } from './assemble.ts'
import { UsageError } from './command.ts'
import type { Command } from './command.ts'

export const explain: Command = {
  summary: 'say which rule allows or denies a request, and why',
  usage: 'METHOD TARGET | -',
  help: `TARGET is a path with its query, as an app sends it: /v1.0/users/x?$select=id
-        reads "METHOD TARGET" lines from standard input
--json   prints one object a line
Exit code 0 if every request is allowed, 1 if one is not. Sends nothing, needs no secret.`,
  options: { json: { type: 'boolean' } },
  words: { min: 1, max: 2 },
  async run({ words, options, configFile, io }) {
    const [method = '', target] = words
    if (target === undefined && method !== '-') throw new UsageError('explain needs METHOD TARGET, or -')
    const { policy } = await loadAll(configFile, io.env)
    const print = options['json'] === true ? asJson : asText
    if (target !== undefined) return explainOne(policy, method, target, print, io.stdout)

    let code = 0
    let number = 0
    for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
      number++
      const text = line.trim()
      if (text === '') continue
      const [, lineMethod, lineTarget] = /^(\S+)\s+(\S.*)$/.exec(text) ?? []
      if (lineMethod === undefined || lineTarget === undefined) {
        throw new UsageError(`line ${number} of standard input is not "METHOD TARGET"`)
      }
      code = Math.max(code, explainOne(policy, lineMethod, lineTarget, print, io.stdout))
    }
    return code
  },
}

type Print = (method: string, target: string, verdict: Verdict) => string

function explainOne(
  policy: Policy,
  method: string,
  target: string,
  print: Print,
  out: NodeJS.WritableStream,
): number {
  const verdict = policy.judge(method, target)
  out.write(print(method, target, verdict))
  return verdict.allowed ? 0 : 1
}

const asJson: Print = (method, target, verdict) => {
  const { allowed, rule = null, reason, readings } = verdict
  const identity = verdict.allowed ? verdict.identity : null
  return `${JSON.stringify({ method, target, allowed, rule, identity, reason, readings })}\n`
}

const asText: Print = (method, target, verdict) => {
  const lines = [`${verdict.allowed ? 'allowed ' : 'denied  '}  ${method} ${target}`]
  if (verdict.rule !== undefined) lines.push(`rule      ${verdict.rule}`)
  if (verdict.allowed) lines.push(`identity  ${verdict.identity}`)
  lines.push(`reason    ${verdict.reason}`)
  for (const reading of verdict.readings) lines.push(`reads as  ${reading}`)
  return `${lines.join('\n')}\n`
}

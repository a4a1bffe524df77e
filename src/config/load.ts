import { dirname, resolve } from 'node:path'
import { assemble } from './assemble.ts'
import { checkTogether } from './checks.ts'
import type { Config } from './config.ts'
import { ConfigError, type ConfigProblem } from './errors.ts'
import { findings, genericFault, locate } from './findings.ts'
import { deepFreeze } from './freeze.ts'
import { valueAt } from './path.ts'
import { cloudSchema, configSchema, type SchemaContext } from './schema.ts'
import { readTextFile } from './text-file.ts'
import { readTree, type Tree } from './tree.ts'
import { parseYaml } from './yaml-text.ts'

/** Bytes. Enough for thousands of rules; what is larger is the wrong file. */
const limit = 1024 * 1024

/**
 * Reads and checks a config file: text, YAML, references, schema, and what several keys say together. Secrets are not
 * read. Throws a ConfigError with all that is wrong with it, in the file's order.
 */
export async function loadConfig(file: string, env: NodeJS.ProcessEnv): Promise<Config> {
  const path = resolve(file)
  const folder = dirname(path)

  const text = await readTextFile(path, limit)
  if ('fault' in text) throw new ConfigError(file, [unreadable(text.fault)])

  const yaml = parseYaml(text.value)
  if ('problems' in yaml) throw new ConfigError(file, yaml.problems)

  const tree = await readTree(yaml, { env, folder })
  const schema = configSchema(contextOf(tree, folder))
  const { data, error } = schema.safeParse(tree.value, { error: genericFault })

  const problems = [
    ...yaml.complaints,
    ...tree.problems,
    ...findings(error?.issues ?? [], tree),
    ...checkTogether(schema, tree),
  ]
  if (data === undefined || problems.length > 0) throw new ConfigError(file, inOrder(problems))
  return deepFreeze(assemble(path, data, tree))
}

function unreadable(fault: string): ConfigProblem {
  const [message = '', hint] = fault.split('\n')
  if (hint !== undefined) return { message, hint }
  return message === 'there is no such file'
    ? { message, hint: 'make one with: msgraph-sidecar init; or name another with --config FILE' }
    : { message }
}

/** While it is not known which cloud is meant, nothing is said about what only the sandbox may do. */
function contextOf({ value, place }: Tree, folder: string): SchemaContext {
  const cloud = locate(place, ['cloud'])
  const known =
    cloud.place.broken === true ? undefined : cloudSchema.safeParse(valueAt(value, ['cloud'])).data
  const identities = locate(place, ['identities'])
  const names = [...identities.place.children.keys()].filter((name) => typeof name === 'string')
  return {
    folder,
    sandbox: cloud.exact && (known === undefined || known === 'sandbox'),
    identities: identities.exact && names.length > 0 ? names : undefined,
  }
}

function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => line(a) - line(b) || column(a) - column(b))
}

function line({ position }: ConfigProblem): number {
  return position?.line ?? 0
}

function column({ position }: ConfigProblem): number {
  return position?.column ?? 0
}

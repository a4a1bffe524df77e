import { nationalCloud } from './clouds.ts'
import type { Cloud, Config, IdentityConfig, RuleConfig } from './config.ts'
import { locate } from './findings.ts'
import type { ConfigOutput } from './schema.ts'
import type { Tree } from './tree.ts'

/** The checked file in the shape that the rest of the code reads. */
export function assemble(file: string, output: ConfigOutput, tree: Tree): Config {
  const { cloud, identities, allow, deny } = output
  return {
    ...output,
    file,
    cloud: cloudOf(cloud),
    identities: Object.fromEntries(
      Object.entries(identities).map(([name, given]) => [name, identityOf(name, given)]),
    ),
    allow: allow.map((rule, i) => ruleOf(rule, ['allow', i], tree)),
    deny: deny.map((rule, i) => ruleOf(rule, ['deny', i], tree)),
  }
}

function cloudOf(cloud: ConfigOutput['cloud']): Cloud {
  if (typeof cloud === 'object') return { name: 'custom', ...cloud }
  return cloud === 'sandbox' ? { name: 'sandbox' } : nationalCloud(cloud)
}

function identityOf(
  name: string,
  { clientSecret, ...given }: ConfigOutput['identities'][string],
): IdentityConfig {
  return { name, ...given, ...(clientSecret && { clientSecret }) }
}

function ruleOf(given: ConfigOutput['allow'][number], path: [string, number], tree: Tree): RuleConfig {
  if (typeof given === 'string') return { rule: given, position: locate(tree.place, path).place.position }
  const { rule, name, as } = given
  const { position } = locate(tree.place, [...path, 'rule']).place
  return { rule, ...(name !== undefined && { name }), ...(as !== undefined && { as }), position }
}

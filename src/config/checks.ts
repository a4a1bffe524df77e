import type { z } from 'zod'
import { clash } from './address.ts'
import type { ConfigProblem } from './errors.ts'
import { locate } from './findings.ts'
import { isLoopback } from './loopback.ts'
import { valueAt, type Path } from './path.ts'
import type { ConfigSchema } from './schema.ts'
import type { Tree } from './tree.ts'

/** What several keys say together. A key that is wrong by itself takes no part. */
export function checkTogether({ shape }: ConfigSchema, tree: Tree): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const listen = sound(shape.listen, ['listen'], tree)
  const admin = sound(shape.admin, ['admin'], tree)

  if (listen !== undefined && !isLoopback(listen.host) && sound(shape.exposed, ['exposed'], tree) === false) {
    problems.push({
      position: locate(tree.place, ['listen']).place.position,
      message:
        'listen is beyond loopback: nobody authenticates callers, so whoever reaches it acts as the identity',
      hint: 'listen on localhost, or write exposed: true if this is meant',
    })
  }
  if (listen !== undefined && admin !== undefined && clash(listen, admin)) {
    const own = locate(tree.place, ['admin'])
    problems.push({
      position: (own.exact ? own : locate(tree.place, ['listen'])).place.position,
      message: 'listen and admin are on the same address and port',
      hint: 'give each a port of its own, such as 8080 and 9464',
    })
  }
  const identities = locate(tree.place, ['identities'])
  const names = valueAt(tree.value, ['identities'])
  if (
    typeof names === 'object' &&
    names !== null &&
    !Array.isArray(names) &&
    !identities.place.children.has('default')
  ) {
    problems.push({
      position: identities.place.key ?? identities.place.position,
      message: 'identities.default is missing',
      hint: 'rules without "as" use it',
    })
  }
  return problems
}

/** The value at a path as the schema reads it, default and all; undefined where it has a problem of its own. */
function sound<T>(schema: z.ZodType<T>, path: Path, tree: Tree): T | undefined {
  if (locate(tree.place, path).place.broken === true) return undefined
  return schema.safeParse(valueAt(tree.value, path)).data
}

import type { z } from 'zod'
import { didYouMean } from './did-you-mean.ts'
import type { ConfigProblem } from './errors.ts'
import { unknownKeyHint } from './known-keys.ts'
import { pathText, sayFault, valueAt, type Path } from './path.ts'
import type { Place, Tree } from './tree.ts'

type Issue = z.core.$ZodIssue

/** The schema's complaints as problems with positions. What was reported while the file was read is left out. */
export function findings(issues: readonly Issue[], tree: Tree): ConfigProblem[] {
  return issues.flatMap(innermost).flatMap((issue) => {
    const { place, exact } = locate(tree.place, issue.path)
    if (place.broken === true) return []
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, place))
    const onKey = !exact || issue.code === 'invalid_key'
    const position = (onKey ? place.key : undefined) ?? place.position
    return [{ position, ...say(issue, { place, exact }, tree) }]
  })
}

/** Words for the complaints that the schema has no words of its own for. */
export function genericFault(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code !== 'invalid_type') return 'is not valid'
  if (issue.expected === 'boolean') return 'must be true or false\nyes, no, on and off are text in YAML 1.2'
  return issue.expected === 'string'
    ? 'must be text\nquote it'
    : 'must be a mapping\nwrite lines of "key: value" beneath it'
}

interface Found {
  readonly place: Place
  /** False: nothing is there, and `place` is the mapping that lacks it, or the broken one around it. */
  readonly exact: boolean
}

/** The place of a path in a tree. */
export function locate(root: Place, path: Path): Found {
  let place = root
  for (const step of path) {
    const next = place.broken === true ? undefined : place.children.get(step)
    if (next === undefined) return { place, exact: false }
    place = next
  }
  return { place, exact: true }
}

/** Of a union, the complaints of the alternative that was meant: a mapping is judged as one, all else as the first. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const isInside = (of: Issue): boolean => of.path.length > 0 || of.code === 'unrecognized_keys'
  const meant = issue.errors.find((errors) => errors.every(isInside)) ?? issue.errors[0] ?? []
  return meant.flatMap((of) => innermost({ ...of, path: [...issue.path, ...of.path] }))
}

/** Under identities not even a key is shown: a password with a comma and a colon in it can make one. */
function unknownKey(path: Path, key: string, mapping: Place): ConfigProblem {
  const what = path[0] === 'identities' ? '' : ` ${JSON.stringify(key.slice(0, 40))}`
  const where = path.length === 0 ? '' : ` in ${pathText(path)}`
  return {
    position: mapping.children.get(key)?.key ?? mapping.position,
    message: `unknown key${what}${where}`,
    hint: unknownKeyHint(path, key),
  }
}

type Words = Omit<ConfigProblem, 'position'>

function say(issue: Issue, { place, exact }: Found, tree: Tree): Words {
  const { path } = issue
  if (issue.code === 'invalid_key') return sayFault(path, issue.issues[0]?.message ?? issue.message)
  const words = sayFault(path, issue.message)
  if (!exact) return { ...words, message: `${pathText(path)} is missing` }
  const value = valueAt(tree.value, path)
  if (value === null) return sayEmpty(path, place)
  const near = issue.code === 'invalid_value' ? nearest(value, issue.values.map(String), place) : undefined
  return {
    ...words,
    message: `${words.message}${shown(value, path, place)}`,
    ...(near !== undefined && { hint: `did you mean ${JSON.stringify(near)}?` }),
  }
}

function sayEmpty(path: Path, { commented = false, sources = [] }: Place): Words {
  const what = pathText(path)
  if (sources.length > 0) return { message: `${what} is empty; it comes from ${sources.join(', ')}` }
  const comment = 'a # starts a comment: quote a value that has one in it'
  return { message: `${what} has no value`, hint: commented ? comment : 'write one, or leave the key out' }
}

function nearest(value: unknown, values: readonly string[], { sources = [] }: Place): string | undefined {
  return typeof value === 'string' && sources.length === 0 ? didYouMean(value, values) : undefined
}

/**
 * The value at fault, where that helps and cannot hurt: short, written in the file itself, and not where a secret may
 * have been put by mistake.
 */
function shown(value: unknown, path: Path, { sources = [] }: Place): string {
  if (sources.length > 0) return `; it comes from ${sources.join(', ')}`
  if (path[0] === 'identities' || (path[0] === 'cloud' && path.length > 1)) return ''
  if (value === '' || typeof value === 'object') return ''
  const text = JSON.stringify(value)
  return text.length > 40 ? '' : `, not ${text}`
}

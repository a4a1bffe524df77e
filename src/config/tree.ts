import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml'
import { aliasTargets } from './aliases.ts'
import type { Position } from './config.ts'
import type { ConfigProblem } from './errors.ts'
import { expand, type Surroundings } from './expand.ts'
import { sayFault, type Path } from './path.ts'
import { ruleBites } from './rule-bites.ts'
import { secretFields } from './secret-field.ts'
import type { YamlText } from './yaml-text.ts'

/** Where a value stands in the file, and what became of it on the way. */
export interface Place {
  readonly position: Position
  /** Of its key, where it has one. */
  readonly key?: Position
  /** The references and aliases that it came from: its text stands elsewhere, maybe as a secret, and is never shown. */
  readonly sources?: readonly string[]
  /** A problem with it is known already, so nothing more is said about it. */
  readonly broken?: boolean
  /** It is empty, and what stands behind it is a comment. */
  readonly commented?: boolean
  /** What is in it, by key or by number. */
  readonly children: ReadonlyMap<PropertyKey, Place>
}

/** The file as plain data, its references replaced outside secret fields, beside the places that the data came from. */
export interface Tree {
  readonly value: unknown
  readonly place: Place
  readonly problems: readonly ConfigProblem[]
}

/** A value on the way down: its path, its key's position, and the collections that it is in. */
interface Spot {
  readonly path: Path
  readonly key?: Position
  readonly within: readonly Node[]
}

type Branch = Pick<Tree, 'value' | 'place'>
type Complaint = Omit<ConfigProblem, 'position'>

/** More than any config has: what comes to this is aliases of aliases. */
const mostValues = 20_000

/** Reads the file's values in their order; secret fields keep their references as text. */
export async function readTree(
  { text, document, contents, positionAt }: YamlText,
  from: Surroundings,
): Promise<Tree> {
  const bites = ruleBites(contents)
  const targets = aliasTargets(document)
  const problems: ConfigProblem[] = []
  let values = 0

  function placeOf(node: Node, { key }: Spot): Place {
    return { position: positionAt(offset(node)), ...(key && { key }), children: new Map() }
  }

  function broken(node: Node, spot: Spot, problem?: Complaint): Branch {
    const place = placeOf(node, spot)
    if (problem !== undefined) problems.push({ position: place.position, ...problem })
    return { value: undefined, place: { ...place, broken: true } }
  }

  async function read(node: Node, spot: Spot): Promise<Branch> {
    const bite = bites.get(node)
    if (bite !== undefined) return broken(node, spot, bite)
    values += 1
    if (values > mostValues) return broken(node, spot, values === mostValues + 1 ? tooMuch : undefined)
    if (isAlias(node)) return readAlias(node, spot)
    if (isScalar(node)) return readScalar(node, spot)
    return isMap(node) || isSeq(node) ? readCollection(node, spot) : broken(node, spot)
  }

  async function readAlias(alias: Alias, spot: Spot): Promise<Branch> {
    const target = targets.get(alias)
    if (target === undefined) return broken(alias, spot, noAnchor)
    if (spot.within.includes(target)) return broken(alias, spot, endless)
    const { value, place } = await read(target, spot)
    const sources = [...(place.sources ?? []), `*${alias.source}`]
    return { value, place: { ...place, sources, position: positionAt(offset(alias)) } }
  }

  async function readScalar(scalar: Scalar, spot: Spot): Promise<Branch> {
    const place = placeOf(scalar, spot)
    const { value } = scalar
    if (value === null) {
      return { value, place: { ...place, commented: /^[ \t]*#/.test(text.slice(offset(scalar))) } }
    }
    if (typeof value !== 'string' || isSecret(spot.path)) return { value, place }
    const expanded = await expand(value, from)
    if ('fault' in expanded) return broken(scalar, spot, sayFault(spot.path, expanded.fault))
    const { text: result, sources, whole } = expanded.value
    const typed = whole && scalar.type === 'PLAIN' ? coreScalar(result, document) : result
    return { value: typed, place: { ...place, sources } }
  }

  async function readCollection(node: Node & { items: unknown[] }, spot: Spot): Promise<Branch> {
    const children = new Map<PropertyKey, Place>()
    const entries: [PropertyKey, unknown][] = []
    const within = [...spot.within, node]
    const members = isSeq(node) ? itemsOf(node.items as Node[]) : pairsOf(node.items as Entry[])
    for (const { step, key, item } of members) {
      const branch = await read(item, { path: [...spot.path, step], within, ...(key && { key }) })
      children.set(step, branch.place)
      entries.push([step, branch.value])
    }
    const value = isSeq(node) ? entries.map(([, item]) => item) : Object.fromEntries(entries)
    return { value, place: { ...placeOf(node, spot), children } }
  }

  function pairsOf(pairs: readonly Entry[]): Child[] {
    return pairs.flatMap((pair) => {
      const key = positionAt(offset(pair.key))
      const fault = keyFault(pair)
      if (fault !== undefined) problems.push({ position: key, ...fault })
      return fault !== undefined || pair.value === null ? [] : [{ step: nameOf(pair), key, item: pair.value }]
    })
  }

  const root = await read(contents, { path: [], within: [] })
  return { ...root, problems }
}

type Entry = Pair<Node, Node | null>

interface Child {
  readonly step: string | number
  readonly key?: Position
  readonly item: Node
}

function offset(node: Node): number {
  return node.range?.[0] ?? 0
}

function itemsOf(items: readonly Node[]): Child[] {
  return items.map((item, step) => ({ step, item }))
}

const tooMuch = {
  message: `the file has more than ${mostValues} values, and the rest starts here`,
  hint: 'aliases of aliases multiply: write the values out',
}
const noAnchor = {
  message: 'a * starts an alias, and no anchor has the name of this one',
  hint: 'quote text that starts with *',
}
const endless = {
  message: 'this alias stands for something that it is in itself',
  hint: 'write the value out',
}

function isSecret(path: Path): boolean {
  return path.length === 3 && path[0] === 'identities' && secretFields.has(String(path[2]))
}

/** As text, whatever YAML makes of it: an identity may be called `1` or `true`. */
function nameOf({ key }: Entry): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : ''
}

/** Keys without a value are not shown: behind a comma inside {} they may be the second half of a password. */
function keyFault(pair: Entry): Complaint | undefined {
  const name = nameOf(pair)
  if (pair.value === null) {
    return {
      message: 'this key has no colon and no value: inside {} a comma starts a new key',
      hint: 'quote a value that has a comma in it',
    }
  }
  if (name === '') return { message: 'a key must be text, and not empty', hint: 'write "key: value"' }
  if (name.includes('${')) return { message: 'references do not work in keys', hint: 'write the key itself' }
  if (name === '<<') return { message: 'YAML 1.2 has no merge key <<', hint: 'write the keys out' }
  // to JavaScript it is no ordinary key, so it goes no further
  return name === '__proto__' ? { message: 'unknown key "__proto__"', hint: 'remove it' } : undefined
}

/** What YAML's core schema makes of a plain scalar, without reading it as YAML. */
function coreScalar(text: string, { schema }: Document): unknown {
  for (const tag of schema.tags) {
    if (tag.collection !== undefined || tag.test?.test(text) !== true) continue
    const value = tag.resolve(text, () => undefined, {})
    return isScalar(value) ? value.value : value
  }
  return text
}

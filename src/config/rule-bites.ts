import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { ConfigProblem } from './errors.ts'

type Bite = Omit<ConfigProblem, 'position'>

/** `GET /v1.0/me`, or what YAML left of it. */
const looksLikeRule = /^[A-Za-z]+(,[A-Za-z]+)*\s+\//
const method = /^(get|head|post|put|patch|delete|any)$/i

/**
 * Rules that YAML reads as something else, though it is well-formed: a colon makes a key, and a comma inside [] starts
 * a new item. Answers what is wrong with each such node.
 */
export function ruleBites(contents: Node): ReadonlyMap<Node, Bite> {
  const bites = new Map<Node, Bite>()
  if (!isMap(contents)) return bites
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || (key.value !== 'allow' && key.value !== 'deny') || !isSeq(value)) continue
    for (const item of value.items as Node[]) {
      const bite = colon(item) ?? (value.flow === true ? comma(item) : undefined)
      if (bite !== undefined) bites.set(item, bite)
    }
  }
  return bites
}

function colon(item: Node): Bite | undefined {
  const [pair] = isMap(item) ? (item.items as Pair<Node, Node | null>[]) : []
  if (!isScalar(pair?.key) || !isNode(pair.value)) return undefined
  const text = String(pair.key.value)
  if (!looksLikeRule.test(text)) return undefined
  return isScalar(pair.value) && pair.value.value === null
    ? { message: 'a rule that ends in a colon needs quotes', hint: `write ${JSON.stringify(`${text}:`)}` }
    : { message: 'a rule with a colon and a space in it needs quotes', hint: 'quote the whole rule' }
}

function comma(item: Node): Bite | undefined {
  if (!isScalar(item) || item.type !== 'PLAIN' || !method.test(String(item.value))) return undefined
  return {
    message: 'a rule with a comma in it needs quotes inside []: YAML splits it at the comma',
    hint: `write "${String(item.value)},..." in quotes, or put each rule on a line of its own`,
  }
}

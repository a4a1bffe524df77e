import { didYouMean } from './did-you-mean.ts'
import { configJsonSchema, type JsonSchema } from './json-schema.ts'
import { isKeyNotYet } from './not-yet.ts'
import { pathText, type Path } from './path.ts'

/** What would be right instead of a key that the mapping at `path` does not have. */
export function unknownKeyHint(path: Path, key: string): string {
  if (isKeyNotYet(path, key)) return `${key} is not in this version yet: remove it`
  const schema = configJsonSchema()
  const known = keysOf(path.reduce(inner, schema))
  const near = didYouMean(key, known)
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`
  const home = sections(schema, []).find((section) => section.keys.includes(key))?.path
  if (home !== undefined)
    return `it belongs ${home.length === 0 ? 'at the top level' : `under ${pathText(home)}`}`
  return `the keys here are ${known.join(', ')}`
}

interface Section {
  readonly path: Path
  readonly keys: readonly string[]
}

/** Every mapping in the file with keys of its own; rules are left out, as `name` fits too many mistakes. */
function sections(schema: JsonSchema, path: Path): Section[] {
  const keys = keysOf(schema)
  const names = isSchema(mapping(schema).additionalProperties) ? ['default'] : keys
  return [{ path, keys }, ...names.flatMap((name) => sections(inner(schema, name), [...path, name]))]
}

function keysOf(schema: JsonSchema): string[] {
  return Object.keys(mapping(schema).properties ?? {})
}

function inner(schema: JsonSchema, step: PropertyKey): JsonSchema {
  const { items, properties, additionalProperties } = typeof step === 'number' ? schema : mapping(schema)
  const found = typeof step === 'number' ? items : (properties?.[String(step)] ?? additionalProperties)
  return isSchema(found) ? found : {}
}

/** Of the ways to write a value, the mapping. */
function mapping(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find((option) => option.type === 'object') ?? schema
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { configJsonSchema, type JsonSchema } from '../../src/config/json-schema.ts'

const repository = join(import.meta.dirname, '../..')

t.test('config.schema.json is what the schema says now: npm run schema', async (t) => {
  const text = await readFile(join(repository, 'config.schema.json'), 'utf8')
  t.equal(text, `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`)
})

t.test('every key has a description, and no mapping takes other keys', async (t) => {
  let mappings = 0
  const look = (schema: JsonSchema, path: string): void => {
    for (const option of schema.anyOf ?? []) look(option, path)
    if (schema.items !== undefined) look(schema.items as JsonSchema, `${path}[]`)
    if (typeof schema.additionalProperties === 'object') look(schema.additionalProperties, `${path}.*`)
    if (schema.properties === undefined) return
    mappings += 1
    t.equal(schema.additionalProperties, false, `${path} is closed`)
    for (const [key, value] of Object.entries(schema.properties)) {
      t.type((value as JsonSchema).description, 'string', `${path}.${key} is described`)
      look(value as JsonSchema, `${path}.${key}`)
    }
  }
  look(configJsonSchema(), '')
  t.equal(mappings, 8)
})

t.test('a reference may stand where a number, a choice or a duration does', async (t) => {
  const text = JSON.stringify(configJsonSchema().properties)
  const { exposed, log, limits } = configJsonSchema().properties as Record<string, JsonSchema>
  for (const schema of [
    exposed,
    log?.properties?.level,
    limits?.properties?.queue,
    limits?.properties?.headers,
  ]) {
    t.match(schema, { anyOf: [{}, { $ref: '#/definitions/reference' }] })
  }
  t.notMatch(text, /9007199254740991/)
})

t.test('defaults are shown as they are written', async (t) => {
  const { listen, timeouts, limits } = configJsonSchema().properties as Record<string, JsonSchema>
  t.equal(listen?.default, 'localhost:8080')
  t.match(timeouts?.properties, { connect: { default: '5s' }, linger: { default: '0s' } })
  t.match(limits?.properties, { queue: { default: 1000 }, headers: { default: '32KiB' } })
})

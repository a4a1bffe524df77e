import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { configSchema } from './schema.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The JSON schema of config.yaml, for editors: what may be written, not what comes out. Draft 7 is what they read. */
export function configJsonSchema(): JsonSchema {
  const schema = configSchema({ sandbox: true, folder: '', identities: undefined })
  return {
    ...z.toJSONSchema(schema, { io: 'input', target: 'draft-07', override: tidy }),
    definitions: { reference: { type: 'string', pattern: '\\$\\{(env|file):[^}]+\\}' } },
    // what the loader knows from the cloud: elsewhere a tenant is needed, and a secret is a reference
    if: { properties: { cloud: { type: 'string', pattern: '^sandbox$|\\$\\{' } }, required: ['cloud'] },
    else: {
      required: ['tenant'],
      properties: {
        identities: { additionalProperties: { properties: { clientSecret: secret, password: secret } } },
      },
    },
  }
}

const secret: JsonSchema = { pattern: '^\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^}]+)\\}$' }

function tidy({ jsonSchema: schema, path }: { jsonSchema: JsonSchema; path: (string | number)[] }): void {
  // the largest number that JavaScript can count to, and defaults that each key says for itself
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (JSON.stringify(schema.default) === '{}') delete schema.default
  if (!path.includes('propertyNames') && refusesReferences(schema)) allowReference(schema)
}

/** References are read before types are checked, so `${env:PORT}` may stand where a number belongs. */
function refusesReferences({ type, pattern, enum: values }: JsonSchema): boolean {
  if (type === 'boolean' || type === 'integer' || values !== undefined) return true
  return pattern !== undefined && !new RegExp(pattern).test('${env:NAME}')
}

function allowReference(schema: JsonSchema): void {
  const plain: JsonSchema = {}
  for (const key of Object.keys(schema)) {
    if (key === 'description' || key === 'default') continue
    plain[key] = schema[key]
    Reflect.deleteProperty(schema, key)
  }
  schema.anyOf = [plain, { $ref: '#/definitions/reference' }]
}

if (import.meta.main) {
  const [file] = process.argv.slice(2)
  if (file === undefined) throw new Error('usage: node src/config/json-schema.ts FILE')
  await writeFile(file, `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`)
}

import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import t from 'tap'
import type { Test } from 'tap'
import type { SecretReference } from '../../src/config/config.ts'
import { SecretError, createSecrets } from '../../src/secrets/secrets.ts'

const fromEnv: SecretReference = { source: 'env', name: 'GRAPH_PASSWORD' }

async function fileWith(
  t: Test,
  content: string | Uint8Array,
): Promise<SecretReference & { source: 'file' }> {
  const path = join(t.testdir(), 'secret')
  await writeFile(path, content)
  return { source: 'file', path }
}

async function failureOf(promise: Promise<string>): Promise<SecretError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof SecretError) return error
    throw error
  }
  throw new Error('the secret was read')
}

t.test('an environment variable is read as it is, line ends and spaces included', async (t) => {
  const secrets = createSecrets({ env: { GRAPH_PASSWORD: ' a b\n' } })
  t.equal(await secrets.read(fromEnv), ' a b\n')
})

t.test('each read finds the value of now', async (t) => {
  const env = { GRAPH_PASSWORD: 'old' }
  const file = await fileWith(t, 'old')
  const secrets = createSecrets({ env })
  t.equal(await secrets.read(fromEnv), 'old')
  t.equal(await secrets.read(file), 'old')
  env.GRAPH_PASSWORD = 'new'
  await writeFile(`${file.path}.next`, 'new')
  await rename(`${file.path}.next`, file.path)
  t.equal(await secrets.read(fromEnv), 'new')
  t.equal(await secrets.read(file), 'new')
})

for (const [content, value] of [
  ['secret', 'secret'],
  ['secret\n', 'secret'],
  ['secret\r\n', 'secret'],
  ['secret\n\n', 'secret\n'],
  ['secret\r', 'secret\r'],
  ['\nsecret\n', '\nsecret'],
  [' grün & "x" \n', ' grün & "x" '],
  ['\ufeffsecret\r\n', 'secret'],
] as const) {
  t.test(`a file with ${JSON.stringify(content)} holds ${JSON.stringify(value)}`, async (t) => {
    t.equal(await createSecrets({ env: {} }).read(await fileWith(t, content)), value)
  })
}

t.test('a literal, which the sandbox may have, is its own value', async (t) => {
  t.equal(await createSecrets({ env: {} }).read({ source: 'literal', value: 'made-up' }), 'made-up')
})

t.test('a variable that is not set is missing, and the message says which', async (t) => {
  const error = await failureOf(createSecrets({ env: {} }).read(fromEnv))
  t.equal(error.reason, 'missing')
  t.equal(error.reference, '${env:GRAPH_PASSWORD}')
  t.equal(error.message, '${env:GRAPH_PASSWORD} does not exist; set it, or correct its name in the config')
})

t.test('what every object has is no variable', async (t) => {
  const error = await failureOf(createSecrets({ env: {} }).read({ source: 'env', name: 'constructor' }))
  t.equal(error.reason, 'missing')
})

t.test('a file that does not exist is missing', async (t) => {
  const path = join(t.testdir(), 'nothing')
  const error = await failureOf(createSecrets({ env: {} }).read({ source: 'file', path }))
  t.equal(error.reason, 'missing')
  t.equal(error.reference, `\${file:${path}}`)
})

t.test('a folder in place of a file is unreadable', async (t) => {
  const path = join(t.testdir(), 'folder')
  await mkdir(path)
  const error = await failureOf(createSecrets({ env: {} }).read({ source: 'file', path }))
  t.equal(error.reason, 'unreadable')
  t.match(error.remedy, /let the user/)
})

t.test('an empty secret is an error', async (t) => {
  const secrets = createSecrets({ env: { GRAPH_PASSWORD: '' } })
  t.equal((await failureOf(secrets.read(fromEnv))).reason, 'empty')
  t.equal((await failureOf(secrets.read(await fileWith(t, '')))).reason, 'empty')
  t.equal((await failureOf(secrets.read(await fileWith(t, '\n')))).reason, 'empty')
  t.equal((await failureOf(secrets.read({ source: 'literal', value: '' }))).reason, 'empty')
})

t.test('64 KiB is allowed and a byte more is not', async (t) => {
  const most = 'x'.repeat(65_536)
  const secrets = createSecrets({ env: { GRAPH_PASSWORD: `${most}x`, MOST: most } })
  t.equal(await secrets.read({ source: 'env', name: 'MOST' }), most)
  t.equal(await secrets.read(await fileWith(t, most)), most)
  t.equal((await failureOf(secrets.read(fromEnv))).reason, 'tooLarge')
  t.equal((await failureOf(secrets.read(await fileWith(t, `${most}x`)))).reason, 'tooLarge')
})

t.test('a file that is not UTF-8 is an error, not a damaged secret', async (t) => {
  const file = await fileWith(t, Buffer.from('pass\xfcwort', 'latin1'))
  const error = await failureOf(createSecrets({ env: {} }).read(file))
  t.equal(error.reason, 'notUtf8')
  t.match(error.remedy, /UTF-8/)
})

t.test('each read is reported by source and outcome', async (t) => {
  const reads: string[] = []
  const secrets = createSecrets({
    env: { GRAPH_PASSWORD: 'x' },
    onRead: (source, outcome) => reads.push(`${source} ${outcome}`),
  })
  await secrets.read(fromEnv)
  await failureOf(secrets.read(await fileWith(t, '\n')))
  await failureOf(secrets.read({ source: 'literal', value: '' }))
  t.same(reads, ['env success', 'file failure', 'literal failure'])
})

t.test('an error holds nothing of the value, and the reader keeps nothing of it', async (t) => {
  const value = 'hunter2-'.repeat(9000)
  const secrets = createSecrets({ env: { GRAPH_PASSWORD: value, GOOD: 'hunter2-good' } })
  await secrets.read({ source: 'env', name: 'GOOD' })
  const file = await fileWith(t, Buffer.concat([Buffer.from('hunter2-'), Buffer.from([0xff])]))
  for (const reference of [fromEnv, file, { source: 'literal', value } as const]) {
    const error = await failureOf(secrets.read(reference))
    t.notMatch(inspect(error, { depth: Infinity, showHidden: true }), /hunter2/)
  }
  t.notMatch(inspect(secrets, { depth: Infinity, showHidden: true }), /hunter2/)
})

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { parseReferences } from '../../src/config/references.ts'
import { loaderFor, sandbox } from './support.ts'

const at = (key: string, value: string): string => `${sandbox}${key}: ${value}\n`

t.test('env is read at load, with a default where it is not set', async (t) => {
  const { load } = await loaderFor(t)
  const listen = '${env:HOST:-localhost}:${env:PORT:-8080}'
  t.strictSame((await load(at('listen', listen))).listen, { host: 'localhost', port: 8080 })
  const env = { HOST: '127.0.0.1', PORT: '0' }
  t.strictSame((await load(at('listen', listen), env)).listen, { host: '127.0.0.1', port: 0 })
})

t.test('an empty variable counts as set', async (t) => {
  const { load } = await loaderFor(t)
  const config = await load(at('listen', 'localhost${env:DOMAIN:-.example}:8080'), { DOMAIN: '' })
  t.equal(config.listen.host, 'localhost')
})

t.test('a default may be empty, and may hold colons and dashes', async (t) => {
  const { load } = await loaderFor(t)
  t.equal((await load(at('tenant', 'contoso.com${env:X:-}'))).tenant, 'contoso.com')
  t.equal((await load(at('tenant', '${env:X:-my-own.example.com}'))).tenant, 'my-own.example.com')
  t.equal((await load(at('listen', '${env:X:-localhost:0}'))).listen.port, 0)
})

t.test('a plain reference takes the type that its text has in YAML', async (t) => {
  const { load } = await loaderFor(t)
  t.equal((await load(`${sandbox}exposed: \${env:X}\n`, { X: 'true' })).exposed, true)
  t.equal((await load(`${sandbox}limits:\n  queue: \${env:X}\n`, { X: '7' })).limits.queue, 7)
})

t.test('a quoted reference is text, whatever it says', async (t) => {
  const { load, refuse } = await loaderFor(t)
  const text = sandbox.replace('planner-app', '"${env:X}"')
  t.equal((await load(text, { X: '12345' })).identities.default?.clientId, '12345')
  t.match(await refuse(text.replaceAll('"', ''), { X: '12345' }), [
    { message: /^identities\.default\.clientId must be/ },
  ])
  t.match(await refuse(at('exposed', '"${env:X}"'), { X: 'true' }), [
    { message: /^exposed must be true or false/ },
  ])
})

t.test('what a reference stands for is text to the end: no YAML, no more references', async (t) => {
  const { load } = await loaderFor(t)
  for (const value of ['*a', '"b"', '{c}', '[d]', '!e', '&f', '${env:Y}', '$${g', "'h'"]) {
    const { identities } = await load(sandbox.replace('planner-app', '${env:X}'), { X: value, Y: 'no' })
    t.equal(identities.default?.clientId, value)
  }
})

t.test('file is relative to the config file, and loses one newline at its end', async (t) => {
  const { load, folder } = await loaderFor(t)
  await mkdir(join(folder, 'settings'))
  for (const [content, user] of [
    ['svc@contoso.com', 'svc@contoso.com'],
    ['svc@contoso.com\n', 'svc@contoso.com'],
    ['svc@contoso.com\r\n', 'svc@contoso.com'],
    ['\uFEFFsvc@contoso.com\n', 'svc@contoso.com'],
    ['', null],
    ['svc@contoso.com\n\n', null],
  ] as const) {
    await writeFile(join(folder, 'settings/user'), content)
    const text = sandbox.replace('svc-planner@contoso.com', '"${file:settings/user}"')
    if (user === null) await t.rejects(load(text), { message: /username must be a user name/ })
    else t.equal((await load(text)).identities.default?.username, user)
  }
})

t.test('file takes an absolute path as well', async (t) => {
  const { load, folder } = await loaderFor(t)
  await writeFile(join(folder, 'address'), 'localhost:1234\n')
  t.equal((await load(at('listen', `\${file:${join(folder, 'address')}}`))).listen.port, 1234)
})

t.test('a file larger than 64 KiB is no setting', async (t) => {
  const { load, refuse, folder } = await loaderFor(t)
  const text = sandbox.replace('svc-planner@contoso.com', '${file:user}')
  await writeFile(join(folder, 'user'), 'u'.repeat(65_536))
  t.equal((await load(text)).identities.default?.username.length, 65_536)
  await writeFile(join(folder, 'user'), 'u'.repeat(65_537))
  t.match(await refuse(text), [{ message: /needs the file user: this file is larger than 64 KiB$/ }])
})

t.test('a file that is a directory, or no text, says so', async (t) => {
  const { refuse, folder } = await loaderFor(t)
  t.match(await refuse(at('listen', '${file:.}')), [
    { message: 'listen needs the file .: this is a directory, not a file' },
  ])
  await writeFile(join(folder, 'binary'), Buffer.from([0x80, 0xff]))
  t.match(await refuse(at('listen', '${file:binary}')), [
    { message: 'listen needs the file binary: this file is not UTF-8 text' },
  ])
})

t.test('references work in rules, and $${ is a literal ${', async (t) => {
  const { load } = await loaderFor(t)
  const { allow } = await load(
    `${sandbox}allow:\n  - GET /v1.0/planner/plans/\${env:PLAN}/tasks\n  - GET /v1.0/$\${x}\n`,
    {
      PLAN: 'abc',
    },
  )
  t.same(
    allow.map(({ rule }) => rule),
    ['GET /v1.0/planner/plans/abc/tasks', 'GET /v1.0/${x}'],
  )
})

t.test('a text without references comes back as it is', async (t) => {
  const alphabet = ['$', '{', '}', 'a', ':', ' ']
  for (let n = 0; n < alphabet.length ** 4; n++) {
    const text = [0, 1, 2, 3]
      .map((place) => alphabet[Math.floor(n / alphabet.length ** place) % alphabet.length])
      .join('')
    if (text.includes('${')) continue
    t.strictSame(parseReferences(text), { value: [{ kind: 'text', text }] })
  }
})

t.test('an escaped text comes back as it was, references and all', async (t) => {
  for (const text of ['${env:A}', '$${', '$$${a', 'a${', '${${', '}${}', '$', '${env:A:-b}${file:c}']) {
    t.strictSame(parseReferences(text.replaceAll('${', () => '$${')), { value: [{ kind: 'text', text }] })
  }
})

t.test('the parts of a text are found', async (t) => {
  t.strictSame(parseReferences('a${env:B}c${file:d e}${keyvault:f/0a}${env:G:-}$${h'), {
    value: [
      { kind: 'text', text: 'a' },
      { kind: 'env', name: 'B' },
      { kind: 'text', text: 'c' },
      { kind: 'file', path: 'd e' },
      { kind: 'keyvault', name: 'f', version: '0a' },
      { kind: 'env', name: 'G', fallback: '' },
      { kind: 'text', text: '${h' },
    ],
  })
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { loaderFor, refusal, sandbox, tenant } from './support.ts'

/** The tenant's config with this as its password, or as its client secret. */
const withPassword = (value: string): string => tenant.replace('${env:GRAPH_PASSWORD}', () => value)
const withClientSecret = (value: string): string => `${tenant}    clientSecret: ${value}\n`

t.test('a secret is a reference, and is not read at load', async (t) => {
  const { load, folder } = await loaderFor(t)
  const { identities } = await load(withClientSecret('${file:secrets/none}'))
  t.strictSame(identities.default?.password, { source: 'env', name: 'GRAPH_PASSWORD' })
  t.strictSame(identities.default?.clientSecret, { source: 'file', path: join(folder, 'secrets/none') })
})

t.test('a public client has no client secret', async (t) => {
  const { load } = await loaderFor(t)
  t.notOk('clientSecret' in (await load(tenant)).identities.default!)
})

t.test('quotes around the reference change nothing', async (t) => {
  const { load } = await loaderFor(t)
  const { identities } = await load(withPassword('"${file:/run/secrets/p}"'))
  t.strictSame(identities.default?.password, { source: 'file', path: '/run/secrets/p' })
})

t.test('the sandbox takes a literal too, with $${ for ${', async (t) => {
  const { load } = await loaderFor(t)
  for (const [text, value] of [
    ['sandbox-password', 'sandbox-password'],
    ['"pa$${ss"', 'pa${ss'],
    ['"12345"', '12345'],
  ] as const) {
    const { identities } = await load(sandbox.replace('sandbox-password', () => text))
    t.strictSame(identities.default?.password, { source: 'literal', value })
  }
  const { identities } = await load(sandbox.replace('sandbox-password', '${env:P}'))
  t.strictSame(identities.default?.password, { source: 'env', name: 'P' })
})

t.test('outside the sandbox a literal is refused', async (t) => {
  const { refuse } = await loaderFor(t)
  t.strictSame(await refuse(withPassword('hunter2')), [
    {
      position: { line: 7, column: 15 },
      message: 'identities.default.password is a secret: write ${env:NAME} or ${file:PATH}',
    },
  ])
  t.match(await refuse(withClientSecret('hunter2')), [
    { message: 'identities.default.clientSecret is a secret: write ${env:NAME} or ${file:PATH}' },
  ])
})

t.test('Key Vault is understood and not in this version yet', async (t) => {
  const { refuse } = await loaderFor(t)
  for (const reference of ['${keyvault:graph-password}', '${keyvault:graph-password/0123456789abcdef}']) {
    t.strictSame(await refuse(withPassword(reference)), [
      {
        position: { line: 7, column: 15 },
        message: 'identities.default.password is a secret from Key Vault, which is not in this version yet',
        hint: 'use ${env:NAME} or ${file:PATH} meanwhile',
      },
    ])
  }
})

t.test('a secret in the wrong place, or in the wrong form, is never repeated', async (t) => {
  const { load, folder } = await loaderFor(t)
  const secret = 'hunter2'
  await writeFile(join(folder, 'secret'), `${secret}\n`)
  const env = { SECRET: secret }
  const table = [
    ...[
      'hunter2',
      '"hunter2',
      '!hunter2',
      '*hunter2',
      '&hunter2',
      '@hunter2',
      '%hunter2',
      '`hunter2',
      'x: hunter2',
    ].map(withPassword),
    ...[
      'hunter2 # x',
      '[hunter2]',
      '{hunter2}',
      '{a: hunter2}',
      '{hunter2: a}',
      '|\n      hunter2',
      '>hunter2',
      '"\\hunter2"',
    ].map(withPassword),
    ...[
      '${hunter2}',
      '${hunter2:x}',
      '${env:hunter2 }',
      '${env:A:-hunter2}',
      'hunter2${env:A}',
      '${env:A}hunter2',
      '${file: }hunter2',
    ].map(withPassword),
    ...[
      '${env:A',
      '${env:hunter2',
      '${keyvault:hunter2}',
      '${keyvault:hunter2/x/y}',
      '${env:A:-${env:hunter2}}',
    ].map(withPassword),
    ...['hunter2', '${hunter2}', '"hunter2" hunter2', "'hunter2", '? hunter2', '- hunter2', 'hunter2:'].map(
      withClientSecret,
    ),
    withPassword('a\n    password: hunter2'),
    withPassword('{ a: b, hunter2'),
    `${withPassword('&p hunter2')}listen: *p\n`,
    `${withPassword('&p ${hunter2}')}listen: *p\n`,
    `${tenant}    clientsecret: hunter2\n`,
    `${tenant}    hunter2\n`,
    `${tenant}    hunter2: x\n`,
    `${tenant}    clientSecret:hunter2\n`,
    `${tenant}    clientSecret:\n\thunter2\n`,
    `${tenant}    refreshToken: hunter2\n`,
    `${tenant}password: hunter2\n`,
    `${tenant}clientSecret: [hunter2]\n`,
    `tenant: a.b\nidentities: { default: { grant: password, clientId: a, username: u, password: p,hunter2 } }\n`,
    `tenant: a.b\nidentities: { default: { grant: password, clientId: a, username: u, password: p,hunter2: x } }\n`,
    `tenant: a.b\nidentities: { default: { grant: hunter2, tokenEndpoint: hunter2, clientId: [hunter2], scopes: hunter2 } }\n`,
    `tenant: a.b\nidentities: { default: hunter2 }\n`,
    `tenant: a.b\nidentities: hunter2\n`,
    tenant.replace('password\n', 'hunter2\n'),
    tenant.replace('planner-app', 'planner hunter2'),
    tenant.replace(
      'tenant: ',
      'cloud: { authority: https://u:hunter2@x.y, graph: "https://x.y/hunter2" }\ntenant: ',
    ),
    tenant.replace('tenant: ', 'cloud: { authority: "hunter2", graph: "http://hunter2" }\ntenant: '),
    ...[
      'listen',
      'admin',
      'exposed',
      'cloud',
      'identities',
      'allow',
      'deny',
      'hosts',
      'log',
      'timeouts',
      'limits',
      'nothing',
    ].flatMap((key) =>
      ['${env:SECRET}', '"${env:SECRET}"', '${file:secret}', '"x ${env:SECRET}"'].map(
        (value) => `${sandbox}${key}: ${value}\n`,
      ),
    ),
    ...['level', 'requests'].map((key) => `${sandbox}log:\n  ${key}: \${env:SECRET}\n`),
    ...['connect', 'linger'].map((key) => `${sandbox}timeouts:\n  ${key}: \${file:secret}\n`),
    ...['inFlight', 'headers'].map((key) => `${sandbox}limits:\n  ${key}: \${file:secret}\n`),
    ...['as', 'nome'].map((key) => `${sandbox}allow:\n  - rule: GET /v1.0/me\n    ${key}: \${env:SECRET}\n`),
    `${sandbox}hosts:\n  - "\${env:SECRET} "\n`,
    `${sandbox}tenant: "\${env:SECRET}"\n`,
    `${sandbox}allow:\n  - rule: GET /v1.0/me\n    name: "\${env:SECRET}!"\n`,
    `${sandbox}\${env:SECRET}: 1\n`,
  ]
  for (const text of table) {
    const error = await refusal(() => load(text, env))
    t.ok(error.problems.length > 0)
    t.notOk(
      `${error.message}\n${error.stack ?? ''}\n${JSON.stringify(error)}`.includes(secret),
      JSON.stringify(text),
    )
  }
})

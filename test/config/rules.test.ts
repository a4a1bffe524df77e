import t from 'tap'
import { loaderFor, sandbox } from './support.ts'

t.test('a rule is text, or an object with a name and an identity', async (t) => {
  const { load } = await loaderFor(t)
  const { allow, deny } = await load(`${sandbox}allow:
  - GET /v1.0/me
  - { rule: "GET /v1.0/users/{id}", name: read-user, as: default }
  - rule: GET /v1.0/me/drive/root
deny:
  - "GET /v1.0/me/drive/root:/x:"
`)
  t.strictSame(allow, [
    { rule: 'GET /v1.0/me', position: { line: 9, column: 5 } },
    { rule: 'GET /v1.0/users/{id}', name: 'read-user', as: 'default', position: { line: 10, column: 13 } },
    { rule: 'GET /v1.0/me/drive/root', position: { line: 11, column: 11 } },
  ])
  t.strictSame(deny, [{ rule: 'GET /v1.0/me/drive/root:/x:', position: { line: 13, column: 5 } }])
})

t.test('a rule inside brackets knows its place too', async (t) => {
  const { load } = await loaderFor(t)
  const { allow } = await load(`${sandbox}allow: [GET /v1.0/me, "GET,POST /v1.0/me/messages"]\n`)
  t.strictSame(allow, [
    { rule: 'GET /v1.0/me', position: { line: 8, column: 9 } },
    { rule: 'GET,POST /v1.0/me/messages', position: { line: 8, column: 23 } },
  ])
})

t.test('an alias stands for what its anchor marks', async (t) => {
  const { load } = await loaderFor(t)
  const { identities } = await load(`cloud: sandbox
identities:
  default: &app { grant: password, clientId: a, username: u, password: p }
  second: *app
`)
  t.equal(identities.second?.name, 'second')
  t.strictSame({ ...identities.second, name: 'default' }, identities.default)
})

t.test('an identity may be called anything that is a name', async (t) => {
  const { load } = await loaderFor(t)
  const names = ['default', 'directory', '1', 'true', 'constructor', 'a-b']
  const body = '{ grant: password, clientId: a, username: u, password: p }'
  const lines = names.map((name) => `  ${name}: ${body}\n`).join('')
  const { identities } = await load(`cloud: sandbox\nidentities:\n${lines}`)
  t.same(Object.keys(identities).sort(), names.sort())
  t.ok(Object.entries(identities).every(([name, identity]) => identity.name === name))
})

t.test('host names lose their case', async (t) => {
  const { load } = await loaderFor(t)
  const { hosts } = await load(`${sandbox}hosts: [LocalHost, "[::1]", graph_sidecar.svc]\n`)
  t.strictSame(hosts, ['localhost', '[::1]', 'graph_sidecar.svc'])
})

t.test('JSON is YAML too, and a byte order mark is no letter', async (t) => {
  const { load } = await loaderFor(t)
  const identity = { grant: 'password', clientId: 'a', username: 'u', password: 'p' }
  const text = JSON.stringify({ cloud: 'sandbox', listen: 'localhost:1', identities: { default: identity } })
  t.equal((await load(`\uFEFF${text}`)).listen.port, 1)
})

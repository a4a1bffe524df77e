import { join } from 'node:path'
import t from 'tap'
import { loadConfig } from '../../src/config/load.ts'
import { loaderFor, sandbox, tenant } from './support.ts'

t.test('what is not written has its default', async (t) => {
  const { load, file } = await loaderFor(t)
  t.strictSame(await load(tenant), {
    file,
    listen: { host: 'localhost', port: 8080 },
    admin: { host: 'localhost', port: 9464 },
    exposed: false,
    cloud: {
      name: 'global',
      authority: 'https://login.microsoftonline.com',
      graph: 'https://graph.microsoft.com',
      audience: 'https://graph.microsoft.com',
    },
    tenant: 'contoso.onmicrosoft.com',
    identities: {
      default: {
        name: 'default',
        grant: 'password',
        tokenEndpoint: 'v2.0',
        clientId: 'planner-app',
        username: 'svc-planner@contoso.com',
        password: { source: 'env', name: 'GRAPH_PASSWORD' },
        scopes: ['.default'],
      },
    },
    allow: [],
    deny: [],
    hosts: ['localhost', '127.0.0.1', '[::1]'],
    log: { level: 'info', requests: 'failures' },
    timeouts: { connect: 5_000, response: 60_000, idle: 60_000, linger: 0, drain: 20_000 },
    limits: { inFlight: 1000, queue: 1000, headers: 32_768 },
  })
})

t.test('one key of a section leaves the others at their defaults', async (t) => {
  const { load } = await loaderFor(t)
  const { log, timeouts, limits } = await load(`${sandbox}log: {level: warn}
timeouts: {linger: 3s}
limits: {queue: 0}
`)
  t.strictSame(log, { level: 'warn', requests: 'failures' })
  t.strictSame(timeouts, { connect: 5_000, response: 60_000, idle: 60_000, linger: 3_000, drain: 20_000 })
  t.strictSame(limits, { inFlight: 1000, queue: 0, headers: 32_768 })
})

t.test('the sandbox needs no tenant', async (t) => {
  const { load } = await loaderFor(t)
  const config = await load(sandbox)
  t.strictSame(config.cloud, { name: 'sandbox' })
  t.equal(config.tenant, 'contoso.onmicrosoft.com')
})

t.test('the config that comes with the repository is the sandbox, and says the defaults', async (t) => {
  const { load } = await loaderFor(t)
  const sample = await loadConfig(join(import.meta.dirname, '../../config.yaml'), {})
  t.same(sample.cloud, { name: 'sandbox' })
  t.same(sample.identities.default?.password, { source: 'literal', value: 'sandbox-password' })
  t.ok(sample.allow.some(({ name }) => name === 'read-user'))
  const { listen, admin, exposed, tenant, deny, hosts, log, timeouts, limits } = await load(sandbox)
  t.match(sample, { listen, admin, exposed, tenant, hosts, log, timeouts, limits })
  t.strictSame(sample.deny, deny)
})

t.test('a config is frozen all the way down', async (t) => {
  const { load } = await loaderFor(t)
  const config = await load(`${sandbox}allow:\n  - { rule: GET /v1.0/me, name: me }\n`)
  let objects = 0
  const check = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    objects += 1
    t.ok(Object.isFrozen(value), `${path} is frozen`)
    for (const [key, child] of Object.entries(value)) check(child, `${path}.${key}`)
  }
  check(config, 'config')
  t.ok(objects > 12, 'and there was something to look at')
})

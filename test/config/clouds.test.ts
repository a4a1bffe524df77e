import t from 'tap'
import { isLoopback } from '../../src/config/loopback.ts'
import { loaderFor, tenant } from './support.ts'

t.test('each national cloud has its own Entra and its own Graph, which tokens are for', async (t) => {
  const { load } = await loaderFor(t)
  for (const [name, authority, graph] of [
    ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
    ['usgov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['usgovdod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ] as const) {
    const { cloud } = await load(`${tenant}cloud: ${name}\n`)
    t.strictSame(cloud, { name, authority, graph, audience: graph })
  }
})

t.test('a custom cloud gets tokens for the global Graph unless it says otherwise', async (t) => {
  const { load } = await loaderFor(t)
  const custom = { name: 'custom', authority: 'https://login.example.com', graph: 'http://localhost:9000' }
  const lines = `${tenant}cloud:\n  authority: https://LOGIN.example.com:443/\n  graph: http://localhost:9000/\n`
  t.strictSame((await load(lines)).cloud, { ...custom, audience: 'https://graph.microsoft.com' })
  t.strictSame((await load(`${lines}  audience: https://graph.example.com/\n`)).cloud, {
    ...custom,
    audience: 'https://graph.example.com',
  })
})

t.test('http is for this machine only', async (t) => {
  const { load, refuse } = await loaderFor(t)
  const cloud = (graph: string): string =>
    `${tenant}cloud: { authority: "https://a.example", graph: "${graph}" }\n`
  for (const graph of ['http://localhost', 'http://127.0.0.1:81', 'http://127.9.9.9', 'http://[::1]:8080']) {
    t.match(await load(cloud(graph)), { cloud: { graph } })
  }
  for (const graph of [
    'http://example.com',
    'http://localhost.example.com',
    'http://128.0.0.1',
    'http://[::2]',
    'http://0.0.0.0',
  ]) {
    t.match(await refuse(cloud(graph)), [{ message: 'cloud.graph must be https' }], graph)
  }
})

t.test('an endpoint is scheme and host alone', async (t) => {
  const { refuse } = await loaderFor(t)
  for (const graph of [
    'https://x.example/v1.0',
    'https://x.example/..',
    'https://x.example//',
    'https://x.example?a',
    'https://x.example#a',
    'https://u:p@x.example',
    'https://u@x.example',
    'https://x.example\\\\a',
    'https://x .example',
    'https://',
    'https:///',
    'https://x.example:99999',
    'https://%zz',
  ]) {
    const problems = await refuse(`${tenant}cloud: { authority: "https://a.example", graph: "${graph}" }\n`)
    t.match(problems, [{ message: 'cloud.graph must be scheme and host alone' }], graph)
    t.equal(problems.length, 1)
  }
})

t.test('loopback is localhost, 127.0.0.0/8 and ::1, however written', async (t) => {
  for (const host of [
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
  ]) {
    t.ok(isLoopback(host), host)
  }
  for (const host of [
    '',
    '0.0.0.0',
    '128.0.0.1',
    '126.255.255.255',
    '::',
    '::2',
    'localhost.',
    'localhost.example',
    '127.1',
    'sidecar',
  ]) {
    t.notOk(isLoopback(host), host)
  }
})

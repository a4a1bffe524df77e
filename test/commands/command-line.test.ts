import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import manifest from '../../package.json' with { type: 'json' }
import { run, startProcess } from '../support/cli.ts'
import { writeConfig } from '../support/sidecar.ts'

const sample = join(import.meta.dirname, '../../config.yaml')

async function emptyFolder(t: { teardown(callback: () => unknown): unknown }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'msgraph-sidecar-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return folder
}

t.test('--help and --version work everywhere', async (t) => {
  const general = await run(['--help'])
  t.equal(general.code, 0)
  for (const command of ['start', 'check', 'explain', 'sandbox', 'init']) {
    t.match(general.stdout, new RegExp(`^  ${command} `, 'm'))
    const help = await run([command, '--help'])
    t.equal(help.code, 0, command)
    t.match(help.stdout, `msgraph-sidecar ${command}`)
    t.same(await run([command, '--version']), { code: 0, stdout: `${manifest.version}\n`, stderr: '' })
  }
  t.equal((await run(['-V'])).stdout, `${manifest.version}\n`)
})

t.test('a wrong command line is one clear line and exit code 2', async (t) => {
  const cases: [string[], RegExp][] = [
    [['strat'], /no command "strat"; there are start, check/],
    [['--confg', 'x'], /--confg/],
    [['check', '--json'], /--json/],
    [['start', 'now'], /start does not know what "now" is for/],
    [['explain'], /explain needs METHOD TARGET/],
    [['explain', 'GET'], /explain needs METHOD TARGET/],
    [['explain', 'GET', '/v1.0/me', 'more'], /does not know what "more" is for/],
    [['--config'], /--config/],
    [['sandbox', '--listen', 'nowhere'], /--listen must be HOST:PORT/],
    [['sandbox', '--listen', '127.0.0.1:65535'], /--listen must be HOST:PORT/],
  ]
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await run(args)
    t.equal(code, 2, args.join(' '))
    t.equal(stdout, '')
    t.match(stderr, message)
    t.match(stderr, /^msgraph-sidecar: .*\nTry: msgraph-sidecar --help\n$/)
  }
})

t.test('a missing config file says how to get one', async (t) => {
  const cwd = await emptyFolder(t)
  for (const command of ['start', 'check', 'explain']) {
    const words = command === 'explain' ? ['GET', '/v1.0/me'] : []
    const { code, stderr } = await run([command, ...words], { cwd })
    t.equal(code, 2, command)
    t.match(stderr, /config\.yaml/)
    t.match(stderr, /init/)
  }
})

t.test('mistakes in config and rules come together, with line and column', async (t) => {
  const file = await writeConfig(
    t,
    'cloud: sandbox\nlisten: nonsense\nidentities: {}\nallow:\n  - GET /v1.0/me\n',
  )
  const { code, stderr } = await run(['check', '--config', file])
  t.equal(code, 2)
  t.match(stderr, `${file}:2:9: `)
  t.match(stderr, `${file}:3:`)
})

t.test('a wrong rule has line and column, too', async (t) => {
  const text = (await readFile(sample, 'utf8')).replace(/^allow:$/m, 'allow:\n  - FETCH /v1.0/me')
  const file = await writeConfig(t, text)
  const line = text.split('\n').findIndex((text) => text.includes('FETCH')) + 1
  const { code, stderr } = await run(['check', '--offline', '--config', file])
  t.equal(code, 2)
  t.match(stderr, `${file}:${line}:5: `)
})

t.test('explain names rule, identity, reason and readings', async (t) => {
  const allowed = await run(['explain', 'GET', '/v1.0/planner/plans', '--config', sample])
  t.equal(allowed.code, 0)
  t.match(
    allowed.stdout,
    /^allowed {3}GET \/v1\.0\/planner\/plans\nrule {6}GET \/v1\.0\/planner\/\*\*\nidentity {2}default\n/,
  )
  const denied = await run(['explain', 'DELETE', '/v1.0/me', '--config', sample])
  t.equal(denied.code, 1)
  t.match(denied.stdout, /^denied {4}DELETE \/v1\.0\/me\nreason /)
})

t.test('explain - judges each line of stdin, --json as one object a line', async (t) => {
  const input = 'GET /v1.0/me\n\nPOST   /v1.0/$batch\r\nGET /v1.0/planner/../me\n'
  const { code, stdout } = await run(['explain', '-', '--json', '--config', sample], { input })
  t.equal(code, 1)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  t.same(
    lines.map(({ allowed }) => allowed),
    [true, false, false],
  )
  t.same(Object.keys(lines[0] ?? {}), [
    'method',
    'target',
    'allowed',
    'rule',
    'identity',
    'reason',
    'readings',
  ])
  t.match(lines[1], { method: 'POST', target: '/v1.0/$batch', rule: null, identity: null })
})

t.test('explain - with a line that is no request stops there', async (t) => {
  const { code, stderr } = await run(['explain', '-', '--config', sample], { input: 'GET\n' })
  t.equal(code, 2)
  t.match(stderr, /line 1 of standard input/)
})

t.test('check says who the identity is, its scopes and its end', async (t) => {
  const { code, stdout } = await run(['check', '--config', sample])
  t.equal(code, 0)
  t.match(stdout, /: valid; \d+ rules, 1 identity\n/)
  t.match(
    stdout,
    /identity default: svc-planner@contoso\.com of contoso\.onmicrosoft\.com, token until 20\d\d-/,
  )
  t.match(stdout, /scopes: \S+/)
})

t.test('check says why there is no token, and what to do', async (t) => {
  const text = (await readFile(sample, 'utf8')).replace('svc-planner@contoso.com', 'mfa@contoso.com')
  const { code, stdout } = await run(['check', '--config', await writeConfig(t, text)])
  t.equal(code, 1)
  t.match(stdout, /no token\n.*AADSTS50076/)
})

t.test('check names the secret that is missing; --offline does not look for it', async (t) => {
  const folder = await emptyFolder(t)
  const file = join(folder, 'mine.yaml')
  t.equal((await run(['init', '--config', file])).code, 0)
  const env = { GRAPH_PASSWORD: undefined, GRAPH_CLIENT_SECRET: undefined }
  const offline = await run(['check', '--offline', '--config', file], { env })
  t.equal(offline.code, 0, offline.stderr)
  const { code, stdout } = await run(['check', '--config', file], { env })
  t.equal(code, 1)
  t.match(stdout, /\$\{env:GRAPH_(PASSWORD|CLIENT_SECRET)\}/)
})

t.test('init writes a config that is valid, and never overwrites', async (t) => {
  const cwd = await emptyFolder(t)
  t.match(await run(['init'], { cwd }), { code: 0, stdout: /config\.yaml is written/ })
  t.match(await run(['check', '--offline'], { cwd }), { code: 0 })
  await writeFile(join(cwd, 'config.yaml'), 'mine')
  t.match(await run(['init'], { cwd }), { code: 1, stderr: /config\.yaml exists already/ })
  t.equal(await readFile(join(cwd, 'config.yaml'), 'utf8'), 'mine')
  t.match(await run(['init', '--config', 'no/such/folder.yaml'], { cwd }), {
    code: 1,
    stderr: /folder does not exist/,
  })
})

t.test('sandbox runs alone, and a sidecar uses it by its addresses', async (t) => {
  const sandbox = startProcess(t, ['sandbox', '--listen', '127.0.0.1:0'])
  const [, authority = '', graph = ''] = await sandbox.until(/authority: "(\S+)", graph: "(\S+)"/)
  const text = (await readFile(sample, 'utf8'))
    .replace(/^cloud: .*$/m, `cloud: { authority: "${authority}", graph: "${graph}" }`)
    .replace('sandbox-client-secret', '${env:A_SECRET}')
    .replace('password: sandbox-password', 'password: ${env:A_PASSWORD}')
  const file = await writeConfig(t, text)
  const env = { A_SECRET: 'sandbox-client-secret', A_PASSWORD: 'sandbox-password' }
  const { code, stdout, stderr } = await run(['check', '--config', file], { env })
  t.equal(code, 0, stdout + stderr)
  await sandbox.until(/entra 200 POST \/contoso/)
  sandbox.signal('SIGINT')
  t.equal(await sandbox.ended, 0)
})

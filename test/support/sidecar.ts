import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { start } from '../../src/commands/start.ts'

interface Test {
  teardown(callback: () => unknown): unknown
}

/** The lines that every test config shares: free ports on IPv4 loopback. */
export const freePorts = `listen: 127.0.0.1:0
admin: 127.0.0.1:0
`

/** A config's identity and cloud for stand-ins that a test runs itself. */
export function configFor({
  authority,
  graph,
  allow = ['ANY /v1.0/**'],
  more = '',
  tenant = 'contoso.onmicrosoft.com',
}: {
  authority: string
  graph: string
  allow?: string[]
  more?: string
  tenant?: string
}): string {
  return `${freePorts}cloud: { authority: "${authority}", graph: "${graph}" }
tenant: ${tenant}
identities:
  default:
    grant: password
    clientId: 11111111-2222-3333-4444-555555555555
    clientSecret: \${env:TEST_CLIENT_SECRET}
    username: svc-planner@contoso.com
    password: \${env:TEST_PASSWORD}
allow:
${allow.map((rule) => `  - "${rule}"`).join('\n')}
${more}`
}

/** What the sandbox's seed has for svc-planner@contoso.com and its client. */
export const seedSecrets = { TEST_CLIENT_SECRET: 'sandbox-client-secret', TEST_PASSWORD: 'sandbox-password' }

/** A config file in a folder of its own; gone with the test. */
export async function writeConfig(t: Test, text: string, name = 'config.yaml'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'msgraph-sidecar-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

export interface Sidecar {
  readonly base: string
  readonly admin: string
  /** Everything it has written to stdout. */
  output(): string
  /** Log lines, parsed. */
  log(): Record<string, unknown>[]
  /** As SIGTERM does; answers the exit code. */
  stop(): Promise<number>
}

/** `msgraph-sidecar start` in this process: the real command with a config file, on free ports. */
export async function startSidecar(
  t: Test,
  config: string,
  env: NodeJS.ProcessEnv = seedSecrets,
): Promise<Sidecar> {
  const configFile = await writeConfig(t, config)
  let output = ''
  let onOutput: (() => void) | undefined
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString()
      done()
      onOutput?.()
    },
  })
  let stop: (signal: string) => void = () => undefined
  const stopped = new Promise<string>((resolve) => (stop = resolve))
  const io = { env, stdin: Readable.from([]), stdout, stderr: stdout, untilStopped: () => stopped }
  const log = () =>
    output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)

  const listening = new Promise<Record<string, unknown>>((resolve) => {
    onOutput = () => {
      const line = log().find(({ msg }) => msg === 'listening')
      if (line !== undefined) resolve(line)
    }
  })
  const exit = start.run({ words: [], options: {}, configFile, io })
  const line = await Promise.race([listening, exit])
  if (typeof line === 'number') throw new Error(`start ended with ${line}: ${output}`)
  const sidecar: Sidecar = {
    base: `http://${(line['listen'] as string[])[0] ?? ''}`,
    admin: `http://${(line['admin'] as string[])[0] ?? ''}`,
    output: () => output,
    log,
    stop: () => {
      stop('SIGTERM')
      return exit
    },
  }
  t.teardown(() => sidecar.stop())
  return sidecar
}

/** The value of one sample of /metrics, labels included in `name` as Prometheus prints them; undefined without it. */
export async function metric(sidecar: Sidecar, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${sidecar.admin}/metrics`)).text()
  const line = text.split('\n').find((line) => line.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { startProcess } from '../support/cli.ts'
import { readError } from '../support/sidecar-error.ts'
import { metric, startSidecar, writeConfig } from '../support/sidecar.ts'

const sample = join(import.meta.dirname, '../../config.yaml')

/** The sample config as it is, but on free ports. */
async function sampleConfig(): Promise<string> {
  const text = await readFile(sample, 'utf8')
  return text.replace('localhost:8080', '127.0.0.1:0').replace('localhost:9464', '127.0.0.1:0')
}

t.test('the sample config runs on the sandbox, and says what to type next', async (t) => {
  const file = await writeConfig(t, await sampleConfig())
  const sidecar = startProcess(t, ['--config', file])
  const [, address] = await sidecar.until(/ {2}curl (\S+)\/v1\.0\/planner\/plans/)
  t.match(sidecar.output(), /no request leaves this machine/)
  const answer = await fetch(`http://${address ?? ''}/v1.0/planner/plans`)
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('server'), 'msgraph-sandbox')
  const { value } = (await answer.json()) as { value: { id: string; title: string }[] }
  t.ok(value.length > 0)
  t.type(value[0]?.title, 'string')
  sidecar.signal('SIGTERM')
  t.equal(await sidecar.ended, 0)
})

t.test('$MSGRAPH_SIDECAR_CONFIG names the config file', async (t) => {
  const file = await writeConfig(t, await sampleConfig())
  const sidecar = startProcess(t, [], { MSGRAPH_SIDECAR_CONFIG: file })
  await sidecar.until(/"msg":"listening"/)
  t.match(sidecar.output(), file)
})

t.test('the app’s own Authorization and the token stay on their sides', async (t) => {
  const sidecar = await startSidecar(t, await sampleConfig())
  const answer = await fetch(`${sidecar.base}/v1.0/me`, { headers: { authorization: 'Bearer app-token' } })
  t.equal(answer.status, 200, 'the sandbox accepts only tokens of its own')
  t.notMatch(JSON.stringify([...answer.headers]), /bearer/i)
})

t.test('an identity is ready once it has a token', async (t) => {
  const sidecar = await startSidecar(t, await sampleConfig())
  await fetch(`${sidecar.base}/v1.0/me`)
  const ready = await fetch(`${sidecar.admin}/readyz?verbose`)
  t.equal(ready.status, 200)
  t.match(await ready.text(), /^\[\+\] identity default: fresh; token for another \d+ min\nok\n$/)
  t.equal(await metric(sidecar, 'msgraph_sidecar_identity_blocked{identity="default"}'), 0)
  const expiry = await metric(sidecar, 'msgraph_sidecar_token_expiry_timestamp_seconds{identity="default"}')
  t.ok((expiry ?? 0) * 1000 > Date.now())
})

t.test('each fate of the sandbox has its own answer', async (t) => {
  const fates: [string, RegExp][] = [
    ['mfa@contoso.com', /AADSTS50076.*device_code|AADSTS50076/],
    ['locked@contoso.com', /AADSTS50053/],
    ['expired@contoso.com', /AADSTS50055/],
    ['disabled@contoso.com', /AADSTS50057/],
    ['nobody@contoso.com', /AADSTS50034/],
  ]
  for (const [username, code] of fates) {
    const sidecar = await startSidecar(t, (await sampleConfig()).replace('svc-planner@contoso.com', username))
    const answer = await fetch(`${sidecar.base}/v1.0/me`)
    t.equal(answer.status, 502, username)
    t.match((await readError(answer)).message, code, username)
  }
})

t.test('a busy port is one clear line and exit code 1', async (t) => {
  const first = await startSidecar(t, await sampleConfig())
  const { host } = new URL(first.base)
  const second = await writeConfig(t, (await sampleConfig()).replace('127.0.0.1:0', host))
  const process = startProcess(t, ['--config', second])
  t.equal(await process.ended, 1)
  t.equal(
    process.output(),
    `msgraph-sidecar: cannot listen on ${host}: the port is in use; stop the other process, or choose another port\n`,
  )
})

t.test('localhost is both loopback addresses', async (t) => {
  const config = (await sampleConfig()).replace('listen: 127.0.0.1:0', 'listen: localhost:0')
  const sidecar = await startSidecar(t, config)
  const { port } = new URL(sidecar.base)
  t.equal((await fetch(`http://127.0.0.1:${port}/v1.0/me`)).status, 200)
  const listening = sidecar.log().find(({ msg }) => msg === 'listening')
  // where the machine has IPv6 at all
  for (const address of listening?.['listen'] as string[]) {
    t.equal((await fetch(`http://${address}/v1.0/me`)).status, 200, address)
  }
})

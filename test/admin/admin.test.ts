import t from 'tap'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { configFor, metric, startSidecar } from '../support/sidecar.ts'

const sandbox = await startSandbox()
t.teardown(() => sandbox.close())
const sidecar = await startSidecar(
  t,
  configFor({ ...sandbox, allow: ['GET /v1.0/me', 'GET /v1.0/users/{id}'] }),
)

t.test('probes and metrics live on the admin port alone, and answer GET alone', async (t) => {
  for (const path of ['/livez', '/startupz', '/readyz', '/metrics']) {
    await fetch(`${sidecar.base}/v1.0/me`)
    t.equal((await fetch(sidecar.admin + path)).status, 200, path)
    t.equal((await fetch(sidecar.base + path)).status, 404, path)
    t.equal((await fetch(sidecar.admin + path, { method: 'POST' })).status, 405, path)
  }
  t.equal((await fetch(`${sidecar.admin}/`)).status, 404)
})

t.test('a prober’s Host does not matter', async (t) => {
  // kubelet calls by the pod's address, Prometheus by what its configuration says
  const { port } = new URL(sidecar.admin)
  t.equal((await fetch(`http://localhost:${port}/livez`)).status, 200)
})

t.test('every metric of the contract is there', async (t) => {
  const text = await (await fetch(`${sidecar.admin}/metrics`)).text()
  for (const name of [
    'requests_total',
    'request_duration_seconds',
    'upstream_duration_seconds',
    'requests_in_flight',
    'denied_total',
    'throttled_total',
    'upstream_errors_total',
    'token_requests_total',
    'token_expiry_timestamp_seconds',
    'identity_blocked',
    'secret_reads_total',
    'secret_expiry_timestamp_seconds',
    'policy_enforced',
    'config_last_reload_successful',
    'build_info',
  ]) {
    t.match(text, `# TYPE msgraph_sidecar_${name} `, name)
  }
  t.match(text, '# TYPE process_resident_memory_bytes gauge')
})

t.test('requests are counted by method, rule, identity and status', async (t) => {
  const name =
    'msgraph_sidecar_requests_total{method="GET",rule="GET /v1.0/users/{id}",identity="default",status="404"}'
  const before = (await metric(sidecar, name)) ?? 0
  await (await fetch(`${sidecar.base}/v1.0/users/nobody`)).text()
  t.equal(await metric(sidecar, name), before + 1)
})

t.test('no path, and no made-up method, becomes a label', async (t) => {
  await fetch(`${sidecar.base}/v1.0/users/needle-in-a-path/photo`)
  await fetch(`${sidecar.base}/v1.0/users/needle-in-a-path`, { method: 'PROPFIND' }).catch(() => undefined)
  const text = await (await fetch(`${sidecar.admin}/metrics`)).text()
  t.notMatch(text, 'needle')
  t.notMatch(text, 'PROPFIND')
  t.match(text, /msgraph_sidecar_denied_total\{reason="no_rule"\} [1-9]/)
  t.match(
    text,
    /msgraph_sidecar_requests_total\{method="other",rule="none",identity="none",status="\d+"\} [1-9]/,
  )
})

t.test('token requests and secret reads are counted', async (t) => {
  t.equal(
    await metric(
      sidecar,
      'msgraph_sidecar_token_requests_total{identity="default",grant="password",outcome="success",code=""}',
    ),
    1,
  )
  t.ok(
    ((await metric(sidecar, 'msgraph_sidecar_secret_reads_total{source="env",outcome="success"}')) ?? 0) >= 2,
  )
})

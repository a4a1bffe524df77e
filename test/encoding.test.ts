import t from 'tap'
import { startSandbox } from '../src/sandbox/sandbox.ts'
import { configFor, startSidecar } from './support/sidecar.ts'

const awkward = [
  'a&b',
  'a+b',
  '100%',
  'a%2Bb',
  'k=v',
  'two words',
  'grün',
  'say "x"',
  '&+%= ü"',
  "';--",
  '\\',
  '${x}',
  '#1',
]

for (const tokenEndpoint of ['v2.0', 'v1.0']) {
  for (const secret of awkward) {
    t.test(
      `password and client secret ${JSON.stringify(secret)} arrive exactly at ${tokenEndpoint}`,
      async (t) => {
        const clientId = '99999999-2222-3333-4444-555555555555'
        const sandbox = await startSandbox({
          clients: [{ clientId, name: 'awkward', secret }],
          accounts: [{ username: 'svc+tag@contoso.com', password: secret }],
        })
        t.teardown(() => sandbox.close())
        const config = configFor({ ...sandbox, more: '' })
          .replace('11111111-2222-3333-4444-555555555555', clientId)
          .replace('svc-planner@contoso.com', 'svc+tag@contoso.com')
          .replace('grant: password', `grant: password\n    tokenEndpoint: ${tokenEndpoint}`)
        const sidecar = await startSidecar(t, config, { TEST_CLIENT_SECRET: secret, TEST_PASSWORD: secret })
        const answer = await fetch(`${sidecar.base}/v1.0/me`)
        t.equal(answer.status, 200, await answer.text())
      },
    )
  }
}

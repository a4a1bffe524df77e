import t from 'tap'
import { createTokenFetch } from '../../src/tokens/http.ts'
import { cloud, config, createHarness, minute } from './harness.ts'
import { startStrictEntra } from './strict-server.ts'

const awkward = [
  'a&b',
  'a+b',
  '100%',
  'a%2Bb%26',
  'k=v',
  ' two words ',
  'grün',
  'say "x"',
  'line\nbreak',
  'line\r\nbreak',
  'tab\tand\0nul',
  '&+%= ü"\n',
  "';--\\${x}#1?",
  '密码🔑',
]

for (const tokenEndpoint of ['v2.0', 'v1.0'] as const) {
  for (const secret of awkward) {
    t.test(`${JSON.stringify(secret)} arrives exactly at ${tokenEndpoint}`, async (t) => {
      const entra = await startStrictEntra(t)
      const http = createTokenFetch({ connectTimeout: 5000 })
      t.teardown(() => http.close())
      const { identity, env, clock, attempted } = createHarness({
        fetch: http.fetch,
        cloud: { ...cloud, authority: entra.origin },
        config: { ...config, tokenEndpoint, username: 'svc+tag&x@contoso.com' },
      })
      t.teardown(() => {
        identity.stop()
      })
      env['TEST_PASSWORD'] = secret
      env['TEST_CLIENT_SECRET'] = secret
      t.equal(await identity.token(), 'at')
      clock.advance(30 * minute)
      await attempted(2)
      const [first, second] = entra.requests
      const path = tokenEndpoint === 'v1.0' ? 'oauth2/token' : 'oauth2/v2.0/token'
      t.match(first, {
        path: `/contoso.onmicrosoft.com/${path}`,
        form: {
          grant_type: 'password',
          username: 'svc+tag&x@contoso.com',
          password: secret,
          client_secret: secret,
        },
      })
      t.match(second?.form, { grant_type: 'refresh_token', refresh_token: 'rt', client_secret: secret })
      t.equal(second?.form['password'], undefined)
    })
  }
}

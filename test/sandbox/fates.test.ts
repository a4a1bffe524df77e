import t from 'tap'
import { ask, askV1, start } from './help.ts'

const fates = [
  { name: 'mfa', code: 50076, suberror: 'basic_action', words: /you must use multi-factor authentication/ },
  { name: 'expired', code: 50055, suberror: 'user_password_expired', words: /password is expired/ },
  { name: 'disabled', code: 50057, suberror: undefined, words: /account is disabled/ },
  {
    name: 'noconsent',
    code: 65001,
    suberror: 'consent_required',
    words: /ID '1{8}-.*' named 'Planner sync'/,
  },
]

for (const { name, code, suberror, words } of fates) {
  t.test(`${name}@ is ${code} with the right password, 50126 with a wrong one`, async (t) => {
    const sandbox = await start(t)
    const right = await ask(sandbox, { username: `${name}@contoso.com` })
    t.equal(right.status, 400)
    t.equal(right.body.error, 'invalid_grant')
    t.same(right.body.error_codes, [code])
    t.equal(right.body.suberror, suberror)
    t.match(right.body.error_description, words)

    const wrong = await ask(sandbox, { username: `${name}@contoso.com`, password: 'wrong' })
    t.same(wrong.body.error_codes, [50126])
  })
}

t.test('locked@ is 50053 with any password, wrapped at v1.0', async (t) => {
  const sandbox = await start(t)
  for (const password of ['sandbox-password', 'wrong']) {
    const { status, body } = await ask(sandbox, { username: 'locked@contoso.com', password })
    t.equal(status, 400)
    t.match(body, { error: 'invalid_grant', error_codes: [50053] })
  }
  const { body } = await askV1(sandbox, { username: 'locked@contoso.com' })
  t.same(body.error_codes, [70002, 50053])
})

t.test('flaky@ is 503 once, then fine', async (t) => {
  const sandbox = await start(t)
  const first = await ask(sandbox, { username: 'flaky@contoso.com' })
  t.equal(first.status, 503)
  t.match(first.body, { error: 'temporarily_unavailable', error_codes: [90033] })
  t.equal((await ask(sandbox, { username: 'flaky@contoso.com' })).status, 200)
})

t.test('a fate goes with the name, in any domain and case', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox, { username: 'MFA@fabrikam.com' })
  t.same(body.error_codes, [50076])
})

t.test('a name that only begins like a fate has none', async (t) => {
  const sandbox = await start(t)
  const { body } = await ask(sandbox, { username: 'mfa2@contoso.com' })
  t.same(body.error_codes, [50034])
})

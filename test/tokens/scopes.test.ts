import t from 'tap'
import { userScope } from '../../src/tokens/scopes.ts'

const graph = 'https://graph.microsoft.com'

t.test("a scope without :// gets the cloud's Graph prefix, and offline_access is added", async (t) => {
  t.equal(userScope(['.default'], graph), `${graph}/.default offline_access`)
  t.equal(
    userScope(['User.Read', 'Tasks.ReadWrite'], 'https://graph.microsoft.us'),
    'https://graph.microsoft.us/User.Read https://graph.microsoft.us/Tasks.ReadWrite offline_access',
  )
})

t.test('a scope with :// stays as it is', async (t) => {
  t.equal(
    userScope(['https://graph.microsoft.com/Mail.Read'], 'https://x.example'),
    `${graph}/Mail.Read offline_access`,
  )
})

t.test('OpenID scopes stay as they are, and none is sent twice', async (t) => {
  const scope = userScope(['openid', 'profile', 'email', 'offline_access', 'User.Read', 'User.Read'], graph)
  t.equal(scope, `openid profile email offline_access ${graph}/User.Read`)
})

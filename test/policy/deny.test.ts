import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const denied = '(pathNotAllowed: deny_rule)'

t.test('deny wins over allow, and names its rule', async (t) => {
  const policy = policyOf(['GET /me/**'], [{ rule: 'GET /me/messages/**', name: 'no-mail' }])
  t.equal(verdictOn(policy, 'GET /v1.0/me/events'), 'GET /me/**')
  const verdict = policy.judge('GET', '/v1.0/me/Messages/x')
  t.match(verdict, { allowed: false, error: 'pathNotAllowed', cause: 'deny_rule', rule: 'no-mail' })
})

t.test('deny has methods and versions of its own', async (t) => {
  const policy = policyOf(['ANY /v1.0/**', 'ANY /beta/**'], ['DELETE /groups/{id}'])
  t.equal(verdictOn(policy, 'DELETE /v1.0/groups/x'), denied)
  t.equal(verdictOn(policy, 'GET /v1.0/groups/x'), 'ANY /v1.0/**')
  t.equal(verdictOn(policy, 'DELETE /beta/groups/x'), 'ANY /beta/**')
})

t.test('deny needs one reading only', async (t) => {
  const policy = policyOf(['GET /me/**'], ['GET /me/messages/{id}'])
  for (const path of ['/me/messages%2Fx', '/me/messages;a/x', '/me/messages/x%20', '/me/messages%5Cx']) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), denied, path)
  }
})

t.test('/me and /users/{id} cover each other', async (t) => {
  const me = policyOf(['GET /**'], ['GET /me/messages'])
  t.equal(verdictOn(me, 'GET /v1.0/users/x/messages'), denied)
  t.equal(verdictOn(me, 'GET /v1.0/users/x/events'), 'GET /**')
  const users = policyOf(['GET /**'], ['GET /users/{id}/messages/**'])
  t.equal(verdictOn(users, 'GET /v1.0/me/messages/x'), denied)
  t.equal(verdictOn(users, 'GET /v1.0/me/events'), 'GET /**')
  const all = policyOf(['GET /**'], ['GET /users/**'])
  t.equal(verdictOn(all, 'GET /v1.0/me/events'), denied)
  const one = policyOf(['GET /**'], ['GET /users/ann@contoso.com/messages'])
  t.equal(verdictOn(one, 'GET /v1.0/me/messages'), 'GET /**')
})

t.test('an id in a denial has no case: ann@contoso.com is Ann@contoso.com', async (t) => {
  const policy = policyOf(['GET /users/**'], ['GET /users/Ann@contoso.com'])
  t.equal(verdictOn(policy, 'GET /v1.0/users/aNN@contoso.com'), denied)
})

t.test('{id} in a denial is a key, as everywhere', async (t) => {
  const policy = policyOf(['GET /users/**'], ['GET /users/{id}'])
  t.equal(verdictOn(policy, 'GET /v1.0/users/x'), denied)
  t.equal(verdictOn(policy, 'GET /v1.0/users/$count'), 'GET /users/**')
})

t.test('an encoded "?" or "#" may end the path', async (t) => {
  const policy = policyOf(['GET /me/**'], ['GET /me/messages', 'GET /me/events/{id}'])
  for (const path of [
    'messages%3F',
    'messages%3Fx/y',
    'messages%23x',
    'messages%20%23',
    'messages/%23',
    'events/x%3Fy/z',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/me/${path}`), denied, path)
  }
  t.equal(verdictOn(policy, 'GET /v1.0/me/activities/a%3F12'), 'GET /me/**')
  t.equal(verdictOn(policy, 'GET /v1.0/me/drive/a%23b'), 'GET /me/**')
})

import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const denied = '(pathNotAllowed: no_rule)'

t.test('a literal matches without case, its version too', async (t) => {
  const policy = policyOf(['GET /V1.0/Planner/plans/{id}/$Ref'])
  for (const path of [
    '/v1.0/planner/plans/x/$ref',
    '/V1.0/PLANNER/Plans/x/$REF',
    '/v1.0/pLaNNer/plans/x/$rEf',
  ]) {
    t.equal(verdictOn(policy, `GET ${path}`), 'GET /V1.0/Planner/plans/{id}/$Ref', path)
  }
})

t.test(
  'a literal with other characters than letters, digits, ".", "-", "_" and "$" is an id, and ids have case',
  async (t) => {
    const policy = policyOf(['GET /users/Ann@contoso.com', 'GET /sites/root:', 'GET /users/Bob-1_a.b'])
    t.equal(verdictOn(policy, 'GET /v1.0/USERS/Ann@contoso.com'), 'GET /users/Ann@contoso.com')
    t.equal(verdictOn(policy, 'GET /v1.0/users/ann@contoso.com'), denied)
    t.equal(verdictOn(policy, 'GET /v1.0/sites/root:'), 'GET /sites/root:')
    t.equal(verdictOn(policy, 'GET /v1.0/sites/Root:'), denied)
    t.equal(verdictOn(policy, 'GET /v1.0/users/BOB-1_A.B'), 'GET /users/Bob-1_a.b')
  },
)

t.test('a literal is a whole segment', async (t) => {
  const policy = policyOf(['GET /me/messages'])
  for (const path of [
    '/v1.0/me/message',
    '/v1.0/me/messages2',
    '/v1.0/me',
    '/v1.0/me/messages/x',
    '/v1.0/messages',
  ]) {
    t.equal(verdictOn(policy, `GET ${path}`), denied, path)
  }
})

t.test('a slash at the end or twice in a rule means nothing', async (t) => {
  const policy = policyOf(['GET //me//messages/'])
  t.equal(verdictOn(policy, 'GET /v1.0/me/messages'), 'GET //me//messages/')
})

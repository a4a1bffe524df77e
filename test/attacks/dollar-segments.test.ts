import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

t.test('a bare $-segment never matches {id}, in any spelling', async (t) => {
  const policy = policyOf(['ANY /users/{id}', 'ANY /groups/{id}/members/{id}'])
  for (const path of [
    'users/$count',
    'users/%24count',
    'users/$COUNT',
    'users/$ref',
    'users/$value',
    'users/$',
    'users/%20$count',
    'users/$count;x',
    'users/x;/../$count',
    'groups/x/members/$ref',
    'groups/$count/members/x',
  ]) {
    t.notOk(policy.judge('GET', `/v1.0/${path}`).allowed, path)
  }
})

t.test('$query, $crossjoin, $all, and $entity at the root, are never forwarded', async (t) => {
  const policy = policyOf(['ANY /**', 'ANY /users/$query', 'ANY /$all', 'ANY /$entity'])
  for (const path of [
    'users/$query',
    'users/%24QUERY',
    'users/$query%20',
    'users/$query;x',
    'x%2F$query',
    '$all',
    '$crossjoin(users,groups)',
    '$crossjoin',
    '$entity',
    '%24Entity',
    ';x/$entity',
    '$entity;x',
    '$entity%3Fx',
  ]) {
    t.equal(verdictOn(policy, `POST /v1.0/${path}`), '(pathNotAllowed: unsupported_path)', path)
  }
})

t.test('$entity below the root is a documented path', async (t) => {
  const rule = 'POST /education/classes/{id}/assignmentCategories/$entity'
  t.equal(verdictOn(policyOf([rule]), 'POST /v1.0/education/classes/x/assignmentCategories/$entity'), rule)
})

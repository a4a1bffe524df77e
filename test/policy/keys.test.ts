import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const denied = '(pathNotAllowed: no_rule)'
const policy = policyOf(['GET /users/{id}', 'GET /chats/{chat-id}/members/{id | userPrincipalName}'])

t.test('{name} is one segment, whatever stands between the braces', async (t) => {
  for (const key of [
    'x',
    'ann@contoso.com',
    '19:4a95@thread.tacv2',
    'AAMkAD=',
    'a!b',
    '-',
    '{id}',
    'caf%C3%A9',
    'a+b',
    '0',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/users/${key}`), 'GET /users/{id}', key)
  }
  t.equal(
    verdictOn(policy, 'GET /v1.0/chats/19:a@thread.v2/members/ann@contoso.com'),
    'GET /chats/{chat-id}/members/{id | userPrincipalName}',
  )
  t.equal(verdictOn(policy, 'GET /v1.0/users'), denied)
  t.equal(verdictOn(policy, 'GET /v1.0/users/'), denied)
  t.equal(verdictOn(policy, 'GET /v1.0/users/x/messages'), denied)
})

t.test('{name} is never an operation of the collection', async (t) => {
  for (const name of [
    'delta',
    'Delta',
    'DELTA',
    '%64elta',
    'delta%20',
    '%20delta',
    'getByIds',
    'count',
    'validateProperties',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/users/${name}`), denied, name)
  }
})

t.test('{name} is never a system segment, a cast, an address by path or a call', async (t) => {
  for (const name of [
    '$count',
    '%24count',
    '%20$count',
    '$COUNT',
    '$ann@contoso.com',
    'microsoft.graph.delta',
    'Microsoft.Graph.user',
    'microsoft%2Egraph.user',
    'root:',
    'root%3A',
    'root:%20',
    'delta()',
    "x('y')",
    "('y')",
    "o'brien",
    'x%28y%29',
    'o%27brien',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/users/${name}`), denied, name)
  }
})

t.test('an operation is allowed by its name', async (t) => {
  const policy = policyOf(['GET /users/{id}', 'GET /users/delta', 'GET /users/$count'])
  t.equal(verdictOn(policy, 'GET /v1.0/users/Delta'), 'GET /users/delta')
  t.equal(verdictOn(policy, 'GET /v1.0/users/$count'), 'GET /users/$count')
})

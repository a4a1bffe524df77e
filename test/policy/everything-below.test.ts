import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const denied = '(pathNotAllowed: no_rule)'

t.test('** is any depth, itself included', async (t) => {
  const policy = policyOf(['GET /planner/**'])
  for (const path of [
    '/planner',
    '/planner/',
    '/planner/plans',
    '/planner/plans/x/details',
    '/planner/$count',
    '/planner/x/delta()',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), 'GET /planner/**', path)
  }
  for (const path of ['/plannerx', '/plan', '/x/planner', '/']) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), denied, path)
  }
})

t.test('** stands after a key too, and a slash after it means nothing', async (t) => {
  const policy = policyOf(['GET /users/{id}/**/'])
  t.equal(verdictOn(policy, 'GET /v1.0/users/x'), 'GET /users/{id}/**/')
  t.equal(verdictOn(policy, 'GET /v1.0/users/x/messages/y'), 'GET /users/{id}/**/')
  t.equal(verdictOn(policy, 'GET /v1.0/users/delta/messages'), denied)
})

t.test('/v1.0/** is all of v1.0, its root too, and nothing of beta', async (t) => {
  const policy = policyOf(['GET /v1.0/**', 'GET /beta/me'])
  t.equal(verdictOn(policy, 'GET /v1.0/'), 'GET /v1.0/**')
  t.equal(verdictOn(policy, 'GET /v1.0/any/thing'), 'GET /v1.0/**')
  t.equal(verdictOn(policy, 'GET /beta/any/thing'), denied)
})

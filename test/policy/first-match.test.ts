import t from 'tap'
import { policyOf } from './help.ts'

t.test('no rule, no request', async (t) => {
  t.match(policyOf([]).judge('GET', '/v1.0/me'), {
    allowed: false,
    error: 'pathNotAllowed',
    cause: 'no_rule',
  })
})

t.test('the first matching rule in file order names rule and identity', async (t) => {
  const policy = policyOf([
    { rule: 'GET /users/{id}', as: 'directory', name: 'read-user' },
    'GET /users/**',
    { rule: 'POST /users/**', as: 'writer' },
  ])
  t.match(policy.judge('GET', '/v1.0/users/x'), { allowed: true, rule: 'read-user', identity: 'directory' })
  t.match(policy.judge('GET', '/v1.0/users'), { allowed: true, rule: 'GET /users/**', identity: 'default' })
  t.match(policy.judge('POST', '/v1.0/users'), { allowed: true, rule: 'POST /users/**', identity: 'writer' })
  t.same(policy.identities, ['directory', 'default', 'writer'])
})

t.test('each reading needs a rule', async (t) => {
  const policy = policyOf(['GET /users/{id}'])
  const verdict = policy.judge('GET', '/v1.0/users/a%2Fb')
  t.match(verdict, { allowed: false, cause: 'no_rule' })
  t.match(verdict.reason, 'GET /v1.0/users/a/b')
  t.same(verdict.readings, ['GET /v1.0/users/a%2Fb', 'GET /v1.0/users/a/b'])

  const both = policyOf(['GET /users/{id}', { rule: 'GET /users/{id}/{part}', name: 'second' }])
  t.match(both.judge('GET', '/v1.0/users/a%2Fb'), { allowed: true, rule: 'GET /users/{id}' })
})

t.test('readings of two identities are denied', async (t) => {
  const policy = policyOf(['GET /users/{id}', { rule: 'GET /users/{id}/{part}', as: 'other' }])
  t.match(policy.judge('GET', '/v1.0/users/a%2Fb'), {
    allowed: false,
    error: 'pathNotAllowed',
    cause: 'mixed_identities',
  })
})

t.test('a verdict shows how the request was read, without its query', async (t) => {
  const verdict = policyOf(['GET /me/**']).judge('GET', '/V1.0//me/caf%C3%A9/?$top=1')
  t.same(verdict.readings, ['GET /v1.0/me/caf%C3%A9'])
})

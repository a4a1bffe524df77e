import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

t.test('a rule without a version means v1.0', async (t) => {
  const policy = policyOf(['GET /me', 'GET /beta/groups'])
  t.equal(verdictOn(policy, 'GET /v1.0/me'), 'GET /me')
  t.equal(verdictOn(policy, 'GET /beta/me'), '(pathNotAllowed: no_rule)')
  t.equal(verdictOn(policy, 'GET /Beta/groups'), 'GET /beta/groups')
  t.equal(verdictOn(policy, 'GET /v1.0/groups'), '(pathNotAllowed: no_rule)')
})

t.test('beta is served once an allow rule names it', async (t) => {
  t.equal(verdictOn(policyOf(['GET /**']), 'GET /beta/me'), '(notFound: not_served)')
  t.equal(verdictOn(policyOf(['GET /**'], ['GET /beta/me']), 'GET /beta/me'), '(notFound: not_served)')
})

t.test('nothing else is served', async (t) => {
  const policy = policyOf(['ANY /v1.0/**', 'ANY /beta/**'])
  for (const target of [
    '/',
    '/v1.0',
    '/v1.0?x',
    '/beta',
    '/v2.0/me',
    '/v1/me',
    '/v1.00/me',
    '/v1x0/me',
    '/me',
    '/metrics',
    '/%761.0/me',
    '/v1.0;x/me',
    '/v1.0%20/me',
    '/v1%2E0/me',
  ]) {
    t.equal(verdictOn(policy, `GET ${target}`), '(notFound: not_served)', target)
  }
})

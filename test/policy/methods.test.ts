import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const forwarded = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const allowedBy = (rule: string) =>
  forwarded.filter((method) => policyOf([rule]).judge(method, '/v1.0/me').allowed).join(' ')

t.test('a rule allows the methods that it names, and GET brings HEAD', async (t) => {
  for (const [rule, methods] of [
    ['GET /me', 'GET HEAD'],
    ['HEAD /me', 'HEAD'],
    ['POST /me', 'POST'],
    ['PATCH,DELETE /me', 'PATCH DELETE'],
    ['GET,POST /me', 'GET HEAD POST'],
    ['GET , POST,  PUT   /me', 'GET HEAD POST PUT'],
    ['ANY /me', 'GET HEAD POST PUT PATCH DELETE'],
  ] as const) {
    t.equal(allowedBy(rule), methods, rule)
  }
})

t.test('a denied GET takes HEAD with it', async (t) => {
  const policy = policyOf(['ANY /me/**'], ['GET /me/messages'])
  t.equal(verdictOn(policy, 'HEAD /v1.0/me/messages'), '(pathNotAllowed: deny_rule)')
  t.equal(verdictOn(policy, 'POST /v1.0/me/messages'), 'ANY /me/**')
})

t.test('no other method is ever forwarded, whatever the rules say', async (t) => {
  const policy = policyOf(['ANY /**'])
  for (const method of [
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'TRACK',
    'COPY',
    'MOVE',
    'get',
    'Get',
    'GET ',
    'ANY',
    '',
  ]) {
    t.match(
      policy.judge(method, '/v1.0/me'),
      { allowed: false, error: 'pathNotAllowed', cause: 'method' },
      method,
    )
  }
})

import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2021-29492, CVE-2026-33808: path parameters are cut off by some servers.

t.test('a denied path stays denied with parameters in it', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /me/messages'])
  for (const path of [
    'me/messages;x',
    'me/messages;',
    'me;x/messages',
    'me/messages%3Bx',
    'me/messages;a;b',
    'me;/messages;',
    'me/messages;/',
    'me/;/messages',
    'me/;x/messages',
    'me/messages%20;x',
    'me/messages;%2Fx',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: deny_rule)', path)
  }
})

t.test('an allowed key does not carry parameters to an operation', async (t) => {
  const policy = policyOf(['GET /users/{id}'])
  for (const path of ['users/delta;x', 'users/$count;x', 'users/;x', 'users/delta%3B']) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: no_rule)', path)
  }
  t.equal(verdictOn(policy, 'GET /v1.0/users/a;b'), 'GET /users/{id}')
})

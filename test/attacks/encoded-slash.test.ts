import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2026-14198, CVE-2025-66490: "%2F" hides a path from the check, or a check from the path.

t.test('a key with an encoded slash is not let through to what lies below', async (t) => {
  const policy = policyOf(['GET /users/{id}'])
  for (const path of [
    'users/x%2Fmessages',
    'users/x%2fmessages',
    'users/x%5Cmessages',
    'users%2Fx%2Fmessages',
    'users/x%2F%2Fmessages',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: no_rule)', path)
  }
})

t.test('an encoded slash does not make two segments where one is allowed only as two', async (t) => {
  const policy = policyOf(['GET /users/{id}/messages'])
  for (const path of [
    'users%2Fx/messages',
    'users/x%2Fmessages',
    'users%2Fx%2Fmessages',
    'users/a%2Fb/messages',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: no_rule)', path)
  }
})

t.test('a denied path stays denied with any of its slashes encoded', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /users/{id}/messages/**'])
  for (const path of [
    'users%2Fx/messages',
    'users/x%2Fmessages',
    'users%2Fx%2Fmessages%2Fy',
    'users/x%5Cmessages',
    'users/x/messages%2F',
    'users/x/%2Fmessages',
    'users/a%2Fmessages%2Fb',
    'users/x%2F%5C%2Fmessages',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: deny_rule)', path)
  }
})

import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2022-23551: a backslash is a slash to some servers and part of a name to others.

const policy = policyOf(['GET /**'], ['GET /me/messages/**'])

t.test('a raw backslash in the path is refused', async (t) => {
  for (const target of [
    '/v1.0/me\\messages',
    '/v1.0\\me',
    '/\\evil.com/v1.0/me',
    '/v1.0/me/..\\x',
    '/v1.0/me/\\',
    '/v1.0/..\\;/',
  ]) {
    t.equal(verdictOn(policy, `GET ${target}`), '(badPath: backslash)', target)
  }
})

t.test('an encoded one has two readings', async (t) => {
  t.equal(verdictOn(policy, 'GET /v1.0/me%5Cmessages'), '(pathNotAllowed: deny_rule)')
  t.equal(verdictOn(policy, 'GET /v1.0/me%5cmessages%5cx'), '(pathNotAllowed: deny_rule)')
  t.equal(verdictOn(policy, 'GET /v1.0/me/a%5Cb'), 'GET /**')
})

t.test('one in the query is bytes', async (t) => {
  t.equal(verdictOn(policy, 'GET /v1.0/me?$search="a\\b"'), 'GET /**')
})

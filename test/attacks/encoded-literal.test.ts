import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2026-22031: "/%61dmin" is "/admin" to the server behind.

const policy = policyOf(['GET /**'], ['GET /me/messages'])

t.test('a denied path stays denied with its letters encoded', async (t) => {
  for (const path of ['%6de/messages', 'me/%6Dessages', 'me/%4DESSAGES', '%6d%65/%6d%65%73%73%61%67%65%73']) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: deny_rule)', path)
  }
})

t.test('escapes are decoded once only, so that what was encoded twice is a name', async (t) => {
  t.equal(verdictOn(policyOf(['GET /me']), 'GET /v1.0/%256de'), '(pathNotAllowed: no_rule)')
  t.equal(verdictOn(policyOf(['GET /users/{id}']), 'GET /v1.0/users/a%252Fb'), 'GET /users/{id}')
})

t.test('bad escapes and bytes that are not UTF-8 are refused', async (t) => {
  for (const path of [
    'me%',
    'me/%2',
    'me/%zz',
    'me/%u002f',
    'me/%%36d',
    '%-1',
    'me?%=1',
    'me?%zz',
    'me?a=1&%f=2',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(badPath: bad_escape)', path)
  }
  for (const path of [
    'me/%ff',
    'me/%C0%AFmessages',
    'me/%E0%80%AF',
    'me/%ED%A0%80',
    'me/%C3',
    'me/%F4%90%80%80',
    '..%ff',
    'me?%ff=1',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(badPath: bad_utf8)', path)
  }
})

import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2026-33808: "//admin" is "/admin" to the server behind; "//host/" is another host to a URL parser.

const policy = policyOf(['GET /**'], ['GET /me/messages'])

t.test('a denied path stays denied with slashes doubled', async (t) => {
  for (const path of [
    '//me/messages',
    '/me//messages',
    '///me///messages///',
    '/me/messages//',
    '/me/%2F/messages',
    '/%2F%2Fme/messages',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), '(pathNotAllowed: deny_rule)', path)
  }
})

t.test('a target that starts with two slashes is never forwarded', async (t) => {
  for (const target of ['//evil.com/v1.0/me', '//v1.0/me', '///v1.0/me', '/%2Fv1.0/me', '//']) {
    t.equal(verdictOn(policy, `GET ${target}`), '(notFound: not_served)', target)
  }
})

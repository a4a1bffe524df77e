import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// Letters that fold to ASCII in one library and not in another.

const policy = policyOf(['GET /tasks/{id}', 'GET /me/{id}'])

t.test('raw characters beyond ASCII are refused', async (t) => {
  for (const target of [
    '/v1.0/me/é',
    '/v1.0/me?q=é',
    '/v1.0/me/\u00ff',
    '/v1.0/\u{1F600}',
    '/v1.0／me',
    '/v1.0/\u017f',
  ]) {
    t.equal(verdictOn(policy, `GET ${target}`), '(badPath: non_ascii)', target)
  }
})

t.test('the Kelvin sign is no "k", the long s no "s", the full-width slash no slash', async (t) => {
  for (const path of ['tas%E2%84%AAs/x', 'ta%C5%BFks/x', 'tasks%EF%BC%8Fx', '%EF%BD%8De/x']) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(pathNotAllowed: no_rule)', path)
  }
})

t.test('encoded characters beyond ASCII are part of a key', async (t) => {
  for (const key of ['caf%C3%A9', '%F0%9F%98%80', '%EF%BC%8E%EF%BC%8E', '%E2%84%AA']) {
    t.equal(verdictOn(policy, `GET /v1.0/me/${key}`), 'GET /me/{id}', key)
  }
})

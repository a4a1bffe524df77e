import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// RFC 9112, section 3.2: a target may name a host of its own. undici advisories: it then becomes the host.

const policy = policyOf(['ANY /**'])

t.test('a target that is not a path is refused', async (t) => {
  for (const target of [
    'http://evil.com/v1.0/me',
    'https://graph.microsoft.com/v1.0/me',
    'evil.com:443',
    '*',
    '',
    'v1.0/me',
    '?x',
    '@evil.com/v1.0/me',
  ]) {
    t.match(policy.judge('GET', target), { error: 'badPath', cause: 'absolute_form' }, target)
  }
})

t.test('a URL inside the path is refused in every spelling', async (t) => {
  for (const path of [
    'http://evil.com/v1.0/me',
    'https:/evil.com',
    'HTTP://evil.com',
    'me/http:/x',
    'http%3A%2F%2Fevil.com',
    'http:%2F%2Fevil.com',
    '%68ttp:/x',
    'x%2Fhttps:/y',
    'http:;/x',
    'http:%20/x',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(badPath: absolute_form)', path)
  }
})

t.test('a colon elsewhere is part of a name', async (t) => {
  for (const path of [
    'chats/19:a@thread.v2',
    'me/drive/root:/a.txt:/content',
    'x?u=http://y',
    'http',
    'xhttp:',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), 'ANY /**', path)
  }
})

import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// fastify-http-proxy#132, CVE-2026-40912, CVE-2026-48020: ".." climbs out of what was checked.

const policy = policyOf(['ANY /v1.0/**', 'ANY /beta/**'])

t.test('a segment that reads as "." or ".." is refused in every spelling', async (t) => {
  for (const path of [
    '..',
    '.',
    'me/..',
    'me/../users',
    'me/./users',
    '%2e',
    '%2e%2E',
    '.%2e',
    '%2e.',
    '%2e%2e/beta/me',
    '..%2Fbeta',
    '..%2f..%2fbeta',
    'x%2F..',
    'x%2F..%2Fy',
    '..%5Cbeta',
    'x%5c..%5cy',
    '..;x',
    '..;',
    '.;/x',
    '..%3Bx',
    '..;%2Fx',
    'x%2F..;y',
    '%20..',
    '..%20',
    '%20.%20/x',
    '..%20;x',
    '..%C2%A0',
    '..%23x',
    '..%3Fx',
    '//..//',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), '(badPath: dot_segment)', path)
  }
})

t.test('they are refused before the version, too', async (t) => {
  for (const target of [
    '/../v1.0/me',
    '/./v1.0/me',
    '/x/../v1.0/me',
    '/v1.0%2F..%2Fbeta/me',
    '/..;/v1.0/me',
  ]) {
    t.equal(verdictOn(policy, `GET ${target}`), '(badPath: dot_segment)', target)
  }
})

t.test('dots elsewhere are names', async (t) => {
  for (const path of ['...', 'a..b', '..a', 'a.', '.a', 'v1.0', 'x?a=..', 'x?../y', '%252e%252e', 'a;..']) {
    t.equal(verdictOn(policy, `GET /v1.0/${path}`), 'ANY /v1.0/**', path)
  }
})

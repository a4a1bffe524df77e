import t from 'tap'
import { classifyFailure } from '../../src/tokens/network-errors.ts'

const coded = (code: unknown) => Object.assign(new Error('secret words'), { code })
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })

for (const [code, meaning] of [
  ['ECONNREFUSED', /refused/],
  ['ENOTFOUND', /host name cannot be resolved/],
  ['EAI_AGAIN', /host name cannot be resolved/],
  ['ENETUNREACH', /no route/],
  ['ECONNRESET', /was cut/],
  ['UND_ERR_SOCKET', /was cut/],
  ['UND_ERR_CONNECT_TIMEOUT', /did not answer in time/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate is not trusted/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /certificate is not trusted/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate is not trusted/],
  ['CERT_HAS_EXPIRED', /certificate is not trusted/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /certificate is not trusted/],
  ['EPROTO', /no TLS connection/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', /no TLS connection/],
  ['EMADEUP', /failed/],
] as const) {
  t.test(`${code} inside "fetch failed" is transient, with words of our own`, async (t) => {
    const verdict = classifyFailure(fetchFailed(coded(code)))
    t.equal(verdict.class, 'R')
    t.equal(verdict.code, code)
    t.match(verdict.meaning, meaning)
    t.not(verdict.remedy, '')
    t.notMatch(JSON.stringify(verdict), /secret words/)
  })
}

t.test('an untrusted certificate names what helps', async (t) => {
  t.match(classifyFailure(fetchFailed(coded('SELF_SIGNED_CERT_IN_CHAIN'))).remedy, /NODE_EXTRA_CA_CERTS/)
})

t.test('of several addresses the first one counts', async (t) => {
  const attempts = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])
  t.equal(classifyFailure(fetchFailed(attempts)).code, 'ECONNREFUSED')
})

t.test('a deadline is called timeout', async (t) => {
  t.equal(classifyFailure(new DOMException('x', 'TimeoutError')).code, 'timeout')
})

t.test('what has no code that is one is a network error', async (t) => {
  for (const error of [
    new Error('x'),
    coded(23),
    coded('not a code'),
    'text',
    undefined,
    new AggregateError([]),
  ]) {
    t.equal(classifyFailure(error).code, 'network_error')
  }
})

t.test('a cause that leads back to itself has an end', async (t) => {
  const error = new Error('x')
  error.cause = error
  t.equal(classifyFailure(error).code, 'network_error')
})

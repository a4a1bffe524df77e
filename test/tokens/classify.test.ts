import t from 'tap'
import { classify } from '../../src/tokens/classify.ts'
import type { EntraAnswer } from '../../src/tokens/classify.ts'

type Case = Partial<EntraAnswer> & { readonly body: unknown }

function verdictOf({ status = 400, body, request = 'password' }: Case): string {
  const { class: kind, code } = classify({ status, body, request })
  return `${kind} ${code}`
}

const coded = (code: number, more: object = {}) => ({
  error: 'invalid_grant',
  error_description: `AADSTS${code}: words. Trace ID: 12345678`,
  error_codes: [code],
  ...more,
})

for (const [code, kind] of [
  [50126, 'P'],
  [50034, 'P'],
  [50053, 'P-hold'],
  [7000215, 'C'],
  [65001, 'C'],
  [50076, 'I'],
  [53003, 'I'],
  [90033, 'R'],
  [90055, 'R-long'],
  [80001, 'R-limited'],
] as const) {
  t.test(`AADSTS${code} on a password request is class ${kind}`, async (t) => {
    t.equal(verdictOf({ body: coded(code) }), `${kind} AADSTS${code}`)
  })
}

t.test('the words come from the table, not from Entra', async (t) => {
  t.same(classify({ status: 400, body: coded(50126), request: 'password' }), {
    class: 'P',
    code: 'AADSTS50126',
    meaning: 'wrong username or password, or a federated user',
    remedy: 'check the stored password; federated users need password hash sync or device_code',
  })
})

t.test('v1.0 wraps codes in 70002 and 50012, and the inner one counts', async (t) => {
  const wrapped = (inner: number) => ({
    error: 'invalid_grant',
    error_description: `AADSTS70002: Error validating credentials. AADSTS${inner}: Words.`,
    error_codes: [70002, inner],
  })
  t.equal(verdictOf({ body: wrapped(50126) }), 'P AADSTS50126')
  t.equal(verdictOf({ body: wrapped(50053) }), 'P-hold AADSTS50053')
  t.equal(verdictOf({ body: wrapped(50012) }), 'C AADSTS50012', 'two wrappers')
  t.equal(
    verdictOf({ body: { ...wrapped(50126), error_codes: [50126, 70002] } }),
    'P AADSTS50126',
    'in any order',
  )
  t.equal(
    verdictOf({ body: { ...wrapped(50126), error_codes: undefined } }),
    'P AADSTS50126',
    'description alone',
  )
  t.equal(
    verdictOf({ body: coded(0, { error_description: '', error_codes: [70002, 50126] }) }),
    'P AADSTS50126',
  )
  t.equal(verdictOf({ body: coded(0, { error_description: '', error_codes: ['50126'] }) }), 'P AADSTS50126')
})

t.test('a wrapper that is alone is a client credential rejected', async (t) => {
  t.equal(verdictOf({ status: 401, body: coded(70002, { error: 'invalid_client' }) }), 'C AADSTS70002')
  t.equal(verdictOf({ status: 401, body: coded(50012, { error: 'invalid_client' }) }), 'C AADSTS50012')
})

t.test('a known code counts before an unknown one', async (t) => {
  const body = coded(50126, { error_description: 'AADSTS50126: words AADSTS999999: words' })
  t.equal(verdictOf({ body }), 'P AADSTS50126')
})

t.test('an unknown code with invalid_grant judges what was sent', async (t) => {
  const body = coded(999999)
  t.equal(verdictOf({ body, request: 'password' }), 'P AADSTS999999')
  t.equal(verdictOf({ body, request: 'refresh_token' }), 'L AADSTS999999')
  t.equal(verdictOf({ body: { error: 'invalid_grant' } }), 'P invalid_grant')
  t.equal(verdictOf({ body: coded(70002, { error_codes: [70002, 999999] }) }), 'P AADSTS999999', 'wrapped')
})

t.test('another 4xx is a matter of configuration', async (t) => {
  t.equal(verdictOf({ status: 401, body: { error: 'invalid_client' } }), 'C invalid_client')
  t.equal(verdictOf({ body: coded(999999, { error: 'invalid_request' }) }), 'C AADSTS999999')
  t.equal(
    verdictOf({ body: { error: 'made_up_by_someone' } }),
    'C http_400',
    'no label for whatever a server writes',
  )
})

t.test('429 and 5xx are transient, whatever the OAuth error', async (t) => {
  t.equal(verdictOf({ status: 429, body: { error: 'invalid_grant' } }), 'R invalid_grant')
  t.equal(verdictOf({ status: 500, body: coded(999999) }), 'R AADSTS999999')
  t.equal(verdictOf({ status: 503, body: 'unavailable' }), 'R http_503')
  t.equal(verdictOf({ status: 400, body: { error: 'temporarily_unavailable' } }), 'R temporarily_unavailable')
})

t.test('a password judged wrong stays judged, even with status 500', async (t) => {
  t.equal(verdictOf({ status: 500, body: coded(50126) }), 'P AADSTS50126')
})

t.test('what is not an OAuth error judges no credentials', async (t) => {
  for (const body of [
    undefined,
    '<html>',
    null,
    [],
    {},
    'x',
    { error: { code: 'x' } },
    { error: 'Forbidden' },
    { error: 7 },
  ]) {
    for (const status of [400, 401, 403, 407, 404]) {
      t.equal(verdictOf({ status, body }), `R http_${status}`)
    }
  }
})

t.test('a 200 without a token and a redirect are garbled', async (t) => {
  t.equal(verdictOf({ status: 200, body: undefined }), 'R http_200')
  t.equal(verdictOf({ status: 200, body: coded(50126) }), 'R http_200')
  t.equal(verdictOf({ status: 302, body: coded(50126) }), 'R http_302')
})

t.test('a claims value is a challenge for a person', async (t) => {
  const claims = '{"access_token":{"capolids":{"essential":true}}}'
  t.equal(verdictOf({ body: { error: 'invalid_grant', claims } }), 'I invalid_grant')
  t.equal(verdictOf({ body: coded(999999, { claims }) }), 'I AADSTS999999')
  t.equal(verdictOf({ body: coded(65001, { claims, error: 'interaction_required' }) }), 'I AADSTS65001')
  t.equal(verdictOf({ body: coded(50076, { claims }) }), 'I AADSTS50076')
  t.equal(
    verdictOf({ body: { error: 'invalid_grant', claims: '' } }),
    'P invalid_grant',
    'an empty one is none',
  )
  t.equal(verdictOf({ body: { error: 'invalid_request', claims } }), 'C invalid_request')
})

t.test('claims do not unsay a judgement on the password or the refresh token', async (t) => {
  t.equal(verdictOf({ body: coded(50126, { claims: '{}' }) }), 'P AADSTS50126')
  t.equal(verdictOf({ body: coded(50053, { claims: '{}' }) }), 'P-hold AADSTS50053')
  t.equal(verdictOf({ body: coded(70043, { claims: '{}' }), request: 'refresh_token' }), 'L AADSTS70043')
})

t.test('error and suberror decide where no code is known', async (t) => {
  t.equal(verdictOf({ body: { error: 'interaction_required' } }), 'I interaction_required')
  const { class: kind, suberror } = classify({
    status: 400,
    body: { error: 'invalid_grant', suberror: 'basic_action' },
    request: 'password',
  })
  t.equal(kind, 'I')
  t.equal(suberror, 'basic_action')
  t.equal(verdictOf({ body: { error: 'invalid_grant', suberror: 'consent_required' } }), 'C invalid_grant')
  t.equal(verdictOf({ body: { error: 'invalid_grant', suberror: 'unheard_of' } }), 'P invalid_grant')
  t.equal(verdictOf({ body: { error: 'invalid_grant', suberror: 'constructor' } }), 'P invalid_grant')
})

t.test('a refresh token refused is class L; said of a password it is the configuration', async (t) => {
  t.equal(verdictOf({ body: coded(70008), request: 'refresh_token' }), 'L AADSTS70008')
  t.equal(verdictOf({ body: coded(70008), request: 'password' }), 'C AADSTS70008')
})

t.test('what belongs to device code is the configuration here', async (t) => {
  t.equal(verdictOf({ body: coded(70016) }), 'C AADSTS70016')
  t.equal(verdictOf({ body: coded(70018) }), 'C AADSTS70018')
})

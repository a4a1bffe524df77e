import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// CVE-2019-9900 and the URL parsers that delete tabs and line ends from inside a segment.

const policy = policyOf(['GET /**'])

t.test('every control character is refused, raw or encoded', async (t) => {
  const codes = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, i) => 0x80 + i)]
  for (const code of codes) {
    const character = String.fromCharCode(code)
    const encoded = encodeURIComponent(character)
    t.equal(verdictOn(policy, `GET /v1.0/me${character}`), '(badPath: control_character)', `raw ${encoded}`)
    t.equal(verdictOn(policy, `GET /v1.0/m${encoded}e`), '(badPath: control_character)', encoded)
    t.equal(
      verdictOn(policy, `GET /v1.0/me?${encoded}x=1`),
      '(badPath: control_character)',
      `name ${encoded}`,
    )
  }
})

t.test('a raw space is refused, in the query too', async (t) => {
  t.equal(verdictOn(policy, 'GET /v1.0/me /x'), '(badPath: space)')
  t.equal(verdictOn(policy, 'GET /v1.0/me?$filter=a eq 1'), '(badPath: space)')
})

t.test('a raw "#" is refused wherever it stands', async (t) => {
  for (const target of ['/v1.0/me#', '/v1.0/#/me', '/v1.0/me?a=#', '#', '/#/v1.0/me']) {
    const expected = target.startsWith('/') ? '(badPath: fragment)' : '(badPath: absolute_form)'
    t.equal(verdictOn(policy, `GET ${target}`), expected, target)
  }
})

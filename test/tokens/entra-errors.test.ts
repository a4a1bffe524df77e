import t from 'tap'
import { entraErrors, wrappers } from '../../src/tokens/entra-errors.ts'

t.test('every row has a code, words and a remedy that read inside one sentence', async (t) => {
  t.ok(Object.keys(entraErrors).length > 90)
  for (const [code, [, meaning, remedy]] of Object.entries(entraErrors)) {
    t.match(code, /^\d{5,7}$/)
    t.match(meaning, /^[a-z].*[^.\s]$/, `meaning of ${code}`)
    t.match(remedy, /^[a-z].*[^.\s]$/, `remedy of ${code}`)
  }
})

t.test('a wrapper is in the table too, for when it is alone', async (t) => {
  for (const code of wrappers) t.equal(entraErrors[code]?.[0], 'C')
})

t.test('what judges a password is what Entra counts towards a lockout, or would', async (t) => {
  const judged = Object.keys(entraErrors).filter((code) => entraErrors[code]?.[0] === 'P')
  t.same(judged, ['50034', '50055', '50056', '50057', '50064', '50126', '50135', '50144', '80007', '80012'])
})

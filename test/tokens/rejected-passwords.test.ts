import { inspect } from 'node:util'
import t from 'tap'
import type { Classification } from '../../src/tokens/classify.ts'
import { createRejectedPasswords } from '../../src/tokens/rejected-passwords.ts'

const signIn = {
  authority: 'https://login.example',
  tenant: 'contoso.com',
  clientId: 'client',
  username: 'svc@contoso.com',
  password: 'hunter2',
}
const verdict: Classification = { class: 'P', code: 'AADSTS50126', meaning: 'wrong', remedy: 'check' }

t.test('a sign-in that was rejected is recalled with its verdict', async (t) => {
  const rejected = createRejectedPasswords()
  t.equal(rejected.recall(signIn), undefined)
  rejected.remember(signIn, verdict)
  t.equal(rejected.recall({ ...signIn }), verdict)
})

t.test('the same password is another sign-in with another user, client, tenant or authority', async (t) => {
  const rejected = createRejectedPasswords()
  rejected.remember(signIn, verdict)
  for (const other of [
    { password: 'Hunter2' },
    { username: 'other@contoso.com' },
    { clientId: 'other' },
    { tenant: 'fabrikam.com' },
    { authority: 'https://login.other' },
    { clientId: 'clientsvc@contoso.com', username: '' },
  ]) {
    t.equal(rejected.recall({ ...signIn, ...other }), undefined, JSON.stringify(other))
  }
})

t.test('names have no case, as for Entra', async (t) => {
  const rejected = createRejectedPasswords()
  rejected.remember(signIn, verdict)
  t.equal(rejected.recall({ ...signIn, username: 'SVC@Contoso.com', tenant: 'CONTOSO.com' }), verdict)
})

t.test('the password is not in it', async (t) => {
  const rejected = createRejectedPasswords()
  rejected.remember(signIn, verdict)
  t.notMatch(inspect(rejected, { depth: Infinity, showHidden: true }), /hunter2/)
})

import t from 'tap'
import { createHealth } from '../../src/admin/health.ts'
import type { IdentityStatus } from '../../src/tokens/identity.ts'

const fresh: IdentityStatus = { state: 'fresh', canServe: true, answered: true, expiresAt: 3_600_000 }
const empty: IdentityStatus = { state: 'empty', canServe: false, answered: false }
const blocked: IdentityStatus = {
  state: 'blocked',
  canServe: false,
  answered: true,
  code: 'AADSTS50126',
  meaning: 'wrong username or password',
  remedy: 'check the stored password',
}

function health(statuses: Record<string, IdentityStatus>, { stopping = false, now = 0 } = {}) {
  const clock = { now: 0 }
  const identities = new Map(
    Object.entries(statuses).map(([name, status]) => [name, { status: () => status }]),
  )
  const health = createHealth({ identities, isStopping: () => stopping, now: () => clock.now })
  clock.now = now
  return health
}

t.test('alive while it can answer at all', async (t) => {
  t.equal(health({ default: blocked }, { stopping: true }).live().status, 200)
})

t.test('started once every identity has an answer: a token or a rejection', async (t) => {
  t.equal(health({ default: fresh, other: blocked }).started().status, 200)
  t.equal(health({ default: fresh, other: empty }).started().status, 503)
})

t.test('started after 20 s whatever Entra does', async (t) => {
  t.equal(health({ default: empty }, { now: 19_999 }).started().status, 503)
  t.equal(health({ default: empty }, { now: 20_000 }).started().status, 200)
})

t.test('ready when one identity can serve', async (t) => {
  t.same(health({ default: fresh, other: blocked }).ready(), { status: 200, body: 'ok\n' })
  t.equal(health({ default: blocked, other: empty }).ready().status, 503)
  t.equal(health({ default: fresh }, { stopping: true }).ready().status, 503)
})

t.test('asked for one identity, only that one counts', async (t) => {
  const both = health({ default: fresh, other: blocked })
  t.equal(both.ready({ identity: 'default' }).status, 200)
  t.equal(both.ready({ identity: 'other' }).status, 503)
  t.same(both.ready({ identity: 'nobody' }), {
    status: 404,
    body: 'no rule uses an identity "nobody"; used: default, other\n',
  })
})

t.test('what is wrong is named with code and remedy', async (t) => {
  t.equal(
    health({ default: fresh, other: blocked }).ready({ verbose: true }).body,
    '[+] identity default: fresh; token for another 60 min\n' +
      '[-] identity other: blocked; AADSTS50126: wrong username or password; check the stored password\nok\n',
  )
  t.match(health({ other: blocked }).ready().body, /AADSTS50126.*\nnot ready\n$/)
})

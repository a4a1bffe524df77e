import t, { type Test } from 'tap'
import { ask, encodeForm, postToken, publicClient, start, type TokenAnswer } from './help.ts'

/** Everything that hand-written clients get wrong, in one password. */
const nasty = 'a&b+c%d=e f ü"\'g;h%41\u{1F511}'
const accounts = [{ username: 'svc-planner@contoso.com', password: nasty }]
const clients = [{ clientId: '11111111-2222-3333-4444-555555555555', name: 'Nasty', secret: nasty }]

/** A good request whose password is written as it is given. */
const withRawPassword = (raw: string): string => `${encodeForm({ password: undefined })}&password=${raw}`

function refused(t: Test, answer: TokenAnswer, code: number): void {
  t.equal(answer.status, 400)
  t.same(answer.body.error_codes, [code])
}

t.test('an encoded password arrives exactly', async (t) => {
  const sandbox = await start(t, { accounts })
  t.equal((await ask(sandbox, { password: nasty })).status, 200)
  t.equal((await postToken(sandbox, { body: withRawPassword(encodeURIComponent(nasty)) })).status, 200)
})

t.test('each trap alone arrives exactly when encoded', async (t) => {
  for (const trap of ['&', '+', '%', '=', ' ', 'ü', '"', '%2B', '&password=', '\uFEFF']) {
    const password = `a${trap}b`
    const sandbox = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password }] })
    t.equal((await ask(sandbox, { password })).status, 200, JSON.stringify(trap))
    refused(t, await ask(sandbox, { password: 'ab' }), 50126)
  }
})

t.test('an encoded client secret arrives exactly, in the body and in the header', async (t) => {
  const sandbox = await start(t, { clients })
  t.equal((await ask(sandbox, { client_secret: nasty })).status, 200)
  const pair = [clients[0]!.clientId, nasty].map((part) =>
    new URLSearchParams({ '': part }).toString().slice(1),
  )
  const authorization = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`
  const body = encodeForm({ client_id: undefined, client_secret: undefined })
  t.equal((await postToken(sandbox, { body, headers: { authorization } })).status, 200)
})

t.test('a raw & cuts the password off', async (t) => {
  const sandbox = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password: 'a&b' }] })
  refused(t, await postToken(sandbox, { body: withRawPassword('a&b') }), 50126)
  refused(t, await postToken(sandbox, { body: withRawPassword('&ab') }), 900144)
})

t.test('a raw & cuts the client secret off', async (t) => {
  const sandbox = await start(t, { clients: [{ ...clients[0]!, secret: 'a&b' }] })
  const body = `${encodeForm({ client_secret: undefined })}&client_secret=a&b`
  const answer = await postToken(sandbox, { body })
  t.equal(answer.status, 401)
  t.same(answer.body.error_codes, [7000215])
})

t.test('a raw + is a space', async (t) => {
  const sandbox = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password: 'a+b' }] })
  refused(t, await postToken(sandbox, { body: withRawPassword('a+b') }), 50126)
  const spaced = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password: 'a b' }] })
  t.equal((await postToken(spaced, { body: withRawPassword('a+b') })).status, 200)
})

t.test('a raw % is malformed, unless it makes an escape: then it is another password', async (t) => {
  const sandbox = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password: '100%41' }] })
  refused(t, await postToken(sandbox, { body: withRawPassword('100%') }), 9002313)
  refused(t, await postToken(sandbox, { body: withRawPassword('100%zz') }), 9002313)
  refused(t, await postToken(sandbox, { body: withRawPassword('100%41') }), 50126)
})

t.test('a raw = is part of the value', async (t) => {
  const sandbox = await start(t, { accounts: [{ username: 'svc-planner@contoso.com', password: 'a=b=' }] })
  t.equal((await postToken(sandbox, { body: withRawPassword('a=b=') })).status, 200)
})

t.test('what is not UTF-8 is malformed, raw or escaped', async (t) => {
  const sandbox = await start(t)
  const latin1 = new Uint8Array(Buffer.from(withRawPassword('\u00fc'), 'latin1'))
  refused(t, await postToken(sandbox, { body: latin1 }), 9002313)
  refused(t, await postToken(sandbox, { body: withRawPassword('%FC') }), 9002313)
  refused(t, await postToken(sandbox, { body: withRawPassword('%C3') }), 9002313)
})

t.test('a parameter sent twice is malformed', async (t) => {
  const sandbox = await start(t)
  refused(t, await postToken(sandbox, { body: `${encodeForm()}&password=sandbox-password` }), 9002313)
})

t.test('a body of another type, or none, has no grant_type', async (t) => {
  const sandbox = await start(t)
  const requests = [
    { body: JSON.stringify({ grant_type: 'password' }), headers: { 'content-type': 'application/json' } },
    { headers: { 'content-type': 'text/plain' } },
    { body: '' },
    { body: '&' },
  ]
  for (const request of requests) {
    const answer = await postToken(sandbox, request)
    refused(t, answer, 900144)
    t.match(answer.body.error_description, "'grant_type'")
  }
})

t.test('a byte order mark is part of the first name', async (t) => {
  const sandbox = await start(t)
  refused(t, await postToken(sandbox, { body: `\uFEFF${encodeForm()}` }), 900144)
})

t.test('the type may have parameters and capitals', async (t) => {
  const sandbox = await start(t)
  const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }
  t.equal((await postToken(sandbox, { headers })).status, 200)
})

t.test('names are decoded too, and unknown ones ignored', async (t) => {
  const sandbox = await start(t)
  const body = `${encodeForm({ password: undefined })}&pass%77ord=sandbox-password&client_info=1`
  t.equal((await postToken(sandbox, { body })).status, 200)
})

t.test('more than 64 KiB is 413, 64 KiB are not', async (t) => {
  const sandbox = await start(t)
  const url = `${sandbox.authority}/contoso.com/oauth2/v2.0/token`
  const send = async (length: number): Promise<number> => {
    const start = `${encodeForm({ client_id: publicClient.clientId, client_secret: undefined })}&x=`
    const body = start.padEnd(length, 'x')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await fetch(url, { method: 'POST', headers, body })).status
  }
  t.equal(await send(64 * 1024), 200)
  t.equal(await send(64 * 1024 + 1), 413)
})

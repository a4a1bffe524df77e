import t from 'tap'
import { signIn, start } from './help.ts'

t.test('following the links finds a thousand messages, each once', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const ids: string[] = []
  let link: string | undefined = '/v1.0/me/messages?$top=75'
  while (link !== undefined) {
    const { body } = await call(link)
    ids.push(...body.value.map((message: { id: string }) => message.id))
    link = body['@odata.nextLink']
  }
  t.equal(ids.length, 1000)
  t.equal(new Set(ids).size, 1000)
})

t.test('a page has ten messages and an absolute link to the next', async (t) => {
  const sandbox = await start(t)
  const { body } = await (await signIn(sandbox))('/v1.0/me/messages')
  t.equal(body.value.length, 10)
  t.equal(body['@odata.nextLink'], `${sandbox.graph}/v1.0/me/messages?%24top=10&%24skip=10`)
})

t.test('the link keeps the version, the path as it was called, and the other options', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const path = "/beta/users('svc-planner%40contoso.com')/Messages"
  const { body } = await call(`${path}?%24select=subject,from&%24top=2`)
  const link: string = body['@odata.nextLink']
  t.equal(link, `${sandbox.graph}${path}?%24select=subject%2Cfrom&%24top=2&%24skip=2`)
  t.same(Object.keys((await call(link)).body.value[0]).sort(), ['@odata.etag', 'from', 'id', 'subject'])
})

t.test('the last page has no link', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const last = await call('/v1.0/me/messages?$top=10&$skip=990')
  t.equal(last.body.value.length, 10)
  t.notOk('@odata.nextLink' in last.body)
  const all = await call('/v1.0/me/messages?$top=1000')
  t.equal(all.body.value.length, 1000)
  t.notOk('@odata.nextLink' in all.body)
  t.equal((await call('/v1.0/me/messages?$top=1001')).status, 400)
})

t.test('a message is had by its id, which has case', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const [message] = (await call('/v1.0/me/messages?$top=1')).body.value
  t.match(message.id, /=$/)
  const { status, headers, body } = await call(`/v1.0/me/messages/${message.id}`)
  t.equal(status, 200)
  t.equal(headers.get('etag'), message['@odata.etag'])
  t.equal(body.subject, message.subject)
  const missing = await call(`/v1.0/me/messages/${message.id.toLowerCase()}`)
  t.equal(missing.status, 404)
  t.equal(missing.body.error.code, 'ErrorItemNotFound')
})

t.test('each mailbox is its own, and /me is the one of the user', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const first = async (who: string): Promise<string> =>
    (await call(`/v1.0/${who}/messages?$top=1`)).body.value[0].id
  const mine = await first('me')
  t.equal(await first('users/svc-planner@contoso.com'), mine)
  t.not(await first('users/megan.langer@contoso.com'), mine)
  t.equal((await call(`/v1.0/users/svc-planner@contoso.com/messages/${mine}`)).body.id, mine)
  t.equal((await call(`/v1.0/users/megan.langer@contoso.com/messages/${mine}`)).status, 404)
  t.equal((await call('/v1.0/users/nobody/messages')).status, 404)
})

t.test('the messages can be counted', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.equal((await call('/v1.0/me/messages/$count')).text, '1000')
  t.equal((await call('/v1.0/me/messages?$count=true')).body['@odata.count'], 1000)
})

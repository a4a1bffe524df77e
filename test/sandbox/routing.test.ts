import t from 'tap'
import { signIn, start } from './help.ts'

t.test('every answer has the headers of Graph', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  for (const target of ['/v1.0/me', '/v1.0/nothing', '/v1.0/users/nobody']) {
    const { headers } = await call(target, { headers: { 'client-request-id': 'mine' } })
    t.match(headers.get('request-id'), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    t.equal(headers.get('client-request-id'), 'mine')
    t.equal(headers.get('odata-version'), '4.0')
    t.type(JSON.parse(headers.get('x-ms-ags-diagnostic')!).ServerInfo.DataCenter, 'string')
    t.equal(
      headers.get('content-type'),
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    )
    t.equal(headers.get('server'), 'msgraph-sandbox')
    t.ok(headers.get('date'))
  }
})

t.test('a client-request-id is made where there is none', async (t) => {
  const sandbox = await start(t)
  const { headers } = await (await signIn(sandbox))('/v1.0/me')
  t.match(headers.get('client-request-id'), /^[\da-f-]{36}$/)
})

t.test('v1.0 and beta are served alike, others are not', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.equal((await call('/v1.0/me')).status, 200)
  const beta = await call('/beta/me')
  t.equal(beta.status, 200)
  t.equal(beta.body['@odata.context'], `${sandbox.graph}/beta/$metadata#users/$entity`)
  const other = await call('/v2.0/me')
  t.equal(other.status, 400)
  t.match(other.body.error, { code: 'BadRequest', message: 'Invalid version: v2.0' })
})

t.test('an unknown resource is 400 and names the first segment that is not known', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const cases: [target: string, segment: string][] = [
    ['/v1.0/nothing', 'nothing'],
    ['/v1.0/planner/nothing/x', 'nothing'],
    ['/v1.0/planner/tasks/x/nothing', 'nothing'],
    ['/v1.0/me/messages/x/nothing', 'nothing'],
    ['/v1.0/planner', 'planner'],
  ]
  for (const [target, segment] of cases) {
    const { status, body } = await call(target)
    t.equal(status, 400, target)
    t.equal(body.error.code, 'BadRequest')
    t.equal(body.error.message, `Resource not found for the segment '${segment}'.`)
  }
})

t.test('a method that a resource does not have is 405, with those that it has', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { status, headers, body } = await call('/v1.0/planner/tasks/x', { method: 'PUT', body: {} })
  t.equal(status, 405)
  t.equal(headers.get('allow'), 'GET, PATCH, DELETE')
  t.match(body.error, { code: 'Request_BadRequest', message: /method is not allowed/ })
})

t.test('resource names have no case, ids do', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.equal((await call('/V1.0/ME/Messages?$TOP=1')).body.value.length, 1)
  const { id } = (await call('/v1.0/planner/plans')).body.value[0]
  t.equal((await call(`/v1.0/Planner/PLANS/${id}`)).status, 200)
  t.equal((await call(`/v1.0/planner/plans/${id.toLowerCase()}`)).status, 404)
})

t.test('keys may stand in parentheses, with quotes or without', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { id } = (await call('/v1.0/me')).body
  for (const target of [
    `/v1.0/users('${id}')`,
    `/v1.0/users(${id})`,
    `/v1.0/users%28%27${id}%27%29`,
    `/v1.0//users/${id}/`,
  ]) {
    t.equal((await call(target)).body.id, id, target)
  }
})

t.test('a broken escape is 400', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.equal((await call('/v1.0/users/%zz')).status, 400)
  t.equal((await call('/v1.0/users?$top=%zz')).status, 400)
})

t.test('HEAD is GET without the body', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const got = await call('/v1.0/me')
  const head = await call('/v1.0/me', { method: 'HEAD' })
  t.equal(head.status, 200)
  t.equal(head.text, '')
  t.equal(head.headers.get('content-length'), got.headers.get('content-length'))
  t.equal(head.headers.get('content-length'), String(Buffer.byteLength(got.text)))
})

t.test('a body that is no JSON object is 400', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  for (const body of ['{"title":', '[]', 'null', '']) {
    const { status, body: answer } = await call('/v1.0/planner/plans', { method: 'POST', body })
    t.equal(status, 400, body)
    t.match(answer.error, { code: 'BadRequest', message: /Unable to read JSON request payload/ })
  }
  const typed = await call('/v1.0/planner/plans', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  })
  t.equal(typed.status, 400)
  t.match(typed.body.error.message, /Content-Type header/)
})

t.test('more than 4 MiB is 413, 4 MiB are not', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const limit = 4 * 1024 * 1024
  const send = (body: string) => call('/v1.0/planner/plans', { method: 'POST', body })
  t.match((await send('{}'.padEnd(limit))).body.error.message, /needs a title/)
  const over = await send('{}'.padEnd(limit + 1))
  t.equal(over.status, 413)
  t.equal(over.body.error.code, 'RequestEntityTooLarge')
})

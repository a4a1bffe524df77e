import t from 'tap'
import { ask, signIn, start } from './help.ts'

t.test('/me is the account that the token was issued for', async (t) => {
  const sandbox = await start(t)
  await ask(sandbox, { username: 'flaky@contoso.com' })
  const call = await signIn(sandbox, { username: 'flaky@contoso.com' })
  t.equal((await call('/v1.0/me')).body.userPrincipalName, 'flaky@contoso.com')
})

t.test('a user is found by id, and by name without case', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { id } = (await call('/v1.0/me')).body
  t.match(id, /^[\da-f-]{36}$/)
  for (const key of [id, 'svc-planner@contoso.com', 'SVC-Planner@contoso.com', 'svc-planner%40contoso.com']) {
    t.equal((await call(`/v1.0/users/${key}`)).body.id, id, key)
  }
})

t.test('an unknown user or group is 404', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  for (const target of ['/v1.0/users/nobody', '/v1.0/groups/none', '/v1.0/groups/none/planner/plans']) {
    const { status, body } = await call(target)
    t.equal(status, 404, target)
    t.equal(body.error.code, 'Request_ResourceNotFound')
  }
})

t.test('users are paged with an opaque token, each user once', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const seen: string[] = []
  let pages = 0
  let link: string | undefined = '/v1.0/users?$top=10&$select=displayName'
  while (link !== undefined) {
    const { body } = await call(link)
    pages += 1
    seen.push(...body.value.map((user: { id: string }) => user.id))
    t.same(Object.keys(body.value[0]).sort(), ['displayName', 'id'], 'the selection goes with the link')
    link = body['@odata.nextLink']
    if (link !== undefined) {
      t.ok(link.startsWith(`${sandbox.graph}/v1.0/users?`), link)
      t.match(link, /%24skiptoken=X%27[\da-f]+%27/)
    }
  }
  t.equal(pages, 4)
  t.equal(seen.length, 37)
  t.equal(new Set(seen).size, 37)
})

t.test('a page token that was never given is 400', async (t) => {
  const sandbox = await start(t)
  const { status, body } = await (await signIn(sandbox))('/v1.0/users?$skiptoken=abc')
  t.equal(status, 400)
  t.equal(body.error.code, 'Directory_ExpiredPageToken')
})

t.test('a page size that cannot be is 400', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  for (const top of ['0', '1000', '-1', 'ten', '']) {
    t.equal((await call(`/v1.0/users?$top=${top}`)).status, 400, top)
  }
})

t.test('$count comes as text, and only with ConsistencyLevel', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  t.equal((await call('/v1.0/users/$count')).status, 400)
  const counted = await call('/v1.0/users/$count', { headers: { consistencylevel: 'eventual' } })
  t.equal(counted.status, 200)
  t.equal(counted.text, '37')
  t.equal(counted.headers.get('content-type'), 'text/plain')
  t.equal((await call('/v1.0/users?$count=true&$top=1')).body['@odata.count'], 37)
})

t.test('groups and their plans', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { value } = (await call('/v1.0/groups')).body
  t.same(
    value.map((group: { displayName: string }) => group.displayName),
    ['Operations', 'Facilities'],
  )
  t.equal((await call(`/v1.0/groups/${value[1].id}`)).body.displayName, 'Facilities')
  const plans = (await call(`/v1.0/groups/${value[1].id}/planner/plans`)).body.value
  t.same(
    plans.map((plan: { title: string }) => plan.title),
    ['Facilities plan'],
  )
})

import t, { type Test } from 'tap'
import { signIn, start } from './help.ts'

/** A task, and ways to change it with this or that etag. */
async function setUp(t: Test) {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { value: tasks } = (await call('/v1.0/me/planner/tasks')).body
  const path = `/v1.0/planner/tasks/${tasks[0].id}`
  const patch = (body: object, etag?: string, headers: Record<string, string> = {}, at = path) =>
    call(at, {
      method: 'PATCH',
      body,
      headers: { ...headers, ...(etag !== undefined && { 'if-match': etag }) },
    })
  return { call, path, patch, etag: tasks[0]['@odata.etag'] as string, tasks }
}

t.test('PATCH with the current etag is 204, and gives the task a new one', async (t) => {
  const { call, path, patch, etag } = await setUp(t)
  const { status, text } = await patch({ title: 'New', percentComplete: 50 }, etag)
  t.equal(status, 204)
  t.equal(text, '')
  const { headers, body } = await call(path)
  t.match(body, { title: 'New', percentComplete: 50 })
  t.not(body['@odata.etag'], etag)
  t.equal(headers.get('etag'), body['@odata.etag'])
})

t.test('PATCH with return=representation is 200 and the task', async (t) => {
  const { patch, etag } = await setUp(t)
  const { status, headers, body } = await patch({ title: 'New' }, etag, {
    prefer: 'respond-async, return=representation',
  })
  t.equal(status, 200)
  t.equal(headers.get('preference-applied'), 'return=representation')
  t.equal(body.title, 'New')
  t.equal(headers.get('etag'), body['@odata.etag'])
  t.not(body['@odata.etag'], etag)
})

t.test('no If-Match is 400', async (t) => {
  const { call, path, patch } = await setUp(t)
  for (const { status, body } of [await patch({ title: 'New' }), await call(path, { method: 'DELETE' })]) {
    t.equal(status, 400)
    t.match(body.error, { code: 'BadRequest', message: /If-Match header must be specified/ })
  }
  t.not((await call(path)).body.title, 'New')
})

t.test('what does not look like an etag is 400', async (t) => {
  const { patch } = await setUp(t)
  const { status, body } = await patch({ title: 'New' }, 'abc')
  t.equal(status, 400)
  t.match(body.error.message, /invalid value/)
})

t.test('an etag that is no longer current is 412, and changes nothing', async (t) => {
  const { call, path, patch, etag } = await setUp(t)
  await patch({ title: 'First' }, etag)
  const { status, body } = await patch({ title: 'Second' }, etag)
  t.equal(status, 412)
  t.equal(body.error.code, 'PreconditionFailed')
  t.equal((await call(path, { method: 'DELETE', headers: { 'if-match': etag } })).status, 412)
  t.equal((await call(path)).body.title, 'First')
})

t.test('an etag that nobody gave out is 412', async (t) => {
  const { patch } = await setUp(t)
  t.equal((await patch({ title: 'New' }, 'W/"nothing"')).status, 412)
})

t.test('an etag of something else is 409', async (t) => {
  const { call, path, patch, etag, tasks } = await setUp(t)
  const details = (await call(`${path}/details`)).body['@odata.etag']
  for (const { status, body } of [
    await patch({ title: 'New' }, details),
    await patch({ description: 'New' }, etag, {}, `${path}/details`),
    await patch({ title: 'New' }, tasks[1]['@odata.etag']),
  ]) {
    t.equal(status, 409)
    t.equal(body.error.code, 'Conflict')
  }
})

t.test('If-Match: * is any version', async (t) => {
  const { patch } = await setUp(t)
  t.equal((await patch({ title: 'New' }, '*')).status, 204)
})

t.test('a PATCH that changes nothing, or what cannot be changed, is 400', async (t) => {
  const { patch, etag } = await setUp(t)
  for (const body of [{}, { '@odata.etag': etag }, { id: 'x' }, { planId: 'x' }]) {
    t.equal((await patch(body, etag)).status, 400, JSON.stringify(body))
  }
  t.equal((await patch({ title: 'New' }, etag)).status, 204, 'the etag is still good')
})

t.test('details have an etag of their own', async (t) => {
  const { call, path, patch } = await setUp(t)
  const details = await call(`${path}/details`)
  t.equal(details.status, 200)
  t.equal(details.headers.get('etag'), details.body['@odata.etag'])
  const checklist = {
    one: { '@odata.type': 'microsoft.graph.plannerChecklistItem', title: 'One', isChecked: false },
  }
  const changed = await patch(
    { description: 'Words', checklist },
    details.body['@odata.etag'],
    {},
    `${path}/details`,
  )
  t.equal(changed.status, 204)
  t.match((await call(`${path}/details`)).body, { description: 'Words', checklist })
  t.equal((await call(path)).body.hasDescription, true)
  t.equal((await patch({ description: '' }, details.body['@odata.etag'], {}, `${path}/details`)).status, 412)
})

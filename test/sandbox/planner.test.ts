import t from 'tap'
import { signIn, start, type CallGraph } from './help.ts'

async function firstPlan(call: CallGraph): Promise<{ id: string; owner: string }> {
  return (await call('/v1.0/planner/plans')).body.value[0]
}

t.test('plans, their buckets and their tasks', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { value: plans } = (await call('/v1.0/planner/plans')).body
  t.equal(plans.length, 2)
  t.same((await call('/v1.0/me/planner/plans')).body.value, plans)
  const plan = await call(`/v1.0/planner/plans/${plans[0].id}`)
  t.equal(plan.body.title, 'Operations plan')
  t.equal(plan.headers.get('etag'), plans[0]['@odata.etag'])

  const { value: buckets } = (await call(`/v1.0/planner/plans/${plans[0].id}/buckets`)).body
  t.equal(buckets.length, 3)
  t.equal((await call(`/v1.0/planner/buckets/${buckets[0].id}`)).body.name, 'To do')
  const { value: inBucket } = (await call(`/v1.0/planner/buckets/${buckets[0].id}/tasks`)).body
  t.equal(inBucket.length, 3)
  t.ok(inBucket.every((task: { bucketId: string }) => task.bucketId === buckets[0].id))

  const { value: tasks } = (await call(`/v1.0/planner/plans/${plans[0].id}/tasks`)).body
  t.equal(tasks.length, 9)
  t.ok(tasks.every((task: { planId: string }) => task.planId === plans[0].id))
  t.match(tasks[0]['@odata.etag'], /^W\/"[\w+/]+=*"$/)
  t.match(tasks[0].id, /^[\w-]{28}$/)
})

t.test('what is not there is 404', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  for (const path of [
    'plans/x',
    'plans/x/buckets',
    'plans/x/tasks',
    'buckets/x',
    'buckets/x/tasks',
    'tasks/x',
  ]) {
    const { status, body } = await call(`/v1.0/planner/${path}`)
    t.equal(status, 404, path)
    t.equal(body.error.message, 'The requested item is not found.')
  }
})

t.test('a plan is made for a group, by its id or its URL', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { owner } = await firstPlan(call)
  const url = `https://graph.microsoft.com/v1.0/groups/${owner}`
  for (const body of [
    { title: 'New', owner },
    { title: 'New', container: { url } },
  ]) {
    const { status, headers, body: plan } = await call('/v1.0/planner/plans', { method: 'POST', body })
    t.equal(status, 201)
    t.match(plan, { title: 'New', owner, container: { containerId: owner } })
    t.equal(headers.get('location'), `${sandbox.graph}/v1.0/planner/plans('${plan.id}')`)
    t.equal((await call(headers.get('location')!)).body.id, plan.id)
  }
  const post = (body: object) => call('/v1.0/planner/plans', { method: 'POST', body })
  t.equal((await post({ owner })).status, 400)
  t.equal((await post({ title: 'New' })).status, 400)
  t.equal((await post({ title: 'New', owner: 'none' })).status, 403)
})

t.test('a task is made, found where it belongs, and removed', async (t) => {
  const sandbox = await start(t, { now: () => Date.UTC(2026, 10, 23) })
  const call = await signIn(sandbox)
  const { id: planId } = await firstPlan(call)
  const made = await call('/v1.0/planner/tasks', { method: 'POST', body: { planId, title: 'Grüße' } })
  t.equal(made.status, 201)
  t.match(made.body, {
    planId,
    title: 'Grüße',
    percentComplete: 0,
    createdDateTime: '2026-11-23T00:00:00.000Z',
  })
  t.equal(made.headers.get('etag'), made.body['@odata.etag'])
  t.equal(made.headers.get('location'), `${sandbox.graph}/v1.0/planner/tasks('${made.body.id}')`)

  const path = `/v1.0/planner/tasks/${made.body.id}`
  const listed = async (): Promise<string[]> =>
    (await call(`/v1.0/planner/plans/${planId}/tasks`)).body.value.map((task: { id: string }) => task.id)
  t.equal((await call(path)).body.title, 'Grüße')
  t.ok((await listed()).includes(made.body.id))

  const gone = await call(path, { method: 'DELETE', headers: { 'if-match': made.body['@odata.etag'] } })
  t.equal(gone.status, 204)
  t.equal(gone.text, '')
  t.equal(gone.headers.get('content-type'), null)
  t.equal((await call(path)).status, 404)
  t.equal((await call(`${path}/details`)).status, 404)
  t.notOk((await listed()).includes(made.body.id))
})

t.test('my tasks are those assigned to me', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const { id: planId } = await firstPlan(call)
  const { id: me } = (await call('/v1.0/me')).body
  const mine = async (): Promise<number> => (await call('/v1.0/me/planner/tasks')).body.value.length
  const before = await mine()
  const { body: task } = await call('/v1.0/planner/tasks', { method: 'POST', body: { planId, title: 'x' } })
  t.equal(await mine(), before)

  const assign = (assignment: object | null, etag: string) =>
    call(`/v1.0/planner/tasks/${task.id}`, {
      method: 'PATCH',
      headers: { 'if-match': etag, prefer: 'return=representation' },
      body: { assignments: { [me]: assignment } },
    })
  const assigned = await assign(
    { '@odata.type': '#microsoft.graph.plannerAssignment', orderHint: ' !' },
    task['@odata.etag'],
  )
  t.equal(assigned.status, 200)
  t.equal(await mine(), before + 1)
  t.equal((await assign(null, assigned.body['@odata.etag'])).status, 200)
  t.equal(await mine(), before)
})

t.test('what Planner calls a bad request is one', async (t) => {
  const sandbox = await start(t)
  const call = await signIn(sandbox)
  const [{ id: planId }, { id: otherPlan }] = (await call('/v1.0/planner/plans')).body.value
  const [{ id: otherBucket }] = (await call(`/v1.0/planner/plans/${otherPlan}/buckets`)).body.value
  const { id: me } = (await call('/v1.0/me')).body
  const bodies: Record<string, unknown>[] = [
    { title: 'no plan' },
    { planId },
    { planId, title: '' },
    { planId, title: 'x', percentComplete: 101 },
    { planId, title: 'x', percentComplete: '50' },
    { planId, title: 'x', nonsense: 1 },
    { planId, title: 'x', constructor: 1 },
    { planId, title: 'x', createdDateTime: '2026-01-01T00:00:00Z' },
    { planId, title: 'x', bucketId: otherBucket },
    { planId, title: 'x', assignments: { [me]: {} } },
    { planId, title: 'x', startDateTime: '2026-02-01T00:00:00Z', dueDateTime: '2026-01-01T00:00:00Z' },
  ]
  for (const body of bodies) {
    const answer = await call('/v1.0/planner/tasks', { method: 'POST', body })
    t.equal(answer.status, 400, JSON.stringify(body))
    t.equal(answer.body.error.code, 'BadRequest')
  }
  const unknown = await call('/v1.0/planner/tasks', { method: 'POST', body: { planId: 'x', title: 'x' } })
  t.equal(unknown.status, 404)
})

t.test('a state belongs to one sandbox', async (t) => {
  const [one, other] = [await start(t), await start(t)]
  const [callOne, callOther] = [await signIn(one), await signIn(other)]
  const { id: planId } = await firstPlan(callOne)
  const { body } = await callOne('/v1.0/planner/tasks', { method: 'POST', body: { planId, title: 'x' } })
  t.equal((await callOne(`/v1.0/planner/tasks/${body.id}`)).status, 200)
  t.equal((await callOther(`/v1.0/planner/tasks/${body.id}`)).status, 404)
  t.equal((await callOther(`/v1.0/planner/plans/${planId}`)).status, 200, 'the seed is the same')
})

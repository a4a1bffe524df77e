import type { DirectoryState } from './directory-state.ts'
import { badRequest, GraphError, itemNotFound, resourceNotFound } from './errors.ts'
import { checkIfMatch } from './etag.ts'
import { isObject, type JsonObject } from './json.ts'
import { changedProperties, detailsProperties, taskProperties } from './planner-changes.ts'
import { show, type PlannerResource, type PlannerState } from './planner-state.ts'
import { collection, entity, noContent, type Result } from './responses.ts'
import type { GraphRequest, Route } from './router.ts'

/** Plans, buckets, tasks and their details. `/planner/plans` lists them all, whoever asks. */
export function plannerRoutes(planner: PlannerState, directory: DirectoryState): Route[] {
  const { plans, buckets, tasks, details } = planner
  return [
    { method: 'GET', path: '/planner/plans', handle: (request) => list(request, 'plans', plans) },
    { method: 'POST', path: '/planner/plans', handle: addPlan },
    { method: 'GET', path: '/planner/plans/{id}', handle: (request) => get(request, 'plans', plans) },
    {
      method: 'GET',
      path: '/planner/plans/{id}/buckets',
      handle: (request) => ofPlan(request, 'buckets', buckets),
    },
    {
      method: 'GET',
      path: '/planner/plans/{id}/tasks',
      handle: (request) => ofPlan(request, 'tasks', tasks),
    },
    { method: 'GET', path: '/planner/buckets/{id}', handle: (request) => get(request, 'buckets', buckets) },
    { method: 'GET', path: '/planner/buckets/{id}/tasks', handle: tasksOfBucket },
    { method: 'POST', path: '/planner/tasks', handle: addTask },
    { method: 'GET', path: '/planner/tasks/{id}', handle: (request) => get(request, 'tasks', tasks) },
    { method: 'PATCH', path: '/planner/tasks/{id}', handle: changeTask },
    { method: 'DELETE', path: '/planner/tasks/{id}', handle: removeTask },
    {
      method: 'GET',
      path: '/planner/tasks/{id}/details',
      handle: (request) => get(request, 'taskDetails', details),
    },
    { method: 'PATCH', path: '/planner/tasks/{id}/details', handle: changeDetails },
    { method: 'GET', path: '/me/planner/plans', handle: (request) => list(request, 'plans', plans) },
    { method: 'GET', path: '/me/planner/tasks', handle: myTasks },
    { method: 'GET', path: '/groups/{id}/planner/plans', handle: plansOfGroup },
  ]

  function list(
    request: GraphRequest,
    type: string,
    from: ReadonlyMap<string, PlannerResource>,
    wanted: (fields: JsonObject) => boolean = () => true,
  ): Result {
    const found = [...from.values()].filter(({ fields }) => wanted(fields))
    return collection(request, `planner/${type}`, found.map(show))
  }

  function get(request: GraphRequest, type: string, from: ReadonlyMap<string, PlannerResource>): Result {
    return entity(request, `planner/${type}/$entity`, show(find(request, from)))
  }

  function find(
    { ids: [id = ''] }: GraphRequest,
    from: ReadonlyMap<string, PlannerResource>,
  ): PlannerResource {
    const found = from.get(id)
    if (found === undefined) throw itemNotFound()
    return found
  }

  function ofPlan(request: GraphRequest, type: string, from: ReadonlyMap<string, PlannerResource>): Result {
    const { id } = find(request, plans).fields
    return list(request, type, from, ({ planId }) => planId === id)
  }

  function tasksOfBucket(request: GraphRequest): Result {
    const { id } = find(request, buckets).fields
    return list(request, 'tasks', tasks, ({ bucketId }) => bucketId === id)
  }

  function myTasks(request: GraphRequest): Result {
    const mine = ({ assignments }: JsonObject): boolean =>
      isObject(assignments) && Object.hasOwn(assignments, request.me.id)
    return list(request, 'tasks', tasks, mine)
  }

  function plansOfGroup(request: GraphRequest): Result {
    const [id = ''] = request.ids
    if (directory.findGroup(id) === undefined) throw resourceNotFound(id)
    return list(request, 'plans', plans, ({ owner }) => owner === id)
  }

  /** The owner is `container.url`, a group's, or the older `owner`, its id ("Create plannerPlan"). */
  function addPlan(request: GraphRequest): Result {
    const { title, owner, container } = request.body
    const url = isObject(container) ? container.url : undefined
    const groupId = typeof url === 'string' ? url.split('/').at(-1) : owner
    if (typeof title !== 'string' || typeof groupId !== 'string') {
      throw badRequest('A plan needs a title and a container.')
    }
    if (directory.findGroup(groupId) === undefined) {
      throw new GraphError(403, 'Forbidden', 'You do not have the required permissions to access this item.')
    }
    return created(request, 'plans', planner.addPlan({ title, owner: groupId }, request.me))
  }

  function addTask(request: GraphRequest): Result {
    const { planId, ...rest } = request.body
    if (typeof planId !== 'string' || typeof rest.title !== 'string') {
      throw badRequest('A task needs a planId and a title.')
    }
    if (!plans.has(planId)) throw itemNotFound()
    const fields = checkedTask({ planId }, rest)
    return created(request, 'tasks', planner.addTask({ ...fields, planId, title: rest.title }, request.me))
  }

  function changeTask(request: GraphRequest): Result {
    const task = find(request, tasks)
    checkIfMatch(request.headers['if-match'], 'Task', task.version)
    planner.update(task, checkedTask(task.fields, request.body))
    return changed(request, 'tasks', task)
  }

  function removeTask(request: GraphRequest): Result {
    const task = find(request, tasks)
    checkIfMatch(request.headers['if-match'], 'Task', task.version)
    const [id = ''] = request.ids
    tasks.delete(id)
    details.delete(id)
    return noContent
  }

  function changeDetails(request: GraphRequest): Result {
    const target = find(request, details)
    checkIfMatch(request.headers['if-match'], 'TaskDetails', target.version)
    planner.update(target, changedProperties(target.fields, request.body, detailsProperties))
    const task = find(request, tasks)
    const hasDescription = target.fields.description !== ''
    if (task.fields.hasDescription !== hasDescription) planner.update(task, { hasDescription })
    return changed(request, 'taskDetails', target)
  }

  /** Properties that fit each other, too: "The data is logically inconsistent" is a 400. */
  function checkedTask(current: JsonObject, changes: JsonObject): JsonObject {
    const properties = changedProperties(current, changes, taskProperties)
    const { planId, bucketId, startDateTime, dueDateTime } = { ...current, ...properties }
    if (typeof bucketId === 'string' && buckets.get(bucketId)?.fields.planId !== planId) {
      throw badRequest('The bucket is not one of the plan of the task.')
    }
    if (
      typeof startDateTime === 'string' &&
      typeof dueDateTime === 'string' &&
      Date.parse(startDateTime) > Date.parse(dueDateTime)
    ) {
      throw badRequest('The start date of the task is later than its due date.')
    }
    return properties
  }
}

function created(request: GraphRequest, type: string, resource: PlannerResource): Result {
  const result = entity(request, `planner/${type}/$entity`, show(resource), 201)
  const location = `${request.base}/planner/${type}('${String(resource.fields.id)}')`
  return { ...result, headers: { ...result.headers, Location: location } }
}

/** 204, or the resource where the client prefers to see it. */
function changed(request: GraphRequest, type: string, resource: PlannerResource): Result {
  const { prefer } = request.headers
  if (typeof prefer !== 'string' || !/(?:^|[,;\s])return=representation(?:$|[,;\s])/i.test(prefer)) {
    return noContent
  }
  const result = entity(request, `planner/${type}/$entity`, show(resource))
  return { ...result, headers: { ...result.headers, 'Preference-Applied': 'return=representation' } }
}

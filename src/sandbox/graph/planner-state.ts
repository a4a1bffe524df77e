import { randomBytes } from 'node:crypto'
import type { DirectoryState, User } from './directory-state.ts'
import { formatEtag, type EtagKind } from './etag.ts'
import { stablePlannerId } from './ids.ts'
import type { JsonObject } from './json.ts'

/** A plan, bucket, task or the details of a task: what the API shows, and which version of it. */
export interface PlannerResource {
  readonly kind: EtagKind
  version: number
  fields: JsonObject
}

export interface PlannerState {
  /** Each by its id; the details by the id of their task. */
  readonly plans: Map<string, PlannerResource>
  readonly buckets: Map<string, PlannerResource>
  readonly tasks: Map<string, PlannerResource>
  readonly details: Map<string, PlannerResource>
  addPlan(fields: PlanFields, by: User): PlannerResource
  addTask(fields: TaskFields, by: User): PlannerResource
  /** Replaces properties and gives the resource a new etag. */
  update(resource: PlannerResource, changes: JsonObject): void
}

export interface PlanFields {
  readonly id?: string
  readonly title: string
  /** Id of the group that owns it. */
  readonly owner: string
}

export interface TaskFields extends JsonObject {
  readonly id?: string
  readonly planId: string
  readonly title: string
}

export function createPlanner(directory: DirectoryState, now: () => number): PlannerState {
  const plans = new Map<string, PlannerResource>()
  const buckets = new Map<string, PlannerResource>()
  const tasks = new Map<string, PlannerResource>()
  const details = new Map<string, PlannerResource>()
  let lastVersion = 0

  const nextVersion = (): number => (lastVersion += 1)
  const timestamp = (): string => new Date(now()).toISOString()
  const resource = (kind: EtagKind, fields: JsonObject): PlannerResource => ({
    kind,
    version: nextVersion(),
    fields,
  })

  const state: PlannerState = {
    plans,
    buckets,
    tasks,
    details,

    addPlan({ id = newId(), title, owner }, by) {
      const plan = resource('Plan', {
        createdDateTime: timestamp(),
        owner,
        title,
        id,
        createdBy: identity(by),
        container: {
          containerId: owner,
          type: 'group',
          url: `https://graph.microsoft.com/v1.0/groups/${owner}`,
        },
      })
      plans.set(id, plan)
      return plan
    },

    addTask({ id = newId(), ...fields }, by) {
      const task = resource('Task', {
        bucketId: null,
        orderHint: '8585',
        assigneePriority: '',
        percentComplete: 0,
        startDateTime: null,
        createdDateTime: timestamp(),
        dueDateTime: null,
        hasDescription: false,
        previewType: 'automatic',
        completedDateTime: null,
        referenceCount: 0,
        checklistItemCount: 0,
        activeChecklistItemCount: 0,
        conversationThreadId: null,
        priority: 5,
        createdBy: identity(by),
        appliedCategories: {},
        assignments: {},
        ...fields,
        id,
      })
      tasks.set(id, task)
      details.set(
        id,
        resource('TaskDetails', {
          description: '',
          previewType: 'automatic',
          id,
          references: {},
          checklist: {},
        }),
      )
      return task
    },

    update(target, changes) {
      target.fields = { ...target.fields, ...changes }
      target.version = nextVersion()
    },
  }

  seed()
  return state

  function seed(): void {
    const [me] = directory.users
    if (me === undefined) return
    for (const group of directory.groups) {
      const planId = stablePlannerId(`plan ${group.displayName}`)
      state.addPlan({ id: planId, title: `${group.displayName} plan`, owner: group.id }, me)
      for (const name of ['To do', 'In progress', 'Done']) {
        const bucketId = stablePlannerId(`bucket ${group.displayName} ${name}`)
        buckets.set(bucketId, resource('Bucket', { name, planId, orderHint: '8585', id: bucketId }))
        for (const title of ['Check the boiler', 'Order paper', 'Renew the certificate']) {
          const id = stablePlannerId(`task ${group.displayName} ${name} ${title}`)
          state.addTask({ id, planId, bucketId, title, assignments: assignedTo(me, now()) }, me)
        }
      }
    }
  }
}

/** As the API shows it. */
export function show({ kind, version, fields }: PlannerResource): JsonObject {
  return { '@odata.etag': formatEtag(kind, version), ...fields }
}

function assignedTo(user: User, now: number): JsonObject {
  return {
    [user.id]: {
      '@odata.type': '#microsoft.graph.plannerAssignment',
      assignedBy: identity(user),
      assignedDateTime: new Date(now).toISOString(),
      orderHint: '8585',
    },
  }
}

function identity(user: User): JsonObject {
  return { user: { displayName: null, id: user.id } }
}

function newId(): string {
  return randomBytes(21).toString('base64url')
}

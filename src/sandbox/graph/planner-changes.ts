import { badRequest } from './errors.ts'
import { isObject, type JsonObject } from './json.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const title: Check = (value) => typeof value === 'string' && value !== ''
const date: Check = (value) =>
  value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
const flags: Check = (value) =>
  isObject(value) && Object.values(value).every((flag) => typeof flag === 'boolean')
const previewType: Check = (value) =>
  ['automatic', 'noPreview', 'checklist', 'description', 'reference'].some((type) => type === value)

function upTo(max: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max
}

/** An open type's values must say their type ("Planner overview", 400 Bad request); null takes one away. */
function openType(type: string): Check {
  return (value) =>
    isObject(value) &&
    Object.values(value).every(
      (item) =>
        item === null ||
        (isObject(item) && String(item['@odata.type']).replace('#', '') === `microsoft.graph.${type}`),
    )
}

/** What can be written, by resource: "Update plannerTask", "Update plannerTaskDetails". */
export const taskProperties: Readonly<Record<string, Check>> = {
  title,
  bucketId: text,
  orderHint: text,
  assigneePriority: text,
  conversationThreadId: text,
  percentComplete: upTo(100),
  priority: upTo(10),
  startDateTime: date,
  dueDateTime: date,
  appliedCategories: flags,
  assignments: openType('plannerAssignment'),
}

export const detailsProperties: Readonly<Record<string, Check>> = {
  description: text,
  previewType,
  references: openType('plannerExternalReference'),
  checklist: openType('plannerChecklistItem'),
}

/** Open types are changed item by item, everything else is replaced. */
const openTypes: ReadonlySet<string> = new Set([
  'assignments',
  'appliedCategories',
  'references',
  'checklist',
])

/** What the resource's properties become; throws a 400 where Planner would. */
export function changedProperties(
  current: JsonObject,
  changes: JsonObject,
  properties: Readonly<Record<string, Check>>,
): JsonObject {
  const entries = Object.entries(changes).filter(([name]) => !name.startsWith('@odata.'))
  if (entries.length === 0) throw badRequest('The request does not contain any properties.')
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const check = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (check === undefined) throw badRequest(`The property '${name}' does not exist or cannot be written.`)
      if (!check(value)) throw badRequest(`The value of the property '${name}' is invalid.`)
      return [name, openTypes.has(name) ? merge(current[name], value) : value]
    }),
  )
}

function merge(current: unknown, changes: unknown): JsonObject {
  const merged = { ...(isObject(current) ? current : {}), ...(isObject(changes) ? changes : {}) }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== false))
}

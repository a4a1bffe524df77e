import { badRequest, GraphError } from './errors.ts'

/** Etags of different resources cannot be compared ("Planner overview"), so each says what it is of. */
export type EtagKind = 'Plan' | 'Bucket' | 'Task' | 'TaskDetails'

/** `W/"..."`, opaque, made as Planner makes them. Versions count up over all resources, so none has two meanings. */
export function formatEtag(kind: EtagKind, version: number): string {
  const text = `'1-${kind} ${String(version).padStart(16, '@')}'`
  return `W/"${Buffer.from(text).toString('base64')}"`
}

/**
 * What `If-Match` must say before a PATCH or DELETE. Planner's documentation promises 400, 409 and 412 and does not
 * draw the line between the last two; here it is drawn so that each can be reached on purpose:
 * - 400: no header, or nothing that an etag looks like
 * - 412: an etag that the resource no longer has, or that nobody ever gave out: read again, then change again
 * - 409: an etag of something else, such as the task's where its details are changed, or a newer one of another task
 */
export function checkIfMatch(header: string | undefined, kind: EtagKind, version: number): void {
  if (header === undefined)
    throw badRequest('The If-Match header must be specified for this kind of request.')
  if (header === '*' || header === formatEtag(kind, version)) return

  const encoded = /^(?:W\/)?"([^"]*)"$/.exec(header)?.[1]
  if (encoded === undefined) throw badRequest('The If-Match header contains an invalid value.')
  const [, givenKind, givenVersion] =
    /^'1-([A-Za-z]+) @*(\d+)'$/.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  if (givenKind !== undefined && (givenKind !== kind || Number(givenVersion) > version)) {
    throw new GraphError(409, 'Conflict', 'The If-Match header contains an etag of another resource.')
  }
  throw new GraphError(
    412,
    'PreconditionFailed',
    'The If-Match header contains an etag that does not match the current version of the resource.',
  )
}

import { parseSegment, RuleError } from './rule-segment.ts'
import type { Pattern } from './rule-segment.ts'
import type { Version } from './target.ts'

export interface Rule {
  readonly methods: ReadonlySet<string>
  readonly version: Version
  readonly segments: readonly Pattern[]
  /** It ends in `**`: all that lies below, and itself. */
  readonly rest: boolean
}

export interface ParsedRule extends Rule {
  /** What was left out of the text that it was parsed from. */
  readonly dropped?: string
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const shape = /^([^\s,/]+(?:\s*,\s*[^\s,/]+)*)\s+(\S.*)$/s

/** Whether requests with this method are forwarded at all. Methods have case (RFC 9110, section 9.1). */
export function isForwarded(method: string): boolean {
  return methods.includes(method)
}

/** Reads `METHODS PATH`. Throws RuleError. */
export function parseRule(text: string): ParsedRule {
  const [, methodList, path] = shape.exec(text.trim()) ?? []
  if (methodList === undefined || path === undefined) {
    const onlyPath = /^(\/|https?:)/i.test(text.trim())
    throw new RuleError(
      `"${text}" is not a rule: a rule is METHODS PATH`,
      onlyPath ? `write GET ${text.trim()}` : 'write for example GET,PATCH /v1.0/planner/tasks/{id}',
    )
  }
  return { methods: parseMethods(methodList), ...parsePath(path, methodList) }
}

function parseMethods(list: string): ReadonlySet<string> {
  const found = list.split(',').flatMap((word) => {
    const method = word.trim()
    if (method === 'ANY') return methods
    if (isForwarded(method)) return method === 'GET' ? ['GET', 'HEAD'] : [method]
    const upper = method.toUpperCase()
    if (upper === 'ANY' || isForwarded(upper)) {
      throw new RuleError(`the method "${method}" must be in upper case`, `write ${upper}`)
    }
    throw new RuleError(
      `"${method}" is not a method that is forwarded`,
      method === '*' ? 'write ANY' : `use ${methods.join(', ')}, or ANY for all of them`,
    )
  })
  return new Set(found)
}

function parsePath(text: string, methodList: string): Omit<ParsedRule, 'methods'> {
  const [, urlPath] = /^https?:\/\/[^/]*(\/.*)?$/i.exec(text) ?? [undefined, undefined]
  if (/^https?:/i.test(text)) {
    throw new RuleError(
      'a rule holds a path, not a URL: the host is always Graph',
      `write ${methodList} ${urlPath ?? '/v1.0/...'}`,
    )
  }
  if (!text.startsWith('/')) {
    const moreMethods = /^[A-Z]+\s/.test(text)
    throw new RuleError(
      `the path "${text}" does not start with "/"`,
      moreMethods ? 'put a comma between methods' : `write ${methodList} /${text}`,
    )
  }

  const mark = text.indexOf('?')
  const path = mark < 0 ? text : text.slice(0, mark)
  const parts = path.split('/').filter((part) => part !== '')
  const [first = ''] = parts
  const named = /^(v1\.0|beta)$/i.test(first)
  if (/^v\d/i.test(first) && !named) {
    throw new RuleError(
      `Graph has no version "${first}"`,
      'a path starts with /v1.0/ or /beta/, or with neither',
    )
  }
  const below = named ? parts.slice(1) : parts
  if (below.length === 0) throw new RuleError('the path names no resource', 'for everything write /v1.0/**')

  const rest = below.at(-1) === '**'
  const names = rest ? below.slice(0, -1) : below
  return {
    version: named && first.toLowerCase() === 'beta' ? 'beta' : 'v1.0',
    segments: names.map((part, i) => parseSegment(part, names[i - 1])),
    rest,
    ...(mark >= 0 && { dropped: text.slice(mark) }),
  }
}

import { foldCase } from './segment.ts'

/** What one segment of a rule asks of a segment of a path. */
export type Pattern =
  { readonly kind: 'key' } | { readonly kind: 'literal'; readonly text: string; readonly exact: boolean }

/** What is wrong with a rule, and what would be right. */
export class RuleError extends Error {
  override readonly name = 'RuleError'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

const key: Pattern = { kind: 'key' }

/** Reads one segment between slashes; `before` is the one before it. Throws RuleError. */
export function parseSegment(text: string, before: string | undefined): Pattern {
  if (text.includes('{') || text.includes('}')) return parsePlaceholder(text, before)
  if (text.includes('*')) {
    throw new RuleError(
      text === '**' ? '** stands in the middle of a path' : `"*" in "${text}" is not a wildcard`,
      '{id} is one segment; ** is any number of them, as the whole last segment',
    )
  }
  if (text === '.' || text === '..') {
    throw new RuleError(`"${text}" cannot stand in a path`, 'write the path that is meant')
  }
  if (text.startsWith(':')) {
    throw new RuleError(
      `a segment cannot start with a colon: "${text}"`,
      `for a key write {${text.slice(1)}}`,
    )
  }
  if (text.includes('%')) {
    throw new RuleError(`"${text}" is percent-encoded`, `rules are written decoded${decodedHint(text)}`)
  }
  // RFC 3986's pchar without what has a meaning here: "%", ";" and "*"
  const stray = /[^\w.~$!&'()+,=:@-]/u.exec(text)?.[0]
  if (stray !== undefined) {
    throw new RuleError(
      `${JSON.stringify(stray)} cannot stand in a path: "${text}"`,
      'for a segment that varies, or holds other characters, write {id}',
    )
  }
  // Anything else in a literal makes it an id, and ids have case
  const exact = !/^[a-z0-9.$_-]+$/i.test(text)
  return { kind: 'literal', text: exact ? text : foldCase(text), exact }
}

function parsePlaceholder(text: string, before: string | undefined): Pattern {
  const whole = /^\{[^{}]+\}$/.test(text)
  if (text.endsWith(':') || (whole && before?.endsWith(':') === true)) {
    throw new RuleError(
      'addressing by path (root:/{path}:/...) is not supported in this version',
      'address the item by id, as in /me/drive/items/{id}, or write ** from here on',
    )
  }
  if (text.includes('(')) {
    throw new RuleError(
      "placeholders in parentheses, as in items('{id}') or delta(token={t}), are not supported in this version",
      'write items/{id}; for a function write its call as it is sent, or ** from here on',
    )
  }
  if (!whole) {
    throw new RuleError(`a placeholder is a whole segment, not a part: "${text}"`, 'write {id}')
  }
  return key
}

function decodedHint(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    return /[/\\%\s]/.test(decoded) ? '; for this segment write {id}' : `: ${decoded}`
  } catch {
    return '; for this segment write {id}'
  }
}

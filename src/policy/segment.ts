import { collectionOperations } from './operations.ts'

/** One segment of a path, decoded, and what a rule asks of it. */
export interface Segment {
  readonly text: string
  /** `text` without ASCII case: Graph's resource names, functions and query options have none. */
  readonly folded: string
  /** Whether it can be a key: what `{id}` matches. */
  readonly isKey: boolean
  /** It can be written in other ways that mean the same, such as `users('x')` for `users/x`. */
  readonly hasForms: boolean
}

export const castPrefix = 'microsoft.graph.'

export function segmentOf(text: string): Segment {
  const folded = foldCase(text)
  const isCast = folded.startsWith(castPrefix)
  return {
    text,
    folded,
    isKey:
      !isCast &&
      !text.startsWith('$') &&
      !text.endsWith(':') &&
      !/[()']/.test(text) &&
      !collectionOperations.has(folded),
    hasForms: isCast || /[()'?#]/.test(text),
  }
}

/** ASCII only: Unicode folding would make `K` (the Kelvin sign) a `k`, which Graph need not agree with. */
export function foldCase(text: string): string {
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
}

/** The segments as a path that reads in one way only: all that could be taken for something else is encoded. */
export function pathOf(segments: readonly Segment[]): string {
  if (segments.length === 0) return '/'
  return segments.map(({ text }) => `/${text.replace(/[^\w!$&'()*+,.:=@~-]/gu, encodeURIComponent)}`).join('')
}

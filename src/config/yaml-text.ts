import {
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import type { Position } from './config.ts'
import type { ConfigProblem } from './errors.ts'
import { explainYamlError } from './yaml-error.ts'

/** A config file's text as YAML, and the way from its nodes back to lines and columns. */
export interface YamlText {
  readonly text: string
  readonly document: Document
  readonly contents: YAMLMap
  readonly positionAt: (offset: number) => Position
  /** Mistakes that leave the tree whole, so that the rest can be checked too. */
  readonly complaints: readonly PlacedProblem[]
}

type PlacedProblem = ConfigProblem & { readonly position: Position }

/** YAML 1.2, core schema: `yes` and `on` are text, and there are no merge keys. */
export function parseYaml(text: string): YamlText | { readonly problems: readonly PlacedProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  })
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const errors = [...document.errors, ...document.warnings]
  const complaints = onePerLine(
    errors.map((error) => ({
      position: positionAt(startOf(error, document)),
      ...explainYamlError(error, text),
    })),
  )
  if (errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return { problems: complaints }
  const { contents } = document
  if (isMap(contents)) return { text, document, contents, positionAt, complaints }
  const empty = contents === null || (isScalar(contents) && contents.source === '')
  return {
    problems: [{ position: positionAt(empty ? 0 : contents.range[0]), ...(empty ? noKeys : noMapping) }],
  }
}

const noKeys = { message: 'the file has no keys in it', hint: 'make one with: msgraph-sidecar init' }
const noMapping = {
  message: 'the file must be a mapping: lines of "key: value"',
  hint: 'a colon needs a space after it',
}

/** The parser finds a quote that is not closed at the end of the file; the mistake is where it opens. */
function startOf({ pos: [offset], code }: YAMLError, document: Document): number {
  let start = offset
  if (code !== 'MISSING_CHAR') return start
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') === true && range?.[1] === offset) start = range[0]
    },
  })
  return start
}

/** What follows an error on its line mostly follows from it. */
function onePerLine(problems: readonly PlacedProblem[]): PlacedProblem[] {
  const lines = new Set<number>()
  return problems.filter(({ position: { line } }) => !lines.has(line) && lines.add(line))
}

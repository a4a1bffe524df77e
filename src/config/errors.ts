import type { Position } from './config.ts'

/** One thing that is wrong in a config file; `hint` says what would be right. */
export interface ConfigProblem {
  readonly position?: Position
  readonly message: string
  readonly hint?: string
}

/** All that is wrong with a config file, at once. Its message is what the user reads: `file:line:column: what` lines. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly file: string
  readonly problems: readonly ConfigProblem[]

  constructor(file: string, problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => describe(file, problem)).join('\n'))
    this.file = file
    this.problems = problems
  }
}

function describe(file: string, { position, message, hint }: ConfigProblem): string {
  const where = position === undefined ? file : `${file}:${position.line}:${position.column}`
  return `${where}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`
}

/** What a command may touch of the process; tests and `main.ts` hand it in. */
export interface CommandIo {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  /** From now on SIGTERM and SIGINT no longer end the process: the first one resolves this, a second one ends at once. */
  untilStopped(): Promise<string>
}

/** Options after parsing: flags are booleans, the rest are strings. */
export type CommandOptions = Readonly<Record<string, string | boolean | undefined>>

export interface Command {
  readonly summary: string
  /** Shown by `--help`, after the usage line. */
  readonly help: string
  /** Words after the command's name, as the usage line shows them. */
  readonly usage?: string
  readonly options?: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>
  /** How many words may follow the command's name. */
  readonly words?: { readonly min: number; readonly max: number }
  /** Answers the exit code: 0 success, 1 failed. Throws UsageError and ConfigError for 2. */
  run(call: CommandCall): Promise<number>
}

export interface CommandCall {
  readonly words: readonly string[]
  readonly options: CommandOptions
  /** Path of the config file, as given or the default. */
  readonly configFile: string
  readonly io: CommandIo
}

/** The command line is wrong; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

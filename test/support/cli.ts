import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const main = join(import.meta.dirname, '../../src/main.ts')

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  readonly cwd?: string
}

/** Runs the command line as a process of its own until it ends. */
export function run(args: readonly string[], { env = {}, input = '', cwd }: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}

export interface Running {
  readonly pid: number
  output(): string
  /** Resolves once the output matches; rejects if the process ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  signal(name: NodeJS.Signals): void
  readonly ended: Promise<number | null>
}

/** Starts the command line and leaves it running; ends with the test. */
export function startProcess(
  t: { teardown(callback: () => unknown): unknown },
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Running {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  let output = ''
  const checks = new Set<() => void>()
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
    for (const check of checks) check()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code)
      for (const check of checks) check()
    })
  })
  t.teardown(() => {
    child.kill('SIGKILL')
    return ended
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(output)
          if (match !== null) resolve(match)
          else if (child.exitCode !== null) reject(new Error(`ended before ${String(pattern)}: ${output}`))
          else return
          checks.delete(check)
        }
        checks.add(check)
        check()
      }),
    signal: (name) => {
      child.kill(name)
    },
    ended,
  }
}

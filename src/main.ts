#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { check } from './commands/check.ts'
import { UsageError } from './commands/command.ts'
import type { Command, CommandIo } from './commands/command.ts'
import { explain } from './commands/explain.ts'
import { init } from './commands/init.ts'
import { sandbox } from './commands/sandbox.ts'
import { start } from './commands/start.ts'
import { ConfigError } from './config/errors.ts'
import { ListenError } from './listen.ts'
import { version } from './version.ts'

const commands: Readonly<Record<string, Command>> = { start, check, explain, sandbox, init }

const commonOptions = {
  config: { type: 'string', short: 'c' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const

/** Parses, dispatches, and answers the exit code: 0 success, 1 failed, 2 usage or config. */
async function main(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io)
  } catch (error) {
    if (error instanceof ConfigError) return fail(io, error.message, 2)
    if (error instanceof UsageError)
      return fail(io, `msgraph-sidecar: ${error.message}\nTry: msgraph-sidecar --help`, 2)
    if (error instanceof ListenError) return fail(io, `msgraph-sidecar: ${error.message}`, 1)
    throw error
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const name = commandName(args)
  const command = commands[name]
  if (command === undefined) {
    throw new UsageError(`there is no command "${name}"; there are ${Object.keys(commands).join(', ')}`)
  }
  const { values, positionals } = parse(args, { ...commonOptions, ...command.options })
  const words = positionals[0] === name ? positionals.slice(1) : positionals
  if (values['help'] === true) {
    io.stdout.write(positionals[0] === name ? commandHelp(name, command) : generalHelp())
    return 0
  }
  if (values['version'] === true) {
    io.stdout.write(`${version}\n`)
    return 0
  }
  const { min, max } = command.words ?? { min: 0, max: 0 }
  if (words.length > max) throw new UsageError(`${name} does not know what "${words[max] ?? ''}" is for`)
  if (words.length < min) throw new UsageError(`${name} needs ${command.usage ?? 'more words'}`)
  const given = values['config']
  const configFile = typeof given === 'string' ? given : (io.env['MSGRAPH_SIDECAR_CONFIG'] ?? 'config.yaml')
  return command.run({ words, options: values, configFile, io })
}

/** The first word, whichever options stand before it; `start` where there is none. */
function commandName(args: readonly string[]): string {
  const options: OptionTypes = Object.assign({}, commonOptions)
  for (const command of Object.values(commands)) Object.assign(options, command.options)
  const name = parseArgs({ args: [...args], options, allowPositionals: true, strict: false }).positionals[0]
  // an unknown option makes words of what belongs to it: that one is the mistake to name
  if (name !== undefined && commands[name] === undefined) parse(args, options)
  return name ?? 'start'
}

type OptionTypes = Record<string, { type: 'string' | 'boolean'; short?: string }>

function parse(args: readonly string[], options: OptionTypes) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    // Node's own words name the option and how to write a value that looks like one
    throw new UsageError((error as Error).message)
  }
}

function generalHelp(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `msgraph-sidecar ${version}: Microsoft Graph on localhost, no auth code in the app

Usage: msgraph-sidecar [COMMAND] [--config FILE]

Commands:
${lines.join('\n')}

Options:
  -c, --config FILE  default: $MSGRAPH_SIDECAR_CONFIG, else ./config.yaml
  -h, --help         of a command: msgraph-sidecar COMMAND --help
  -V, --version

Exit codes: 0 success, 1 failed, 2 wrong usage or config
`
}

function commandHelp(name: string, { summary, usage, help, options = {} }: Command): string {
  const flags = Object.entries(options).map(
    ([flag, { type }]) => ` [--${flag}${type === 'string' ? ' VALUE' : ''}]`,
  )
  const words = usage === undefined ? '' : ` ${usage}`
  return `msgraph-sidecar ${name}${words}${flags.join('')} [--config FILE]\n\n${summary}\n\n${help}\n`
}

function fail(io: CommandIo, message: string, code: number): number {
  io.stderr.write(`${message}\n`)
  return code
}

function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.on('SIGTERM', exit).on('SIGINT', exit)
        resolve(signal)
      })
    }
  })
}

function exit(): never {
  process.exit(0)
}

// a reader that has read enough, such as `head`, is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
const { env, stdin, stdout, stderr } = process
process.exitCode = await main(process.argv.slice(2), { env, stdin, stdout, stderr, untilStopped })

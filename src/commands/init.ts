import { writeFile } from 'node:fs/promises'
import type { Command } from './command.ts'
import { initConfig } from './init-config.ts'

export const init: Command = {
  summary: 'write a commented config.yaml for a real tenant',
  help: 'Writes ./config.yaml, or the file that --config names. Never overwrites.',
  async run({ configFile, io }) {
    try {
      await writeFile(configFile, initConfig, { flag: 'wx' })
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      const reason = reasons[code] ?? `cannot be written (${code})`
      io.stderr.write(`msgraph-sidecar: ${configFile} ${reason}\n`)
      return 1
    }
    io.stdout.write(`${configFile} is written. Next:
  1. fill in tenant, clientId and username
  2. export GRAPH_CLIENT_SECRET=... GRAPH_PASSWORD=...
  3. msgraph-sidecar check --config ${configFile}
`)
    return 0
  },
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'exists already; name another file with --config',
  ENOENT: 'cannot be written: its folder does not exist',
  EACCES: 'cannot be written: permission denied',
  EISDIR: 'is a folder; name a file with --config',
}

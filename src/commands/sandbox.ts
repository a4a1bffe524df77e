import { ListenError } from '../listen.ts'
import { startSandbox } from '../sandbox/sandbox.ts'
import { UsageError } from './command.ts'
import type { Command } from './command.ts'

const defaultListen = '127.0.0.1:9090'

export const sandbox: Command = {
  summary: 'run the stand-ins for Graph and Entra alone',
  help: `--listen HOST:PORT  Graph on PORT, Entra on PORT+1 (default ${defaultListen}; port 0 takes free ones)
Prints a line for each request it answers. Runs until SIGTERM or SIGINT.`,
  options: { listen: { type: 'string' } },
  async run({ options, io }) {
    const { host, port } = parseListen(String(options['listen'] ?? defaultListen))
    const running = await startSandbox({
      host,
      graphPort: port,
      entraPort: port === 0 ? 0 : port + 1,
      onRequest: ({ service, method, target, status }) => {
        io.stdout.write(`${service.padEnd(5)} ${status} ${method} ${target}\n`)
      },
    }).catch((error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code
      if (code === undefined) throw error
      throw new ListenError(
        `cannot listen on ${host}:${port} and ${port + 1}: ${code}; choose others with --listen`,
        {
          cause: error,
        },
      )
    })
    io.stdout.write(`The sandbox: made-up data, and no request leaves this machine.
A config for it:

  cloud: { authority: "${running.authority}", graph: "${running.graph}" }
  tenant: contoso.onmicrosoft.com

and, of the sample config.yaml, identities and rules; secrets by reference, as for a real tenant.

`)
    await io.untilStopped()
    await running.close()
    return 0
  },
}

function parseListen(text: string): { host: string; port: number } {
  const [, bracketed, name, port] = /^(?:\[([0-9a-f:]+)\]|([^:[\]]+)):([0-9]{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? name
  // Entra takes the next port
  if (host === undefined || Number(port) > 65_534) {
    throw new UsageError(`--listen must be HOST:PORT, such as ${defaultListen}; got "${text}"`)
  }
  return { host: host === 'localhost' ? '127.0.0.1' : host, port: Number(port) }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../src/config/config.ts'
import { ConfigError, type ConfigProblem } from '../../src/config/errors.ts'
import { loadConfig } from '../../src/config/load.ts'

interface Teardown {
  teardown(callback: () => unknown): unknown
}

/** A folder of the test's own, gone when it ends. */
export async function folderFor(t: Teardown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'config-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Loads configs from text: each text is written to the same file in a folder of the test's own. */
export async function loaderFor(t: Teardown) {
  const folder = await folderFor(t)
  const file = join(folder, 'config.yaml')

  async function load(content: string | Uint8Array, env: NodeJS.ProcessEnv = {}): Promise<Config> {
    await writeFile(file, content)
    return loadConfig(file, env)
  }

  /** The problems that the content is refused with; fails where it is not. */
  async function refuse(
    content: string | Uint8Array,
    env: NodeJS.ProcessEnv = {},
  ): Promise<readonly ConfigProblem[]> {
    return (await refusal(() => load(content, env))).problems
  }

  return { folder, file, load, refuse }
}

/** The ConfigError that `act` throws. */
export async function refusal(act: () => Promise<unknown>): Promise<ConfigError> {
  try {
    await act()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('loaded, although it should have been refused')
}

/** Lines 1 to 7 of a config that loads; more keys may follow from line 8. */
export const sandbox = `cloud: sandbox
identities:
  default:
    grant: password
    clientId: planner-app
    username: svc-planner@contoso.com
    password: sandbox-password
`

/** The same for a real tenant: lines 1 to 7. */
export const tenant = `tenant: contoso.onmicrosoft.com
identities:
  default:
    grant: password
    clientId: planner-app
    username: svc-planner@contoso.com
    password: \${env:GRAPH_PASSWORD}
`

import type { Config, RemoteCloud } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { compilePolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/policy.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { startSandbox } from '../sandbox/sandbox.ts'
import { createIdentity } from '../tokens/identity.ts'
import type { Attempt, Identity } from '../tokens/identity.ts'
import { createRejectedPasswords } from '../tokens/rejected-passwords.ts'

/** The config and its rules, both checked. Throws a ConfigError. */
export async function loadAll(
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<{ config: Config; policy: Policy }> {
  const config = await loadConfig(file, env)
  return { config, policy: compilePolicy(config) }
}

/** The cloud's addresses; for the sandbox, those of stand-ins that run in this process until `close`. */
export async function openCloud(
  config: Config,
): Promise<Pick<RemoteCloud, 'authority' | 'graph' | 'audience'> & { close(): Promise<void> }> {
  if (config.cloud.name !== 'sandbox') return { ...config.cloud, close: () => Promise.resolve() }
  const sandbox = await startSandbox()
  return { ...sandbox, audience: 'https://graph.microsoft.com', close: () => sandbox.close() }
}

export interface IdentitiesOptions {
  readonly config: Config
  readonly names: readonly string[]
  readonly cloud: Pick<RemoteCloud, 'authority' | 'audience'>
  readonly secrets: Secrets
  readonly fetch: typeof fetch
  readonly onAttempt?: (attempt: Attempt) => void
}

export function createIdentities(options: IdentitiesOptions): ReadonlyMap<string, Identity> {
  const { config, names, cloud, secrets, fetch, onAttempt } = options
  const rejected = createRejectedPasswords()
  const entries = names.map((name) => {
    const identity = config.identities[name]
    if (identity === undefined) throw new Error(`no identity "${name}"`) // the config check has seen to it
    const created = createIdentity({
      config: identity,
      tenant: config.tenant,
      cloud,
      secrets,
      fetch,
      rejected,
      timeout: config.timeouts.response,
      ...(onAttempt === undefined ? {} : { onAttempt }),
    })
    return [name, created] as const
  })
  return new Map(entries)
}

import { SidecarError } from '../errors.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { createTokenFetch } from '../tokens/http.ts'
import type { Identity } from '../tokens/identity.ts'
import type { Config } from '../config/config.ts'
import { createIdentities, loadAll, openCloud } from './assemble.ts'
import type { Command } from './command.ts'

export const check: Command = {
  summary: 'validate the config and get one token for each identity',
  help: `Prints who each identity is, its scopes and when its token ends. Sends one token request for each.
--offline  stops after the config: reads no secret, sends nothing
Exit code 0 if all is well, 1 if an identity has no token, 2 if the config is wrong.`,
  options: { offline: { type: 'boolean' } },
  async run({ options, configFile, io }) {
    const { config, policy } = await loadAll(configFile, io.env)
    for (const { position, message } of policy.warnings) {
      io.stdout.write(`${configFile}:${position?.line ?? 0}:${position?.column ?? 0}: warning: ${message}\n`)
    }
    const names = Object.keys(config.identities)
    const rules = config.allow.length + config.deny.length
    io.stdout.write(
      `${configFile}: valid; ${count(rules, 'rule')}, ${count(names.length, 'identity', 'identities')}\n`,
    )
    for (const name of names.filter((name) => !policy.identities.includes(name))) {
      io.stdout.write(`identity ${name}: no rule uses it\n`)
    }
    if (options['offline'] === true) return 0

    const cloud = await openCloud(config)
    const tokenHttp = createTokenFetch({ connectTimeout: config.timeouts.connect })
    const identities = createIdentities({
      config,
      names,
      cloud,
      secrets: createSecrets({ env: io.env }),
      fetch: tokenHttp.fetch,
    })
    try {
      let code = 0
      for (const [name, identity] of identities) {
        const { ok, text } = await report(identity, config.identities[name]?.username ?? '', config)
        io.stdout.write(`identity ${name}: ${text}\n`)
        if (!ok) code = 1
      }
      return code
    } finally {
      for (const identity of identities.values()) identity.stop()
      await tokenHttp.close()
      await cloud.close()
    }
  },
}

async function report(
  identity: Identity,
  username: string,
  config: Config,
): Promise<{ ok: boolean; text: string }> {
  const who = `${username} of ${config.tenant}`
  identity.start()
  try {
    await identity.token()
  } catch (error) {
    if (!(error instanceof SidecarError)) throw error
    return { ok: false, text: `${who}: no token\n  ${error.message}` }
  }
  const { expiresAt = 0, scopes = [] } = identity.status()
  const until = new Date(expiresAt).toISOString()
  return { ok: true, text: `${who}, token until ${until}\n  scopes: ${scopes.join(' ')}` }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

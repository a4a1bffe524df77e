import type { Config } from '../config/config.ts'
import type { Listener } from '../listen.ts'
import { version } from '../version.ts'

export interface BannerOptions {
  readonly config: Config
  readonly listener: Listener
  readonly adminListener: Listener
}

/** What to type next, for whoever has just started the sandbox. */
export function sandboxBanner({ config, listener, adminListener }: BannerOptions): string {
  const base = `${display(config.listen.host)}:${listener.port}`
  const admin = `${display(config.admin.host)}:${adminListener.port}`
  return `
msgraph-sidecar ${version} on the sandbox: made-up data, and no request leaves this machine.

Try:
  curl ${base}/v1.0/planner/plans
  curl ${base}/v1.0/me
  curl -i ${base}/v1.0/groups                      # no rule allows it: 403
  curl ${admin}/readyz?verbose                     # and ${admin}/metrics

Rules and more: ${config.file}
For your own tenant: npm start -- init --config my-config.yaml

`
}

function display(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

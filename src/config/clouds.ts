import type { RemoteCloud } from './config.ts'

/**
 * Microsoft Graph's national clouds; tokens of one are refused by the others. Source:
 * https://learn.microsoft.com/graph/deployments and https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
const table = {
  global: ['https://login.microsoftonline.com', 'https://graph.microsoft.com'],
  usgov: ['https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  usgovdod: ['https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  china: ['https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
} as const satisfies Record<string, readonly [authority: string, graph: string]>

export type CloudName = keyof typeof table

export const cloudNames = Object.keys(table) as readonly CloudName[]

/** What a token is for where a custom cloud does not say: a test double of Graph is still asked with Graph's tokens. */
export const defaultAudience: string = table.global[1]

export function nationalCloud(name: CloudName): RemoteCloud {
  const [authority, graph] = table[name]
  return { name, authority, graph, audience: graph }
}

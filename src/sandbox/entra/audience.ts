import { EntraError } from './errors.ts'
import { optional, required, type Form } from './form.ts'

export type EndpointVersion = 'v1.0' | 'v2.0'

export interface Audience {
  /** Without a slash at its end. */
  readonly resource: string
  /** Without the resource. */
  readonly scopes: readonly string[]
}

const graph = 'https://graph.microsoft.com'
export const graphApplicationId = '00000003-0000-0000-c000-000000000000'

/** Resources by each of their names. Key Vault is here so that a token for the wrong audience can be had. */
const resources: ReadonlyMap<string, string> = new Map([
  [graph, graph],
  [graphApplicationId, graph],
  ['https://vault.azure.net', 'https://vault.azure.net'],
])

/** "Scopes and permissions in the Microsoft identity platform": these belong to no resource. */
const openIdScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access'])

/** What the tenant's administrator consented to, for every client: the meaning of `.default`. */
const consentedScopes = [
  'Group.ReadWrite.All',
  'Mail.Read',
  'Tasks.ReadWrite',
  'User.Read',
  'User.ReadBasic.All',
]

/** v2.0 asks with `scope`, v1.0 with `resource`; v1.0 ignores `scope`, v2.0 refuses `resource`. */
export function requestedAudience(version: EndpointVersion, form: Form, tenant: string): Audience {
  if (version === 'v1.0') {
    return { resource: knownResource(required(form, 'resource'), tenant), scopes: ['.default'] }
  }
  if (optional(form, 'resource') !== undefined) throw new EntraError(901002)
  return readScopes(required(form, 'scope'), tenant)
}

/** A refresh may leave them out: then they are those of the grant (RFC 6749, section 6). */
export function refreshedAudience(
  version: EndpointVersion,
  form: Form,
  tenant: string,
  granted: Audience,
): Audience {
  const asked = optional(form, version === 'v1.0' ? 'resource' : 'scope')
  if (asked === undefined && (version === 'v1.0' || optional(form, 'resource') === undefined)) return granted
  return requestedAudience(version, form, tenant)
}

/** The `scope` of the answer: what was granted, spelled out. */
export function grantedScopes(version: EndpointVersion, { resource, scopes }: Audience): string {
  const spelledOut = scopes.includes('.default') ? [...consentedScopes, '.default'] : scopes
  if (version === 'v1.0') return spelledOut.filter((scope) => scope !== '.default').join(' ')
  return spelledOut
    .filter((scope) => scope !== 'offline_access')
    .map((scope) => (openIdScopes.has(scope) ? scope : `${resource}/${scope}`))
    .join(' ')
}

function readScopes(text: string, tenant: string): Audience {
  const asked = text.split(' ').filter((scope) => scope !== '')
  const scopes: string[] = []
  const named = new Set<string>()
  for (const scope of asked) {
    const slash = scope.lastIndexOf('/')
    scopes.push(scope.slice(slash + 1))
    if (openIdScopes.has(scope)) continue
    // A scope without a resource is Graph's
    const name = slash === -1 ? graph : withoutSlash(scope.slice(0, slash))
    named.add(resources.get(name) ?? name)
  }

  const [first = graph, ...others] = named
  if (others.length > 0) throw new EntraError(700022, { scope: text })
  const resource = knownResource(first, tenant)
  const ofResource = scopes.filter((scope) => !openIdScopes.has(scope))
  if (ofResource.length > 1 && ofResource.includes('.default')) throw new EntraError(70011, { scope: text })
  return { resource, scopes }
}

function knownResource(name: string, tenant: string): string {
  const resource = resources.get(withoutSlash(name))
  if (resource === undefined) throw new EntraError(500011, { resource: name, tenant })
  return resource
}

function withoutSlash(name: string): string {
  return name.endsWith('/') ? name.slice(0, -1) : name
}

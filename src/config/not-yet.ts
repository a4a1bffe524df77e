/**
 * What the design has and this version does not read. Each leaves this table when it works; until then it is
 * refused, as a key that is quietly ignored would be believed.
 */
const keys: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['keyVault', 'enforce', 'origins', 'retry']],
  ['cloud', ['vault']],
  ['limits', ['batch', 'replay']],
  ['identities.*', ['clientCertificate', 'clientAssertion', 'refreshToken', 'credential']],
])

const grants: readonly unknown[] = ['device_code', 'client_credentials', 'azure']

export function isKeyNotYet(path: readonly PropertyKey[], key: string): boolean {
  const section = path.map((step, i) => (i === 1 && path[0] === 'identities' ? '*' : String(step))).join('.')
  return keys.get(section)?.includes(key) ?? false
}

export function isGrantNotYet(grant: unknown): boolean {
  return grants.includes(grant)
}

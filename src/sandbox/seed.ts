/** What a sandbox knows at its start. All of it is made up, so the secrets in here open nothing. */

export interface SandboxClient {
  readonly clientId: string
  readonly name: string
  /** None: a public client, which may use the password grant ("Allow public client flows"). */
  readonly secret?: string
}

export interface SandboxAccount {
  readonly username: string
  readonly password: string
}

/** The names of one directory: its initial domain, its own domain, its tenant id. */
export const seedTenants: readonly string[] = [
  'contoso.onmicrosoft.com',
  'contoso.com',
  'aaaabbbb-0000-cccc-1111-dddd2222eeee',
]

export const seedClients: readonly SandboxClient[] = [
  {
    clientId: '11111111-2222-3333-4444-555555555555',
    name: 'Planner sync',
    secret: 'sandbox-client-secret',
  },
  {
    clientId: '22222222-3333-4444-5555-666666666666',
    name: 'Planner command line',
  },
]

/** The password of every seeded account, and of every account that exists only for its fate. */
export const seedPassword = 'sandbox-password'

/** The first one is the good one; the others are named for what happens to them, see entra/fates.ts. */
export const seedAccounts: readonly SandboxAccount[] = [
  'svc-planner@contoso.com',
  'mfa@contoso.com',
  'locked@contoso.com',
  'expired@contoso.com',
  'disabled@contoso.com',
  'noconsent@contoso.com',
  'flaky@contoso.com',
].map((username) => ({ username, password: seedPassword }))

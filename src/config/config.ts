/** What the rest of the code reads: the config file, checked, with references and durations resolved. Frozen. */
export interface Config {
  /** Path of the file it came from, as an absolute path. */
  readonly file: string
  readonly listen: Address
  readonly admin: Address
  readonly exposed: boolean
  readonly cloud: Cloud
  readonly tenant: string
  /** By name; `default` always exists. */
  readonly identities: Readonly<Record<string, IdentityConfig>>
  readonly allow: readonly RuleConfig[]
  readonly deny: readonly RuleConfig[]
  /** Host names answered, lower case, without port; IPv6 in brackets. */
  readonly hosts: readonly string[]
  readonly log: { readonly level: LogLevel; readonly requests: 'none' | 'failures' | 'all' }
  /** Milliseconds. */
  readonly timeouts: {
    readonly connect: number
    readonly response: number
    readonly idle: number
    readonly linger: number
    readonly drain: number
  }
  readonly limits: {
    /** Requests at Graph at once; also the number of connections to it. */
    readonly inFlight: number
    /** Requests that may wait for one of these. */
    readonly queue: number
    /** Bytes of request headers. */
    readonly headers: number
  }
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** `host` as written: a name, an IPv4 address or an IPv6 address without brackets. Port 0 takes a free one. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Origins without a trailing slash, such as `https://graph.microsoft.com`. The sandbox knows its own once it runs. */
export type Cloud = { readonly name: 'sandbox' } | RemoteCloud

export interface RemoteCloud {
  readonly name: 'global' | 'usgov' | 'usgovdod' | 'china' | 'custom'
  readonly authority: string
  readonly graph: string
  /** `resource` on v1.0, and the prefix of scopes on v2.0. */
  readonly audience: string
}

export interface IdentityConfig {
  readonly name: string
  readonly grant: 'password'
  readonly tokenEndpoint: 'v2.0' | 'v1.0'
  readonly clientId: string
  readonly clientSecret?: SecretReference
  readonly username: string
  readonly password: SecretReference
  readonly scopes: readonly string[]
}

/** Where a secret is; never its value, but for the sandbox's literals. */
export type SecretReference =
  | { readonly source: 'env'; readonly name: string }
  | { readonly source: 'file'; readonly path: string }
  | { readonly source: 'literal'; readonly value: string }

export interface RuleConfig {
  /** `METHODS PATH`, as written but for references, which are replaced. */
  readonly rule: string
  readonly name?: string
  readonly as?: string
  /** For error messages. */
  readonly position: Position
}

/** 1-based. */
export interface Position {
  readonly line: number
  readonly column: number
}

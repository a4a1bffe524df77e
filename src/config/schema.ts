import { z } from 'zod'
import { cloudNames, defaultAudience } from './clouds.ts'
import { address, count, duration, host, origin, secret, size } from './fields.ts'
import { isGrantNotYet } from './not-yet.ts'
import type { SecretContext } from './secret-field.ts'

/** What the schema of one file depends on. */
export interface SchemaContext extends SecretContext {
  /** The names that a rule's `as` may have; undefined: any, as an editor sees only one place at a time. */
  readonly identities: readonly string[] | undefined
}

export type ConfigSchema = ReturnType<typeof configSchema>
export type ConfigOutput = z.output<ConfigSchema>

/**
 * The one description of config.yaml: it validates the file once its references are read, types what comes out, and
 * makes the JSON schema. Its messages are faults: they complete "KEY ...", and a second line is the hint.
 */
export function configSchema(context: SchemaContext) {
  return z
    .strictObject({
      listen: address
        .prefault('localhost:8080')
        .describe('Where apps call: HOST:PORT. "localhost" means 127.0.0.1 and ::1.'),
      admin: address
        .prefault('localhost:9464')
        .describe('Where /livez, /startupz, /readyz and /metrics are: HOST:PORT; in a pod 0.0.0.0:9464.'),
      exposed: z
        .boolean()
        .default(false)
        .describe('true is needed to listen beyond loopback, as nobody authenticates callers.'),
      cloud: cloudSchema
        .prefault('global')
        .describe('Which Microsoft cloud the tenant is in; sandbox needs no tenant.'),
      tenant: (context.sandbox ? tenant.prefault('contoso.onmicrosoft.com') : tenant).describe(
        'Your tenant: its id or a verified domain. Only the sandbox has a default.',
      ),
      identities: z
        .record(z.string().regex(/^[a-z0-9-]+$/, { error: identityNameFault }), identity(context))
        .describe('Who the sidecar signs in as, by name; "default" serves rules without "as".')
        .meta({ required: ['default'] }),
      allow: rules(context).describe('What apps may call; everything else is refused. The first match wins.'),
      deny: rules(context).describe('What is refused although a rule of "allow" matches.'),
      hosts: z
        .array(host, { error: 'must be a list of host names\nwrite [localhost]' })
        .min(1, { error: 'must name at least one host, or nothing is answered' })
        .prefault(['localhost', '127.0.0.1', '[::1]'])
        .describe('Host headers that are answered, ports ignored: keeps web pages out (DNS rebinding).'),
      log,
      timeouts,
      limits,
    })
    .describe('Configuration of msgraph-sidecar')
}

export const cloudSchema = z.union([
  z.enum([...cloudNames, 'sandbox'], {
    error: `must be one of ${cloudNames.join(', ')}, sandbox, or a mapping with authority and graph`,
  }),
  z.strictObject({
    authority: origin({ loopback: true }).describe(
      "Where tokens come from: Entra's address, without the tenant.",
    ),
    graph: origin({ loopback: true }).describe("Where requests go: Graph's address, without a version."),
    audience: origin({ loopback: false })
      .prefault(defaultAudience)
      .describe('What tokens are for: the resource, and the prefix of scopes.'),
  }),
])

const notATenant = 'must be a tenant id or a domain\nsuch as contoso.onmicrosoft.com'
/** https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc */
const sharedTenant =
  'must be a tenant of its own, as Entra takes no passwords for common and consumers\nwrite the tenant id or a domain'

const tenant = z
  .string({ error: notATenant })
  .regex(
    /^(organizations|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$/,
    { error: ({ input }) => (input === 'common' || input === 'consumers' ? sharedTenant : notATenant) },
  )

const identityNameFault = 'is not a name for an identity\nuse lower-case letters, digits and -'

function identity(context: SchemaContext) {
  return z.strictObject({
    grant: z
      .enum(['password'], { error: grantFault })
      .describe("How tokens are got: password is the user's name and password, without MFA."),
    tokenEndpoint: z
      .enum(['v2.0', 'v1.0'], { error: 'must be v2.0 or v1.0' })
      .default('v2.0')
      .describe('v2.0 asks for scopes; v1.0 for a resource, for registrations that need it.'),
    clientId: z
      .string({
        error: 'must be the application (client) id\ntext such as "11111111-2222-3333-4444-555555555555"',
      })
      .regex(/^[\x21-\x7e]+$/, { error: 'must be the application (client) id, without spaces' })
      .describe('The application (client) id of the app registration.'),
    clientSecret: secret(context)
      .optional()
      .describe("The registration's secret: ${env:NAME} or ${file:PATH}. Leave it out for a public client."),
    username: z
      .string({ error: 'must be a user name\ntext such as svc-planner@contoso.com' })
      .regex(/^\S(.*\S)?$/, { error: 'must be a user name, without spaces around it' })
      .describe('The user principal name of the service account, such as svc-planner@contoso.com.'),
    password: secret(context).describe("The user's password: ${env:NAME} or ${file:PATH}."),
    scopes: z
      .array(
        z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, { error: 'must be one scope, without spaces' }),
        {
          error: 'must be a list\nwrite [.default]',
        },
      )
      .min(1, { error: 'must name at least one scope\nwrite [.default]' })
      .prefault(['.default'])
      .describe("What tokens are for; .default is all that was granted. A scope without :// is Graph's."),
  })
}

function grantFault({ input }: { input?: unknown }): string {
  return `must be password${isGrantNotYet(input) ? `\n${String(input)} is not in this version yet` : ''}`
}

function rules(context: SchemaContext) {
  const text = z
    .string({ error: 'must be a rule\nwrite METHODS and a path, in quotes: "GET /v1.0/me"' })
    .regex(/\S/, { error: 'must not be empty\nwrite METHODS and a path: GET /v1.0/me' })
    .describe('METHODS PATH, such as GET,PATCH /v1.0/planner/tasks/{id}')
  const names = context.identities
  const as = names ? z.enum(names, { error: `must name an identity: ${names.join(', ')}` }) : z.string()
  const object = z.strictObject({
    rule: text,
    as: as.optional().describe('The identity that serves it; without it, "default".'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9._-]+$/, { error: 'must be made of letters, digits, ".", "_" and "-"' })
      .optional()
      .describe('What metrics and logs call the rule, instead of its text.'),
  })
  return z
    .array(z.union([text, object]), {
      error: 'must be a list\nstart each rule on a line of its own with "- "',
    })
    .prefault([])
}

const log = z
  .strictObject({
    level: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('The least that is logged.'),
    requests: z
      .enum(['none', 'failures', 'all'])
      .default('failures')
      .describe('Which requests get a log line of their own.'),
  })
  .prefault({})
  .describe('What is logged; secrets and tokens never are.')

const positive = duration({ zero: false })
const timeouts = z
  .strictObject({
    connect: positive.prefault('5s').describe('To open a connection to Graph or Entra.'),
    response: positive
      .prefault('60s')
      .describe('Without progress, until the answer of Graph or Entra begins and within it.'),
    idle: positive.prefault('60s').describe('How long an unused connection to Graph is kept.'),
    linger: duration({ zero: true })
      .prefault('0s')
      .describe('On SIGTERM, to serve on before the port is closed, until load balancers have noticed.'),
    drain: positive.prefault('20s').describe('On SIGTERM, to finish the requests in flight, after linger.'),
  })
  .prefault({})
  .describe('How long is waited: 250ms, 5s, 2m, 1h.')

const limits = z
  .strictObject({
    inFlight: count(1).prefault(1000).describe('Requests at Graph at once.'),
    queue: count(0)
      .prefault(1000)
      .describe('Requests that may wait for one of these; more are answered 503.'),
    headers: size({ min: '4KiB', max: '1MiB' })
      .prefault('32KiB')
      .describe("A request's line and headers, from 4KiB to 1MiB."),
  })
  .prefault({})
  .describe('How much is taken on.')

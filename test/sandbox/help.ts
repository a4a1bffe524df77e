import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts'
import { seedClients } from '../../src/sandbox/seed.ts'

export const confidential = seedClients[0]!
export const publicClient = seedClients[1]!
export const tenant = 'contoso.onmicrosoft.com'

/** What a good password request on v2.0 says; a test changes what it is about, `undefined` leaves a parameter out. */
export const goodForm = {
  grant_type: 'password',
  client_id: confidential.clientId,
  client_secret: 'sandbox-client-secret',
  username: 'svc-planner@contoso.com',
  password: 'sandbox-password',
  scope: 'https://graph.microsoft.com/.default offline_access',
}

/** Looked at field by field: a wrong guess fails the test. */
export type Json = ReturnType<typeof JSON.parse>

export type FormChanges = Record<string, string | undefined>

export interface TokenAnswer {
  status: number
  headers: Headers
  body: Json
}

export async function start(t: { teardown(end: () => unknown): void }, options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options)
  t.teardown(() => sandbox.close())
  return sandbox
}

export function encodeForm(changes: FormChanges = {}): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries<string | undefined>({ ...goodForm, ...changes })) {
    if (value !== undefined) form.append(name, value)
  }
  return form.toString()
}

export interface TokenRequest {
  path?: string
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export async function postToken(
  sandbox: Sandbox,
  { path = `/${tenant}/oauth2/v2.0/token`, body = encodeForm(), headers = {} }: TokenRequest = {},
): Promise<TokenAnswer> {
  const response = await fetch(sandbox.authority + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** A good password request with some parameters changed. */
export function ask(sandbox: Sandbox, changes: FormChanges = {}): Promise<TokenAnswer> {
  return postToken(sandbox, { body: encodeForm(changes) })
}

/** The same at v1.0, which takes a resource in place of scopes. */
export function askV1(sandbox: Sandbox, changes: FormChanges = {}): Promise<TokenAnswer> {
  return postToken(sandbox, {
    path: `/${tenant}/oauth2/token`,
    body: encodeForm({ scope: undefined, resource: 'https://graph.microsoft.com', ...changes }),
  })
}

export interface GraphAnswer {
  status: number
  headers: Headers
  text: string
  body: Json
}

export type CallGraph = (
  target: string,
  options?: { method?: string; headers?: Record<string, string>; body?: unknown },
) => Promise<GraphAnswer>

/** Calls Graph as svc-planner; an object as body goes out as JSON. */
export async function signIn(sandbox: Sandbox, changes: FormChanges = {}): Promise<CallGraph> {
  const token: string = (await ask(sandbox, changes)).body.access_token
  return async (target, { method = 'GET', headers = {}, body } = {}) => {
    const response = await fetch(target.startsWith('http') ? target : sandbox.graph + target, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : undefined,
    }
  }
}

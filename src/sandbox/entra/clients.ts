import type { SandboxClient } from '../seed.ts'
import { EntraError } from './errors.ts'
import { decodeFormText, decodeUtf8, optional, required, type Form } from './form.ts'

interface Credentials {
  readonly clientId: string
  readonly secret: string | undefined
}

/** The application that asks, once it has proved to be that one: RFC 6749, section 2.3.1. */
export function authenticateClient(
  form: Form,
  authorization: string | undefined,
  clients: readonly SandboxClient[],
  tenant: string,
): SandboxClient {
  const { clientId, secret } = readBasic(form, authorization) ?? {
    clientId: required(form, 'client_id'),
    secret: optional(form, 'client_secret'),
  }

  const client = clients.find((known) => known.clientId.toLowerCase() === clientId.toLowerCase())
  if (client === undefined) throw new EntraError(700016, { clientId, tenant })
  if (client.secret === undefined && secret !== undefined) throw new EntraError(700025)
  if (client.secret !== undefined && secret === undefined) throw new EntraError(7000218)
  if (client.secret !== secret) throw new EntraError(7000215, { clientId })
  return client
}

/** Id and secret are form-encoded inside, which most hand-written clients forget. */
function readBasic(form: Form, authorization: string | undefined): Credentials | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined

  const text = decodeUtf8(Buffer.from(encoded, 'base64'))
  const colon = text.indexOf(':')
  // No more than one method a request: RFC 6749, section 2.3
  if (colon === -1 || form.has('client_secret')) throw new EntraError(9002313)
  const clientId = decodeFormText(text.slice(0, colon))
  const secret = decodeFormText(text.slice(colon + 1))
  if ((optional(form, 'client_id') ?? clientId) !== clientId) throw new EntraError(9002313)
  return { clientId, secret: secret === '' ? undefined : secret }
}

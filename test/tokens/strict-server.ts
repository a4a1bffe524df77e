import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

export interface FormRequest {
  readonly path: string
  readonly form: Readonly<Record<string, string>>
}

/** A server on loopback; gone with the test. Answers its origin. */
export async function startServer(
  t: Test,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(onRequest)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A token endpoint that reads forms by the letter (WHATWG URL, section 5.1), and refuses whatever is not one. */
export async function startStrictEntra(t: Test): Promise<{ origin: string; requests: FormRequest[] }> {
  const requests: FormRequest[] = []
  const origin = await startServer(t, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = parseForm(request, Buffer.concat(chunks).toString('latin1'))
      if (form === undefined) {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(
          JSON.stringify({ error: 'invalid_request', error_description: 'AADSTS900144: not a form' }),
        )
        return
      }
      requests.push({ path: request.url ?? '', form })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ token_type: 'Bearer', access_token: 'at', refresh_token: 'rt', expires_in: 3600 }),
      )
    })
  })
  return { origin, requests }
}

function parseForm(request: IncomingMessage, body: string): Record<string, string> | undefined {
  if (request.method !== 'POST') return undefined
  if (!/^application\/x-www-form-urlencoded(;charset=utf-8)?$/i.test(request.headers['content-type'] ?? ''))
    return undefined
  const form: Record<string, string> = {}
  for (const pair of body.split('&')) {
    const match = /^([\w*.+%-]+)=([\w*.+%-]*)$/.exec(pair)
    if (match === null) return undefined
    const [name, value] = match.slice(1).map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    if (name === undefined || value === undefined || Object.hasOwn(form, name)) return undefined
    form[name] = value
  }
  return form
}

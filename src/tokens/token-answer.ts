import { processGenericTokenEndpointResponse } from 'oauth4webapi'
import type { AuthorizationServer, Client } from 'oauth4webapi'
import { classify } from './classify.ts'
import type { Classification } from './classify.ts'

/** What the token endpoint gave. Times in milliseconds. */
export interface Grant {
  readonly accessToken: string
  readonly expiresIn: number
  readonly refreshIn: number | undefined
  readonly refreshToken: string | undefined
  readonly scopes: readonly string[] | undefined
}

export type TokenAnswer =
  | { readonly granted: Grant }
  /** `retryAfter`: the header as it came. */
  | { readonly refused: Classification; readonly retryAfter?: string }

/** Bytes; a token answer has a few thousand. */
const sizeLimit = 1024 * 1024

/** A longer life is nobody's, and would not fit a timer. Entra's longest is 28 h. */
const longestLife = 48 * 60 * 60 * 1000

/**
 * Reads the whole answer. Rejects only where the connection fails.
 * The library judges answers with a token alone: of errors, it hides the body behind a WWW-Authenticate header.
 */
export async function readTokenAnswer(
  response: Response,
  request: 'password' | 'refresh_token',
  server: AuthorizationServer,
  client: Client,
): Promise<TokenAnswer> {
  const { status } = response
  const body = parseJson(await readText(response))
  if (status === 200 && isObject(body) && body['error'] === undefined) {
    const granted = await readGrant(body, server, client)
    if (granted !== undefined) return { granted }
  }
  const retryAfter = response.headers.get('retry-after')
  return { refused: classify({ status, body, request }), ...(retryAfter === null ? {} : { retryAfter }) }
}

/** Undefined where the answer is garbled. */
async function readGrant(
  body: Readonly<Record<string, unknown>>,
  server: AuthorizationServer,
  client: Client,
): Promise<Grant | undefined> {
  let answer
  try {
    // the ID token is nothing to us, and v1.0 sends it unsigned, which the library refuses
    const whole = Response.json({ ...body, id_token: undefined })
    answer = await processGenericTokenEndpointResponse(server, client, whole)
  } catch {
    // the library's errors hold the body, tokens and all: nothing of them is passed on
    return undefined
  }
  const expiresIn = milliseconds(body['expires_in'])
  // visible ASCII: it goes into a header
  if (
    answer.token_type !== 'bearer' ||
    !/^[\x21-\x7e]+$/.test(answer.access_token) ||
    expiresIn === undefined
  ) {
    return undefined
  }
  return {
    accessToken: answer.access_token,
    expiresIn: Math.min(expiresIn, longestLife),
    refreshIn: milliseconds(body['refresh_in']),
    refreshToken: answer.refresh_token,
    scopes: answer.scope?.split(' ').filter((scope) => scope !== ''),
  }
}

/** From seconds, a positive number or, in v1.0, a text of one. */
function milliseconds(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number' && (typeof seconds !== 'string' || seconds.trim() === '')) return undefined
  const number = Number(seconds)
  return Number.isFinite(number) && number > 0 ? number * 1000 : undefined
}

/** Undefined where it is too long to be a token answer. */
async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  // leaving the loop cancels the body
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > sizeLimit) return undefined
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

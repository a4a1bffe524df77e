import t from 'tap'
import { readTokenAnswer } from '../../src/tokens/token-answer.ts'

const good = { token_type: 'Bearer', access_token: 'at', expires_in: 3599 }

async function read(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = new Response(text, { status, headers })
  return readTokenAnswer(response, 'password', { issuer: 'https://login.example' }, { client_id: 'client' })
}

t.test('a v2.0 answer is read with its numbers', async (t) => {
  const body = { ...good, scope: ' User.Read  Tasks.Read ', refresh_token: 'rt', refresh_in: 1800 }
  t.same(await read(body), {
    granted: {
      accessToken: 'at',
      expiresIn: 3_599_000,
      refreshIn: 1_800_000,
      refreshToken: 'rt',
      scopes: ['User.Read', 'Tasks.Read'],
    },
  })
})

t.test('a v1.0 answer is read with its texts of numbers', async (t) => {
  const answer = await read({
    ...good,
    token_type: 'bearer',
    expires_in: '3599',
    refresh_in: '43199',
    expires_on: '1',
  })
  t.match(answer, { granted: { expiresIn: 3_599_000, refreshIn: 43_199_000, refreshToken: undefined } })
})

t.test('an ID token is of no interest, signed or not', async (t) => {
  for (const id_token of ['eyJhbGciOiJub25lIn0.e30.', 'nonsense', 7]) {
    t.match(await read({ ...good, id_token }), { granted: { accessToken: 'at' } })
  }
})

t.test('a life is two days at most', async (t) => {
  t.match(await read({ ...good, expires_in: 1e12 }), { granted: { expiresIn: 48 * 3_600_000 } })
})

t.test('a refresh_in that is no number counts as none', async (t) => {
  for (const refresh_in of [0, -1, 'soon', null, {}]) {
    t.match(await read({ ...good, refresh_in }), { granted: { refreshIn: undefined } })
  }
})

for (const [what, body] of Object.entries({
  'an empty body': '',
  'a page': '<html><body>Sign in to the Wi-Fi</body></html>',
  'an empty object': {},
  'a list': [good],
  'a text': '"at"',
  null: 'null',
  'half a JSON': '{"access_token":"at","exp',
  'an error': { error: 'invalid_grant', error_description: 'AADSTS50126: words' },
  'a token and an error': { ...good, error: 'server_error' },
  'no token': { ...good, access_token: undefined },
  'an empty token': { ...good, access_token: '' },
  'a token that is no text': { ...good, access_token: 7 },
  'a token with a line end': { ...good, access_token: 'at\r\nx-evil: 1' },
  'a token with a space': { ...good, access_token: 'a t' },
  'a token with ü': { ...good, access_token: 'atü' },
  'no life': { ...good, expires_in: undefined },
  'a life of 0': { ...good, expires_in: 0 },
  'a life below 0': { ...good, expires_in: -3600 },
  'a life in words': { ...good, expires_in: 'an hour' },
  'a life with words': { ...good, expires_in: '3600 s' },
  'an endless life': { ...good, expires_in: 'Infinity' },
  'no token type': { ...good, token_type: undefined },
  'a token that is bound to a key': { ...good, token_type: 'DPoP' },
  'a token type of another kind': { ...good, token_type: 'mac' },
  'a refresh token that is no text': { ...good, refresh_token: {} },
  'more than 1 MiB': JSON.stringify({ ...good, padding: 'x'.repeat(1024 * 1024) }),
})) {
  t.test(`a 200 with ${what} is garbled, and transient`, async (t) => {
    const answer = await read(body)
    t.match(answer, { refused: { class: 'R', code: 'http_200' } })
  })
}

t.test('an error with a WWW-Authenticate header is read like any other', async (t) => {
  const body = { error: 'invalid_client', error_description: 'AADSTS7000215: words', error_codes: [7000215] }
  const answer = await read(body, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_client"' },
  })
  t.match(answer, { refused: { class: 'C', code: 'AADSTS7000215' } })
})

t.test("a proxy's 407 page is transient", async (t) => {
  const answer = await read('<html>', { status: 407, headers: { 'proxy-authenticate': 'Basic' } })
  t.match(answer, { refused: { class: 'R', code: 'http_407' } })
})

t.test('Retry-After comes along with what was refused', async (t) => {
  t.match(await read('', { status: 503, headers: { 'retry-after': '7' } }), {
    refused: { code: 'http_503' },
    retryAfter: '7',
  })
  t.equal('retryAfter' in (await read('', { status: 503 })), false)
})

t.test('an answer that never ends is left after 1 MiB', async (t) => {
  let cancelled = false
  const endless = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(64 * 1024))
    },
    cancel: () => {
      cancelled = true
    },
  })
  const answer = await readTokenAnswer(new Response(endless), 'password', { issuer: 'x' }, { client_id: 'x' })
  t.match(answer, { refused: { code: 'http_200' } })
  t.equal(cancelled, true)
})

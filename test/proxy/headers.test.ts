import type { IncomingMessage } from 'node:http'
import t from 'tap'
import { downstreamHeaders, upstreamHeaders } from '../../src/proxy/headers.ts'

/** What goes to Graph when these come in; names in lower case. */
function sent(rawHeaders: string[]): Record<string, string> {
  const connection = rawHeaders.find(
    (_value, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'connection',
  )
  const request = { rawHeaders, headers: { connection } } as unknown as IncomingMessage
  const list = upstreamHeaders(request, 'TOKEN', 'made-id')
  const out: Record<string, string> = {}
  for (let i = 0; i < list.length; i += 2) out[list[i]!.toLowerCase()] = list[i + 1]!
  return out
}

const added = { 'client-request-id': 'made-id', authorization: 'Bearer TOKEN' }

t.test('headers that belong to one connection, to the app or to other proxies are dropped', async (t) => {
  const dropped = [
    ...[
      'Authorization',
      'Cookie',
      'Origin',
      'Host',
      'Expect',
      'Forwarded',
      'X-Original-URL',
      'X-Rewrite-Url',
    ],
    ...['Connection', 'Keep-Alive', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade'],
    ...[
      'Proxy-Authorization',
      'Proxy-Connection',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-Forwarded-Proto',
    ],
    ...['X-MS-CLIENT-PRINCIPAL', 'X-MS-CLIENT-PRINCIPAL-NAME', 'X-MS-TOKEN-AAD-ACCESS-TOKEN'],
    ...['Sec-Fetch-Mode', 'Sec-WebSocket-Key'],
    ...[
      'X_Forwarded_User',
      'X_Original_URL',
      'Proxy_Authorization',
      'Transfer_Encoding',
      'Content_Length',
      'If_Match',
    ],
  ]
  for (const name of dropped) t.same(sent([name, 'x']), added, name)
})

t.test('everything else goes through, in order, spelling and number', async (t) => {
  const rawHeaders = [
    'ConsistencyLevel',
    'eventual',
    'Prefer',
    'a',
    'prefer',
    'b',
    'X-Custom_Name',
    'c',
    'If-Match',
    '*',
  ]
  const request = { rawHeaders, headers: {} } as unknown as IncomingMessage
  const list = upstreamHeaders(request, 'TOKEN', 'made-id')
  t.same(list.slice(0, rawHeaders.length), rawHeaders)
})

t.test('the app’s own client-request-id is kept', async (t) => {
  t.equal(sent(['Client-Request-Id', 'mine'])['client-request-id'], 'mine')
})

t.test('headers named by Connection are dropped, but for those that frame or aim the request', async (t) => {
  t.same(sent(['Connection', 'close, X-Hop', 'X-Hop', '1', 'X-Stay', '2']), { 'x-stay': '2', ...added })
  t.same(
    sent([
      'Connection',
      'content-length, content-type, if-match, host',
      'Content-Length',
      '3',
      'Content-Type',
      'a/b',
      'If-Match',
      'x',
    ]),
    { 'content-length': '3', 'content-type': 'a/b', 'if-match': 'x', ...added },
  )
})

t.test('Connection cannot take the token away', async (t) => {
  t.equal(sent(['Connection', 'authorization', 'Authorization', 'x']).authorization, 'Bearer TOKEN')
})

t.test('accept-encoding is narrowed to gzip or identity', async (t) => {
  const cases: [string, string][] = [
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1.0, GZIP;q=0.8', 'gzip'],
    ['br, zstd', 'identity'],
    ['*', 'gzip'],
    ['gzip;q=0, *', 'identity'],
    ['gzip; q=0.000', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
  ]
  for (const [came, goes] of cases) t.equal(sent(['Accept-Encoding', came])['accept-encoding'], goes, came)
})

t.test('of Graph’s answer, what concerns one connection, cookies or browsers stays here', async (t) => {
  const raw = [
    ...[
      'Connection',
      'close, X-Hop',
      'Keep-Alive',
      'timeout=5',
      'Transfer-Encoding',
      'chunked',
      'X-Hop',
      '1',
    ],
    ...[
      'Set-Cookie',
      'a=b',
      'Alt-Svc',
      'h3',
      'Strict-Transport-Security',
      'x',
      'Access-Control-Allow-Origin',
      '*',
    ],
    ...['Proxy-Authenticate', 'x', 'Upgrade', 'h2c', 'Trailer', 'x', 'TE', 'x'],
    ...['WWW-Authenticate', 'a', 'WWW-Authenticate', 'b', 'Retry-After', '2.128', 'request-id', 'r'],
  ]
  t.same(downstreamHeaders(raw.map((text) => Buffer.from(text))), [
    ...['WWW-Authenticate', 'a', 'WWW-Authenticate', 'b', 'Retry-After', '2.128', 'request-id', 'r'],
  ])
})

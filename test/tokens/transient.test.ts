import t from 'tap'
import { createHarness, failureOf, granted, minute, networkFailure, refused, second } from './harness.ts'
import type { Answer } from './harness.ts'

const garbled: Answer = { status: 200, body: '<html>' }

for (const [what, answer, code] of [
  ['a refused connection', networkFailure('ECONNREFUSED'), 'ECONNREFUSED'],
  ['503 with a page', { status: 503, body: '<html>' }, 'http_503'],
  ['429', { status: 429, body: '' }, 'http_429'],
  ['a garbled answer', garbled, 'http_200'],
  [
    "a captive portal's redirect",
    { status: 302, body: '', headers: { location: 'http://wifi.example' } },
    'http_302',
  ],
  ["a proxy's 407", { status: 407, body: '<html>' }, 'http_407'],
  ["Entra's own transient error", refused(90033, { status: 400 }), 'AADSTS90033'],
] as const) {
  t.test(`${what} is tried again by itself`, async (t) => {
    const { identity, clock, requests, attempts, attempted } = createHarness({
      answers: [answer, granted('t1')],
    })
    const error = await failureOf(identity)
    t.equal(error.status, 503)
    t.equal(error.code, 'sidecar.tokenUnavailable')
    t.match(error.message, code)
    t.match(attempts, [{ outcome: 'transient', code, retryAt: clock.now() + second }])
    t.match(identity.status(), { state: 'empty', canServe: false, answered: false, code })
    t.equal(requests.length, 1)
    clock.advance(second)
    await attempted(2)
    t.equal(identity.token(), 't1')
    t.match(identity.status(), { state: 'fresh', answered: true, code: undefined, retryAt: undefined })
  })
}

t.test('the delays grow, and after a success start over', async (t) => {
  const down = networkFailure('ECONNREFUSED')
  const { identity, clock, attempts, attempted } = createHarness({
    answers: [down, down, down, down, down, down, down, granted('t1'), down],
    random: () => 1,
  })
  identity.start()
  const delays: number[] = []
  for (const round of [1, 2, 3, 4, 5, 6, 7]) {
    await attempted(round)
    delays.push((attempts.at(-1)?.retryAt ?? 0) - clock.now())
    clock.advance(delays.at(-1) ?? 0)
  }
  t.same(
    delays,
    [2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * second),
  )
  await attempted(8)
  clock.advance(48 * minute)
  await attempted(9)
  t.equal((attempts.at(-1)?.retryAt ?? 0) - clock.now(), 2 * second)
})

t.test('during back-off a call is told at once how long it lasts, and no request is made', async (t) => {
  const answer: Answer = { status: 503, body: '', headers: { 'retry-after': '90.5' } }
  const { identity, clock, requests, attempted } = createHarness({ answers: [answer, granted('t1')] })
  t.equal((await failureOf(identity)).retryAfter, 91)
  clock.advance(50 * second)
  t.equal((await failureOf(identity)).retryAfter, 41)
  clock.advance(40.499 * second)
  t.equal((await failureOf(identity)).retryAfter, 1, 'never 0')
  t.equal(requests.length, 1)
  clock.advance(1)
  await attempted(2)
  t.equal(identity.token(), 't1')
})

t.test('Retry-After may be a date, and counts for 15 minutes at most', async (t) => {
  const { identity, clock } = createHarness({
    answers: [{ status: 429, body: '', headers: { 'retry-after': 'Thu, 01 Jan 2026 00:05:00 GMT' } }],
  })
  t.equal((await failureOf(identity)).retryAfter, 300)
  t.equal(identity.status().retryAt, clock.now() + 300 * second)
  const long = createHarness({ answers: [{ status: 429, body: '', headers: { 'retry-after': '86400' } }] })
  t.equal((await failureOf(long.identity)).retryAfter, 900)
})

t.test('a throttled tenant is left alone for a minute', async (t) => {
  const { identity } = createHarness({ answers: [refused(90055)] })
  t.equal((await failureOf(identity)).retryAfter, 60)
})

t.test('a failure that is transient for long becomes a rejection after five in a row', async (t) => {
  const { identity, clock, attempts, attempted, requests } = createHarness({
    answers: [...Array.from({ length: 6 }, () => refused(80001)), granted('t1')],
  })
  identity.start()
  for (const round of [1, 2, 3, 4]) {
    await attempted(round)
    t.equal(identity.status().state, 'empty')
    clock.advance(second)
  }
  await attempted(5)
  t.equal(attempts.at(-1)?.outcome, 'rejected')
  t.match(identity.status(), { state: 'blocked', answered: true, code: 'AADSTS80001' })
  t.equal((await failureOf(identity)).code, 'sidecar.credentialsRejected')
  clock.advance(15 * minute - 1)
  t.equal(requests.length, 5)
  clock.advance(1)
  await attempted(6)
  t.equal(identity.status().state, 'blocked')
  clock.advance(15 * minute)
  await attempted(7)
  t.equal(identity.token(), 't1')
})

t.test('Entra that does not answer in time is left, and asked again', async (t) => {
  const { identity, clock, requested, attempts, attempted } = createHarness({
    answers: [new Promise<Answer>(() => undefined), granted('t1')],
    timeout: 20 * second,
  })
  const call = failureOf(identity)
  await requested(1)
  clock.advance(20 * second)
  t.match((await call).message, /timeout \(Entra did not answer in time\)/)
  t.match(attempts, [{ outcome: 'transient', code: 'timeout', durationMs: 20 * second }])
  clock.advance(second)
  await attempted(2)
  t.equal(identity.token(), 't1')
})

t.test('a log that throws costs no token', async (t) => {
  const { identity } = createHarness({
    answers: [granted('t1')],
    onAttempt: () => {
      throw new Error('disk full')
    },
  })
  t.equal(await identity.token(), 't1')
})

t.test('each request has an id of its own, and the event names it', async (t) => {
  const { identity, clock, requests, attempts, attempted } = createHarness({
    answers: [networkFailure('ECONNREFUSED'), granted('t1')],
  })
  identity.start()
  await attempted(1)
  clock.advance(second)
  await attempted(2)
  const ids = requests.map(({ headers }) => headers['client-request-id'])
  t.match(ids[0], /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  t.not(ids[0], ids[1])
  t.same(
    attempts.map(({ clientRequestId }) => clientRequestId),
    ids,
  )
})

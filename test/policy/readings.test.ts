import t from 'tap'
import { policyOf } from './help.ts'

const policy = policyOf(['GET /**'])
const readingsOf = (path: string) =>
  policy.judge('GET', `/v1.0${path}`).readings.map((reading) => reading.replace('GET /v1.0', ''))

t.test('a plain path has one reading', async (t) => {
  t.same(readingsOf('/users/ann@contoso.com/$ref'), ['/users/ann@contoso.com/$ref'])
})

t.test('escapes are decoded once', async (t) => {
  t.same(readingsOf('/%75sers/%61'), ['/users/a'])
  t.same(readingsOf('/a%252Fb'), ['/a%252Fb'])
  t.same(readingsOf('/100%25'), ['/100%25'])
})

t.test('empty segments never count', async (t) => {
  t.same(readingsOf('//a///b//'), ['/a/b'])
})

t.test('an encoded slash or backslash is part of a segment or a slash', async (t) => {
  t.same(readingsOf('/a%2fb'), ['/a%2Fb', '/a/b'])
  t.same(readingsOf('/a%5Cb'), ['/a%5Cb', '/a/b'])
  t.same(readingsOf('/%2Fa'), ['/%2Fa', '/a'])
})

t.test('every combination of encoded slashes is a reading of its own', async (t) => {
  t.same(readingsOf('/a%2Fb/c%2Fd'), ['/a%2Fb/c%2Fd', '/a%2Fb/c/d', '/a/b/c%2Fd', '/a/b/c/d'])
  t.same(readingsOf('/a%2Fb%2Fc').toSorted(), ['/a%2Fb%2Fc', '/a%2Fb/c', '/a/b%2Fc', '/a/b/c'].toSorted())
})

t.test('all kept and all split are allowed, one of each is not: the request is not', async (t) => {
  const policy = policyOf(['GET /a/{x}/{y}', 'GET /a/{x}/{y}/{z}/{w}'])
  t.ok(policy.judge('GET', '/v1.0/a/1/2').allowed)
  t.ok(policy.judge('GET', '/v1.0/a/1/2/3/4').allowed)
  t.match(policy.judge('GET', '/v1.0/a/1%2F2/3%2F4'), { allowed: false, cause: 'no_rule' })
})

t.test('a segment ends at each ";" or not', async (t) => {
  t.same(readingsOf('/a;b/c'), ['/a%3Bb/c', '/a/c'])
  t.same(readingsOf('/a%3Bb;c'), ['/a%3Bb%3Bc', '/a', '/a%3Bb'])
  t.same(readingsOf('/a/;b'), ['/a/%3Bb', '/a'])
})

t.test('spaces at the edges of a segment count or not; a plus is no space', async (t) => {
  t.same(readingsOf('/%20a%20'), ['/%20a%20', '/a'])
  t.same(readingsOf('/%20'), ['/%20', '/'])
  t.same(readingsOf('/a%20b'), ['/a%20b'])
  t.same(readingsOf('/+a+'), ['/+a+'])
  t.same(readingsOf('/a%C2%A0'), ['/a%C2%A0', '/a'])
  t.same(readingsOf('/a%20%2Fb'), ['/a%20%2Fb', '/a%20/b', '/a/b'])
})

t.test('eight encoded slashes are read, more are refused', async (t) => {
  t.equal(readingsOf(`/a${'%2Fa'.repeat(8)}`).length, 256)
  for (const path of [
    `/a${'%2Fa'.repeat(9)}`,
    ';'.repeat(9),
    '%20a/'.repeat(9),
    `${'%20a%20%2F'.repeat(8)}a`,
  ]) {
    t.match(
      policy.judge('GET', `/v1.0/${path}`),
      { error: 'badPath', cause: 'too_many_readings', readings: [] },
      path,
    )
  }
})

t.test('a target has at most 16 KiB', async (t) => {
  const long = (length: number) => '/v1.0/'.padEnd(length, 'a')
  t.ok(policy.judge('GET', long(16_384)).allowed)
  t.match(policy.judge('GET', long(16_385)), { allowed: false, error: 'badPath', cause: 'too_long' })
})

t.test('a documented activity id that is a path is allowed as a key, split or not', async (t) => {
  const policy = policyOf(['PUT /me/activities/{id}'])
  t.ok(policy.judge('PUT', '/v1.0/me/activities/%2Farticle%3F12345').allowed)
})

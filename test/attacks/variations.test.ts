import t from 'tap'
import { policyOf } from '../policy/help.ts'

/** mulberry32: the same variations on every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const policy = policyOf(
  ['GET /v1.0/**', 'POST /v1.0/me/sendMail', 'GET /beta/me'],
  ['GET /users/{id}/messages/**', 'GET /groups/{id}/owners', 'GET /sites/delta'],
)
const deniedPaths = [
  'users/ann/messages',
  'users/ann/messages/m1',
  'me/messages',
  'groups/g1/owners',
  'sites/delta',
]

/** Ways to write the same path, or one that some server takes for it. */
function vary(path: string, next: () => number): string {
  const pick = (...options: string[]) => options[Math.floor(next() * options.length)]!
  const rarely = (text: string) => (next() < 0.1 ? text : '')
  const letter = (character: string) => {
    const hex = character.charCodeAt(0).toString(16)
    return pick(character, character, character, character.toUpperCase(), `%${hex}`, `%${hex.toUpperCase()}`)
  }
  const segments = path.split('/').map((segment, i) => {
    // Ids have case, so only names change theirs
    const isName = !/^(ann|m1|g1)$/.test(segment)
    const written = isName ? segment.replace(/./g, letter) : segment
    const name = rarely('microsoft.graph.user/') !== '' && i > 0 ? `microsoft.graph.user/${written}` : written
    return `${rarely('%20')}${name}${rarely(pick(';x', ';', '%3B', '%20', '%09', '%00'))}`
  })
  const slash = () =>
    next() < 0.7
      ? '/'
      : pick('//', '%2F', '%2f', '%5C', '\\', '/./', '/%2e/', '/x/../', '/;/', '/%20/', '/..;/')
  return (
    segments.reduce((joined, segment) => `${joined}${slash()}${segment}`) +
    rarely(pick('/', '?', '?x=1', '%2F'))
  )
}

t.test('no variation of a denied path becomes allowed', async (t) => {
  const next = random(20_260_801)
  const seen = { deny_rule: 0, badPath: 0 }
  const allowed: string[] = []
  for (let i = 0; i < 20_000; i++) {
    const target = `/v1.0/${vary(deniedPaths[i % deniedPaths.length]!, next)}`
    const verdict = policy.judge('GET', target)
    if (verdict.allowed) allowed.push(target)
    else if (verdict.cause === 'deny_rule') seen.deny_rule++
    else if (verdict.error === 'badPath') seen.badPath++
    else allowed.push(`${target} (${verdict.cause})`)
  }
  t.same(allowed, [])
  t.ok(seen.deny_rule > 1000, 'many of them are read, and denied')
  t.ok(seen.badPath > 1000, 'many of them are refused unread')
})

t.test('no variation of a path that no rule allows becomes allowed', async (t) => {
  const next = random(7)
  const policy = policyOf(['GET /me', 'GET /users/{id}', 'GET /users/{id}/events', 'GET /sites/{id}'])
  const allowed: string[] = []
  for (let i = 0; i < 20_000; i++) {
    const target = `/v1.0/${vary(deniedPaths[i % deniedPaths.length]!, next)}`
    if (policy.judge('GET', target).allowed) allowed.push(target)
  }
  t.same(allowed, [])
})

t.test(
  'no random text makes the judge throw, and nothing that is allowed holds what is refused',
  async (t) => {
    const next = random(42)
    const parts = [
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2F',
      '%5c',
      ';',
      '%3B',
      '%20',
      '%',
      '%zz',
      '%ff',
      '\\',
      '#',
      '?',
      '&',
      '$',
      '$batch',
      '$count',
      'me',
      'users',
      'x',
      '(',
      ')',
      "'",
      ':',
      'é',
      '\0',
      '\t',
      ' ',
      'microsoft.graph.',
      '%C3%A9',
      'http:',
      '+',
      '=',
    ]
    let allowed = 0
    for (let i = 0; i < 20_000; i++) {
      const target = `/v1.0/${Array.from({ length: 1 + Math.floor(next() * 8) }, () => parts[Math.floor(next() * parts.length)]).join('')}`
      const verdict = policy.judge('GET', target)
      if (!verdict.allowed) continue
      allowed++
      if (/[^!-~]|#|(^|[/\\])\.\.?([/?;\\]|$)|(^|[/\\])\$batch([/?;(]|$)/.test(target.replace(/\?.*/, '')))
        t.fail(target)
    }
    t.ok(allowed > 500, 'enough of them are allowed for this to say something')
  },
)

import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const warningsOf = (...allow: string[]) => policyOf(allow).warnings.map(({ message }) => message)

t.test('ordinary rules give no warning', async (t) => {
  t.same(
    warningsOf('GET /me', 'PATCH /planner/tasks/{id}', 'GET /groups/**', 'GET /subscriptions', 'GET /search'),
    [],
  )
})

t.test('a pasted query is dropped with a warning', async (t) => {
  const policy = policyOf(['GET /me', 'GET /users/{id}?$select=id&x={y}#z'])
  t.match(policy.warnings, [
    { position: { line: 2, column: 5 }, message: 'is dropped', hint: 'leave out "?$select=id&x={y}#z"' },
  ])
  t.equal(verdictOn(policy, 'GET /v1.0/users/x'), 'GET /users/{id}?$select=id&x={y}#z')
})

t.test('a rule that opens what no rule can see is told so', async (t) => {
  for (const [rule, what] of [
    ['POST /subscriptions', '/subscriptions'],
    ['POST /search/query', '/search/query'],
    ['ANY /search/**', '/search/query'],
    ['POST /directoryObjects/getByIds', '/directoryobjects/getbyids'],
    ['GET /shares/{id}/driveItem', '/shares'],
  ] as const) {
    t.match(warningsOf(rule), [what], rule)
  }
  t.equal(warningsOf('ANY /**').length, 4)
})

t.test('a rule that can never apply is told so', async (t) => {
  for (const rule of ['POST /$batch', 'POST /users/$query', 'GET /$entity', 'GET /$all']) {
    t.match(warningsOf(rule), ['never applies'], rule)
  }
  t.same(policyOf(['GET /me'], ['POST /v1.0/$batch']).warnings, [])
})

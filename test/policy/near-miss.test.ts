import t from 'tap'
import { policyOf } from './help.ts'

const reasonFor = (request: string, ...allow: string[]) => {
  const [method = '', target = ''] = request.split(' ')
  return policyOf(allow).judge(method, target).reason
}

t.test('a denied request is told the line that would allow it, ids folded', async (t) => {
  for (const [request, line] of [
    ['GET /v1.0/planner/plans/xqQg5FS2LkCp935s-FIFm2QAFkHM', 'GET /v1.0/planner/plans/{id}'],
    [
      'PATCH /v1.0/users/ann@contoso.com/events/11111111-2222-3333-4444-555555555555',
      'PATCH /v1.0/users/{id}/events/{id}',
    ],
    ['GET /v1.0/groups/5/members/$count?$top=1', 'GET /v1.0/groups/{id}/members/$count'],
    ['GET /v1.0/reports/getOffice365ActiveUserDetail', 'GET /v1.0/reports/getOffice365ActiveUserDetail'],
    ['GET /v1.0/users/delta', 'GET /v1.0/users/delta'],
    ['GET /v1.0/me/drive/a%20b', 'GET /v1.0/me/drive/{id}'],
  ] as const) {
    t.equal(reasonFor(request).split('add to allow: ')[1], `"${line}".`, request)
    t.ok(
      policyOf([line]).judge(request.split(' ')[0]!, request.split(' ')[1]!).allowed,
      `${line} does allow it`,
    )
  }
})

t.test('a rule that lacks only the method is named', async (t) => {
  t.match(
    reasonFor('DELETE /v1.0/users/x', 'GET /me', 'GET /users/{id}'),
    'The rule "GET /users/{id}" allows this path, but not DELETE',
  )
})

t.test('no line is offered where none would do', async (t) => {
  t.equal(reasonFor('GET /v1.0/'), 'No rule allows GET /v1.0/.')
  t.notMatch(reasonFor('GET /v1.0/me/root%3A'), 'add to allow: "GET /v1.0/me/{id}"')
})

import t from 'tap'
import { policyOf, verdictOn } from './help.ts'

const noRule = '(pathNotAllowed: no_rule)'
const denied = '(pathNotAllowed: deny_rule)'

// Until parentheses, quotes and casts are read, they match their own text and ** only.

t.test('a call or a quoted key matches a rule of exactly its text', async (t) => {
  const rule = "GET /reports/getEmailActivityCounts(period='D7')"
  const policy = policyOf([rule])
  t.equal(verdictOn(policy, "GET /v1.0/reports/getEmailActivityCounts(period='D7')"), rule)
  t.equal(verdictOn(policy, 'GET /v1.0/reports/getEmailActivityCounts(period=%27D7%27)'), rule)
  t.equal(verdictOn(policy, "GET /v1.0/reports/getEmailActivityCounts(period='d7')"), noRule)
  t.equal(verdictOn(policy, "GET /v1.0/reports/getEmailActivityCounts(period='D30')"), noRule)
  t.equal(verdictOn(policyOf(['GET /users', 'GET /users/{id}']), "GET /v1.0/users('x')"), noRule)
})

t.test('** matches forms where no denial could be meant', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /users/{id}/messages/**', 'GET /groups/{id}/owners'])
  for (const path of [
    "/sites('x')/lists",
    "/reports/getEmailActivityCounts(period='D7')",
    '/groups/x/transitiveMembers/microsoft.graph.user',
    "/groups/x/calendarView(a='b')",
    "/me/drive/root/search(q='a')",
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), 'GET /**', path)
  }
})

t.test(
  'where a denial goes along up to the name before them, it covers whatever parentheses hold',
  async (t) => {
    const policy = policyOf(
      ['GET /**'],
      ['GET /users/{id}/messages', 'GET /groups/{id}/owners', 'GET /sites/delta'],
    )
    for (const path of [
      "/users('x')/messages",
      '/users(%27x%27)/messages',
      '/users(x)/messages',
      "/Users('x')",
      "/users('a/b')/messages",
      "/users/('x')/messages",
      "/users/x/messages('y')",
      "/me/messages('y')",
      "/groups('x')/owners",
      '/sites/delta()',
      "/sites/('delta')",
      '/sites/delta(token=%27x%27)',
      '/sites/microsoft.graph.delta()',
      "/users/o'brien/messages",
    ]) {
      t.equal(verdictOn(policy, `GET /v1.0${path}`), denied, path)
    }
  },
)

t.test('a cast does not hide a path from a denial', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /me/messages', 'GET /users/{id}/events/**', 'GET /sites/delta'])
  for (const path of [
    '/me/microsoft.graph.user/messages',
    '/me/Microsoft.Graph.user/microsoft.graph.user/messages',
    '/users/x/microsoft.graph.user/events/y',
    '/sites/microsoft.graph.delta',
    '/me/messages/microsoft.graph.eventMessage',
    '/me/microsoft.graph.messages',
  ]) {
    t.equal(verdictOn(policy, `GET /v1.0${path}`), denied, path)
  }
  t.equal(
    verdictOn(policyOf(['GET /**'], ['GET /users/microsoft.graph.delta']), 'GET /v1.0/users/delta'),
    denied,
  )
})

t.test('the reason of such a denial says how to write it instead', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /users/{id}/messages'])
  t.match(policy.judge('GET', "/v1.0/users('x')/events").reason, "write users/x for users('x')")
  t.notMatch(policy.judge('GET', '/v1.0/users/x/messages').reason, "users('x')")
})

t.test('a cast is allowed by its own name', async (t) => {
  const rule = 'GET /groups/{id}/members/microsoft.graph.user'
  const policy = policyOf([rule, 'GET /groups/{id}/members/{id}'])
  t.equal(verdictOn(policy, 'GET /v1.0/groups/x/members/Microsoft.Graph.User'), rule)
  t.equal(verdictOn(policy, 'GET /v1.0/groups/x/members/microsoft.graph.group'), noRule)
})

t.test('many casts are no work', async (t) => {
  const policy = policyOf(['GET /**'], ['GET /a/a/a/a/a/a/a/a/a/a/b'])
  const path = '/microsoft.graph.a'.repeat(800)
  t.equal(verdictOn(policy, `GET /v1.0${path}`), 'GET /**')
})

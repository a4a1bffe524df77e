import t from 'tap'
import { ConfigError } from '../../src/config/errors.ts'
import { policyOf } from './help.ts'

function problemsOf(allow: string[], deny: string[] = []) {
  try {
    policyOf(allow, deny)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

t.test('a bad rule is refused with what would be right', async (t) => {
  for (const [rule, message, hint] of [
    ['', 'is not a rule', 'GET,PATCH /v1.0/planner'],
    ['/users', 'is not a rule', 'write GET /users'],
    ['GET', 'is not a rule', 'GET,PATCH'],
    ['https://graph.microsoft.com/v1.0/me', 'is not a rule', 'write GET https://'],
    ['GET https://graph.microsoft.com/v1.0/me', 'not a URL', 'write GET /v1.0/me'],
    ['GET,POST http://localhost:8080', 'not a URL', 'write GET,POST /v1.0/...'],
    ['GET users/{id}', 'does not start with "/"', 'write GET /users/{id}'],
    ['GET PATCH /users', 'does not start with "/"', 'a comma between methods'],
    ['get /users', 'must be in upper case', 'write GET'],
    ['GET,any /users', 'must be in upper case', 'write ANY'],
    ['OPTIONS /users', 'not a method that is forwarded', 'use GET, HEAD'],
    ['TRACE /users', 'not a method that is forwarded', 'use GET, HEAD'],
    ['CONNECT /users', 'not a method that is forwarded', 'use GET, HEAD'],
    ['FETCH /users', 'not a method that is forwarded', 'use GET, HEAD'],
    ['* /users', 'not a method that is forwarded', 'write ANY'],
    ['GET /', 'names no resource', '/v1.0/**'],
    ['GET /v1.0/', 'names no resource', '/v1.0/**'],
    ['GET /v2.0/me', 'no version "v2.0"', '/v1.0/ or /beta/'],
    ['GET /users/*', 'not a wildcard', '{id} is one segment'],
    ['GET /users/a*', 'not a wildcard', '{id} is one segment'],
    ['GET /users/**/messages', 'in the middle', 'the whole last segment'],
    ['GET /users/x**', 'not a wildcard', 'the whole last segment'],
    ['GET /users/{id}x', 'a whole segment', '{id}'],
    ['GET /users/{}', 'a whole segment', '{id}'],
    ['GET /users/{id', 'a whole segment', '{id}'],
    ['GET /users/{a/b}', 'a whole segment', '{id}'],
    ['GET /directoryRoles/roleTemplateId={id}', 'a whole segment', '{id}'],
    ['GET /users/:id', 'start with a colon', '{id}'],
    ['GET /me/drive/root:/{path}:/content', 'by path', 'items/{id}'],
    ['GET /me/drive/root:/{path}', 'by path', 'items/{id}'],
    ["GET /me/drive/items('{id}')", 'in parentheses', 'items/{id}'],
    ['GET /users/delta(token={token})', 'in parentheses', 'as it is sent'],
    ['GET /users/../groups', 'cannot stand', 'the path that is meant'],
    ['GET /users/.', 'cannot stand', 'the path that is meant'],
    ['GET /users\\x', String.raw`"\\" cannot stand`, '{id}'],
    ['GET /users/a b', '" " cannot stand', '{id}'],
    ['GET /users/a\tb', String.raw`"\t" cannot stand`, '{id}'],
    ['GET /users#x', '"#" cannot stand', '{id}'],
    ['GET /users;x', '";" cannot stand', '{id}'],
    ['GET /users/café', '"é" cannot stand', '{id}'],
    ['GET /users/a%40b', 'percent-encoded', 'a@b'],
    ['GET /users/a%2Fb', 'percent-encoded', 'write {id}'],
    ['GET /users/a%zz', 'percent-encoded', 'write {id}'],
  ] as const) {
    const problems = problemsOf([rule])
    t.equal(problems.length, 1, rule)
    t.match(problems[0], { message, hint, position: { line: 1, column: 5 } }, rule)
  }
})

t.test('all bad rules are told at once, of allow and deny', async (t) => {
  const problems = problemsOf(['GET /me', 'get /me', 'GET me'], ['ANY /**', 'GET /x/*'])
  t.same(
    problems.map(({ position }) => position?.line),
    [2, 3, 102],
  )
})

t.test('a denial with parentheses or quotes would hold back too little, and is refused', async (t) => {
  t.match(problemsOf([], ["GET /users('x')"]), [{ message: 'deny rule', hint: '**' }])
  t.match(problemsOf([], ["GET /users/o'brien"]), [{ message: 'deny rule', hint: '**' }])
})

t.test('templates of the documentation are rules as they stand', async (t) => {
  const rules = [
    'GET /users/{id | userPrincipalName}/calendar',
    'GET /me/drive/items/{item-id}/workbook/tables/{id|name}/columns',
    'POST /applications/{id}/owners/$ref',
    'GET /policies/{tenant id}/',
    'GET /sites/contoso.sharepoint.com:/sites/x',
    'GET /me/drive/root/createLink',
    "GET /me/drive/root/search(q='Contoso')",
  ]
  t.same(problemsOf(rules), [])
})

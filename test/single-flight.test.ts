import t from 'tap'
import { startSandbox } from '../src/sandbox/sandbox.ts'
import { readError } from './support/sidecar-error.ts'
import { configFor, metric, seedSecrets, startSidecar } from './support/sidecar.ts'
import { startServer } from './support/upstream.ts'

t.test('500 concurrent first requests make one token request', async (t) => {
  let tokenRequests = 0
  let answerToken: (() => void) | undefined
  const authority = await startServer(t, (request, response) => {
    tokenRequests++
    request.resume()
    answerToken = () =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ token_type: 'Bearer', access_token: 'held-token', expires_in: 3600 }))
  })
  const tokens = new Set<string | undefined>()
  const graph = await startServer(t, (request, response) => {
    tokens.add(request.headers.authorization)
    response.end('{}')
  })
  const sidecar = await startSidecar(t, configFor({ authority, graph }))
  const answers = Array.from({ length: 500 }, () => fetch(`${sidecar.base}/v1.0/me`))
  while ((await metric(sidecar, 'msgraph_sidecar_requests_in_flight')) !== 500)
    await new Promise(setImmediate)
  answerToken?.()
  const statuses = new Set((await Promise.all(answers)).map((answer) => answer.status))
  t.same([...statuses], [200])
  t.equal(tokenRequests, 1)
  t.same([...tokens], ['Bearer held-token'])
})

t.test('with a wrong password 1,000 requests make one', async (t) => {
  let tokenRequests = 0
  let graphRequests = 0
  const sandbox = await startSandbox({
    onRequest: ({ service }) => {
      if (service === 'entra') tokenRequests++
      else graphRequests++
    },
  })
  t.teardown(() => sandbox.close())
  const sidecar = await startSidecar(t, configFor(sandbox), { ...seedSecrets, TEST_PASSWORD: 'wrong' })
  let answer: Response | undefined
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(`${sidecar.base}/v1.0/me`)))
    answer = answers[0]
    t.same([...new Set(answers.map((answer) => answer.status))], [502])
  }
  t.equal(tokenRequests, 1)
  t.equal(graphRequests, 0)
  t.equal(answer?.headers.get('proxy-status'), 'msgraph-sidecar; error=proxy_configuration_error')
  const error = await readError(answer!)
  t.equal(error.code, 'sidecar.credentialsRejected')
  t.match(error.message, /AADSTS50126/)
  t.equal(await metric(sidecar, 'msgraph_sidecar_identity_blocked{identity="default"}'), 1)
  const ready = await fetch(`${sidecar.admin}/readyz`)
  t.equal(ready.status, 503)
  t.match(await ready.text(), /AADSTS50126/)
  t.equal((await fetch(`${sidecar.admin}/startupz`)).status, 200, 'a rejection is an answer')
})

import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { startSandbox } from '../src/sandbox/sandbox.ts'
import { run } from './support/cli.ts'
import { sendRaw } from './support/raw.ts'
import { configFor, startSidecar, writeConfig } from './support/sidecar.ts'
import { startServer } from './support/upstream.ts'

/** Planted in every place where a secret can stand; each is searched for in everything that the process wrote. */
const planted = {
  password: 'PLANTED-password-&+%=ü"-71c4',
  clientSecret: 'PLANTED-client-secret-0e9f',
  accessToken: 'PLANTED-access-token-55aa',
  refreshToken: 'PLANTED-refresh-token-8b1d',
  appToken: 'PLANTED-app-token-d00d',
  cookie: 'PLANTED-cookie-c00c',
  query: 'PLANTED-query-beef',
  body: 'PLANTED-body-feed',
}

const env = { TEST_CLIENT_SECRET: planted.clientSecret, TEST_PASSWORD: planted.password }

/** Also the shapes in which a secret could slip out. */
function shapes(secret: string): string[] {
  const text = [secret, encodeURIComponent(secret), new URLSearchParams({ x: secret }).toString().slice(2)]
  return [...text, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')]
}

function searchFor(t: Test, secrets: readonly string[], written: string, where: string): void {
  t.ok(written.length > 0, `${where}: something was written`)
  for (const secret of secrets) {
    for (const shape of shapes(secret)) t.notOk(written.includes(shape), `${shape} in ${where}`)
  }
}

const everything = Object.values(planted)

/** Drives a sidecar on every kind of request, and gives back all that it said. */
async function drive(t: Test, config: string): Promise<string> {
  const sidecar = await startSidecar(t, `${config}\nlog: { level: trace, requests: all }\n`, env)
  const port = Number(new URL(sidecar.base).port)
  const headers = { authorization: `Bearer ${planted.appToken}`, cookie: planted.cookie }
  const said: string[] = []
  const note = async (answer: Response) => {
    said.push(JSON.stringify([...answer.headers]), await answer.text())
  }
  const paths = [
    '/v1.0/me',
    '/v1.0/none',
    '/v1.0/%zz',
    '/v1.0/a/..%2fb',
    '/beta/me',
    '/nowhere',
    '/v1.0/$batch',
  ]
  for (const path of paths) {
    await note(await fetch(`${sidecar.base}${path}?$search=${planted.query}`, { headers }))
    await note(await fetch(`${sidecar.base}${path}`, { method: 'POST', headers, body: planted.body }))
  }
  await note(
    await fetch(`${sidecar.base}/v1.0/me`, { headers: { ...headers, 'x-http-method': planted.body } }),
  )
  await note(
    await fetch(`${sidecar.base}/v1.0/me`, { headers: { ...headers, origin: 'https://evil.example' } }),
  )
  const auth = `Authorization: Bearer ${planted.appToken}\r\n`
  for (const raw of [
    `GET /v1.0/me HTTP/1.1\r\nConnection: close\r\n${auth}\r\n`,
    `POUET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${auth}\r\n`,
    `GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${auth}X: ${planted.cookie.repeat(3000)}\r\n\r\n`,
  ]) {
    said.push((await sendRaw(port, raw)).text)
  }
  for (const path of ['/metrics', '/readyz?verbose', '/startupz', '/livez', '/nowhere']) {
    await note(await fetch(sidecar.admin + path))
  }
  await sidecar.stop()
  return said.join('\n') + sidecar.output()
}

/** An Entra that answers what the test says; the planted tokens where it says nothing. */
function startEntra(t: Test, status = 200, body?: string): Promise<string> {
  const token = {
    token_type: 'Bearer',
    expires_in: 3600,
    access_token: planted.accessToken,
    refresh_token: planted.refreshToken,
  }
  return startServer(t, (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json' }).end(body ?? JSON.stringify(token))
  })
}

const echo = (t: Test) => startServer(t, (_request, response) => response.end('{}'))

t.test('all goes well', async (t) => {
  searchFor(
    t,
    everything,
    await drive(t, configFor({ authority: await startEntra(t), graph: await echo(t) })),
    'output',
  )
})

t.test('Graph fails in every way', async (t) => {
  const graphs = [
    'http://127.0.0.1:1',
    'https://graph.invalid',
    await startServer(t, (request) => request.socket.destroy()),
    await startServer(t, (request) => request.socket.end('garbage\r\n')),
    await startServer(t, (_request, response) =>
      response.writeHead(401).end('{"error":{"code":"InvalidAuthenticationToken"}}'),
    ),
    await startServer(t, (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end()),
  ]
  const authority = await startEntra(t)
  for (const graph of graphs) searchFor(t, everything, await drive(t, configFor({ authority, graph })), graph)
})

t.test('Entra rejects in every way', async (t) => {
  const graph = await echo(t)
  const errors: [number, object | string][] = [
    // Entra does not echo secrets; a proxy in between may
    [
      400,
      { error: 'invalid_grant', error_description: `AADSTS50126: ${planted.password}`, error_codes: [50126] },
    ],
    [
      401,
      {
        error: 'invalid_client',
        error_description: `AADSTS7000215: ${planted.clientSecret}`,
        error_codes: [7000215],
      },
    ],
    [400, { error: `x${planted.password}`, error_description: planted.password, suberror: planted.password }],
    [403, `<html>${planted.password}</html>`],
    [200, `<html>${planted.password}</html>`],
    [200, { access_token: `${planted.accessToken}\r\nx: y`, token_type: 'Bearer', expires_in: 3600 }],
    [200, { access_token: planted.accessToken, token_type: 'mac', expires_in: 3600 }],
    [200, { access_token: planted.accessToken, token_type: 'Bearer', expires_in: planted.refreshToken }],
    [500, planted.password],
    [302, ''],
  ]
  for (const [status, body] of errors) {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const authority = await startEntra(t, status, text)
    searchFor(t, everything, await drive(t, configFor({ authority, graph })), `${status} ${text}`)
  }
  searchFor(t, everything, await drive(t, configFor({ authority: 'http://127.0.0.1:1', graph })), 'refused')
})

t.test('the sandbox’s own fates', async (t) => {
  const clients = [
    { clientId: '11111111-2222-3333-4444-555555555555', name: 'planted', secret: planted.clientSecret },
  ]
  for (const username of ['mfa@contoso.com', 'locked@contoso.com', 'svc-planner@contoso.com']) {
    const sandbox = await startSandbox({ clients, accounts: [{ username, password: planted.password }] })
    t.teardown(() => sandbox.close())
    const config = configFor(sandbox).replace('svc-planner@contoso.com', username)
    searchFor(t, everything, await drive(t, config), username)
  }
})

t.test('the commands', async (t) => {
  const authority = await startEntra(t)
  const rejecting = await startEntra(
    t,
    400,
    JSON.stringify({ error: 'invalid_grant', error_description: 'AADSTS50126: x' }),
  )
  const graph = await echo(t)
  for (const cloud of [authority, rejecting]) {
    const file = await writeConfig(t, configFor({ authority: cloud, graph }))
    for (const args of [
      ['check'],
      ['check', '--offline'],
      ['explain', 'GET', '/v1.0/me'],
      ['explain', 'GET', '/x', '--json'],
    ]) {
      const { stdout, stderr } = await run([...args, '--config', file], { env })
      searchFor(t, everything, stdout + stderr, args.join(' '))
    }
  }
})

t.test('secrets in the wrong place of the config', async (t) => {
  const good = configFor({ authority: 'http://127.0.0.1:1', graph: 'http://127.0.0.1:1' })
  const mistakes = [
    good.replace('${env:TEST_PASSWORD}', planted.password),
    good.replace('${env:TEST_PASSWORD}', `"\${env:NONE:-${planted.clientSecret}}"`),
    good.replace('${env:TEST_PASSWORD}', `x${planted.clientSecret}\${env:TEST_PASSWORD}`),
    good.replace('${env:TEST_PASSWORD}', `[${planted.clientSecret}]`),
    good.replace('${env:TEST_PASSWORD}', `{ value: ${planted.clientSecret} }`),
    good.replace(
      'password: ${env:TEST_PASSWORD}',
      `passwort: ${planted.clientSecret}\n    password: \${env:TEST_PASSWORD}`,
    ),
    good.replace('listen: 127.0.0.1:0', 'listen: ${env:TEST_CLIENT_SECRET}'),
    good.replace('tenant: contoso.onmicrosoft.com', 'tenant: " ${env:TEST_CLIENT_SECRET}/"'),
    good.replace('listen: 127.0.0.1:0', 'listen: ${file:secret.txt}'),
    good.replace('grant: password', 'grant: ${env:TEST_CLIENT_SECRET}'),
  ]
  for (const text of mistakes) {
    const file = await writeConfig(t, text)
    await writeFile(join(dirname(file), 'secret.txt'), planted.clientSecret)
    const { code, stdout, stderr } = await run(['check', '--offline', '--config', file], { env })
    t.equal(code, 2, text)
    searchFor(t, everything, stdout + stderr, text)
  }
})

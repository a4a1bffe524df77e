import t from 'tap'
import { clash, parseAddress } from '../../src/config/address.ts'
import { loaderFor, sandbox } from './support.ts'

t.test('an address is a name, an IPv4 address or a bracketed IPv6 address, and a port', async (t) => {
  for (const [text, host, port] of [
    ['localhost:8080', 'localhost', 8080],
    ['127.0.0.1:0', '127.0.0.1', 0],
    ['[::1]:65535', '::1', 65535],
    ['graph-sidecar.svc:80', 'graph-sidecar.svc', 80],
  ] as const) {
    t.strictSame(parseAddress(text), { value: { host, port } })
  }
})

t.test('what is no address is refused', async (t) => {
  for (const text of [
    '',
    '8080',
    ':8080',
    'localhost',
    'localhost:',
    '*:80',
    'a b:80',
    'http://a:80',
    '::1:80',
    '[::1]',
    '[::1:80',
    'a:80/',
    'a:-1',
    'a:123456',
    '[1]:80',
    '1.2.3:80',
    '999.1.1.1:80',
    'a:65536',
    'unix:/run/a.sock',
  ]) {
    t.match(parseAddress(text), { fault: /^must (be HOST:PORT|have a)/ }, JSON.stringify(text))
  }
})

t.test('beyond loopback, exposed is needed', async (t) => {
  const { load, refuse } = await loaderFor(t)
  for (const address of ['127.0.0.1:1', '127.8.8.8:1', '"[::1]:1"', 'localhost:1']) {
    t.equal((await load(`${sandbox}listen: ${address}\n`)).listen.port, 1)
  }
  for (const address of ['0.0.0.0:1', '"[::]:1"', '10.0.0.1:1', 'sidecar:1']) {
    t.match(
      await refuse(`${sandbox}listen: ${address}\n`),
      [{ message: /^listen is beyond loopback/ }],
      address,
    )
    t.equal((await load(`${sandbox}listen: ${address}\nexposed: true\n`)).listen.port, 1)
  }
})

t.test('admin may be anywhere', async (t) => {
  const { load } = await loaderFor(t)
  t.strictSame((await load(`${sandbox}admin: 0.0.0.0:9464\n`)).admin, { host: '0.0.0.0', port: 9464 })
})

t.test('two addresses clash where one machine cannot listen on both', async (t) => {
  const address = (host: string, port = 80) => ({ host, port })
  for (const [a, b, expected] of [
    [address('localhost'), address('LOCALHOST'), true],
    [address('localhost'), address('127.0.0.1'), true],
    [address('localhost'), address('::1'), true],
    [address('127.0.0.1'), address('0.0.0.0'), true],
    [address('::'), address('::1'), true],
    [address('127.0.0.1'), address('127.0.0.2'), false],
    [address('localhost', 80), address('localhost', 81), false],
    [address('localhost', 0), address('localhost', 0), false],
  ] as const) {
    t.equal(clash(a, b), expected, `${JSON.stringify(a)} ${JSON.stringify(b)}`)
    t.equal(clash(b, a), expected)
  }
})

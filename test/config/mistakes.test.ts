import t from 'tap'
import { loaderFor, sandbox, tenant } from './support.ts'

interface Mistake {
  readonly text: string
  /** Line and column. */
  readonly at: string
  readonly message: string
  readonly hint?: string
}

/** In front of a text: lines 1 to 7 are right, and the mistake starts on line 8. */
const after = (text: string): string => `${sandbox}${text}\n`

const yaml: readonly Mistake[] = [
  { text: '', at: '1:1', message: 'the file has no keys in it', hint: 'make one with: msgraph-sidecar init' },
  {
    text: '# listen: localhost:8080\n- GET /v1.0/me\n',
    at: '2:1',
    message: 'the file must be a mapping: lines of "key: value"',
    hint: 'a colon needs a space after it',
  },
  {
    text: after('log:\n\tlevel: info'),
    at: '9:1',
    message: 'a tab cannot indent',
    hint: 'indent with spaces',
  },
  {
    text: after('listen: localhost:1\nlisten: localhost:2'),
    at: '9:1',
    message: 'this key is there twice',
    hint: 'keep one of them',
  },
  {
    text: after('---\nlisten: localhost:1'),
    at: '8:1',
    message: 'the file holds several documents',
    hint: 'remove the line with ---',
  },
  {
    text: after('listen: "localhost:1\nadmin: localhost:2'),
    at: '8:9',
    message: 'this quote is not closed',
    hint: 'close it on the same line',
  },
  {
    text: after('hosts: [localhost, sidecar\nadmin: localhost:2'),
    at: '9:1',
    message: 'a [ or { before this line is not closed',
    hint: 'close it, or quote the text that it is in',
  },
  {
    text: after('log:\n  level: info\n requests: all'),
    at: '10:1',
    message: 'this line does not line up with those before it',
    hint: 'keys that belong together start in one column',
  },
  {
    text: after('log:\n  level: info\n    requests: all'),
    at: '9:10',
    message: 'the next line is indented deeper than this value allows',
    hint: 'line it up with the key on this line',
  },
  {
    text: after('listen:localhost:1\nexposed: false'),
    at: '8:1',
    message: 'this key has no value',
    hint: 'a colon needs a space after it: "key: value"',
  },
  {
    text: after('allow: - GET /v1.0/me'),
    at: '8:8',
    message: 'a list cannot start on the line of its key',
    hint: 'put the first "- " on the next line',
  },
  {
    text: after('tenant: name: contoso.com'),
    at: '8:9',
    message: 'this value has a colon and a space in it',
    hint: 'quote the whole value',
  },
  {
    text: after('tenant: "contoso".com'),
    at: '8:18',
    message: 'there is text after a closing quote',
    hint: 'quote all of it, or double the quote inside',
  },
  {
    text: after('tenant: @contoso.com'),
    at: '8:9',
    message: 'text cannot start with this character',
    hint: 'quote it',
  },
  {
    text: after('tenant: "contoso\\.com"'),
    at: '8:17',
    message: 'this \\ escape does not exist in double quotes',
    hint: "write \\\\, or use 'single quotes'",
  },
  {
    text: after('tenant: !contoso.com'),
    at: '8:9',
    message: 'a ! starts a tag, and tags mean nothing here',
    hint: 'quote text that starts with !',
  },
  {
    text: after('listen: *:8080'),
    at: '8:9',
    message: 'a * starts an alias, and no anchor has the name of this one',
    hint: 'quote text that starts with *',
  },
  {
    text: after('hosts: [*]'),
    at: '8:9',
    message: 'a * starts an alias, and this one has no name',
    hint: 'quote text that starts with *',
  },
  {
    text: after('hosts: &hosts [*hosts]'),
    at: '8:16',
    message: 'this alias stands for something that it is in itself',
    hint: 'write the value out',
  },
  {
    text: `%YAMEL 1.2\n---\n${sandbox}`,
    at: '1:1',
    message: 'a line that starts with % is a directive',
    hint: 'remove the line',
  },
  {
    text: after('log:\n  <<: { level: info }'),
    at: '9:3',
    message: 'YAML 1.2 has no merge key <<',
    hint: 'write the keys out',
  },
  {
    text: after('? [listen]\n: localhost:1'),
    at: '8:3',
    message: 'a key must be text, and not empty',
    hint: 'write "key: value"',
  },
]

const bites: readonly Mistake[] = [
  {
    text: after('allow:\n  - GET /v1.0/me/drive/root:/x:'),
    at: '9:5',
    message: 'a rule that ends in a colon needs quotes',
    hint: 'write "GET /v1.0/me/drive/root:/x:"',
  },
  {
    text: after('allow:\n  - GET /v1.0/me/drive/root: /x'),
    at: '9:5',
    message: 'a rule with a colon and a space in it needs quotes',
    hint: 'quote the whole rule',
  },
  {
    text: after('deny:\n  - { rule: GET /v1.0/me/drive/root:/x:, name: x }'),
    at: '9:13',
    message: 'a colon at the end of text inside [] or {} makes it a key',
    hint: 'quote the whole text: "GET /v1.0/me/drive/root:/x:"',
  },
  {
    text: after('deny: [GET,POST /v1.0/me]'),
    at: '8:8',
    message: 'a rule with a comma in it needs quotes inside []: YAML splits it at the comma',
    hint: 'write "GET,..." in quotes, or put each rule on a line of its own',
  },
  {
    text: after('allow:\n  - { rule: GET,POST /v1.0/me }'),
    at: '9:17',
    message: 'this key has no colon and no value: inside {} a comma starts a new key',
    hint: 'quote a value that has a comma in it',
  },
  {
    text: after('allow: [GET /v1.0/users/{id}]'),
    at: '8:25',
    message: 'a rule with {name} inside [] or {} needs quotes',
    hint: 'write "GET /v1.0/users/{id}", with the quotes, or put it on a line of its own',
  },
  {
    text: after('hosts: [localhost, ${env:HOST}]'),
    at: '8:21',
    message: 'a reference inside [] or {} needs quotes',
    hint: 'write "${env:NAME}", with the quotes',
  },
  {
    text: after('listen: [::1]:8080'),
    at: '8:14',
    message: 'an address that starts with [ needs quotes',
    hint: 'write "[::1]:8080", with the quotes',
  },
  {
    text: after('hosts: [localhost, [::1]]'),
    at: '8:20',
    message: 'hosts[1] must be a host name',
    hint: 'in quotes, such as "[::1]"',
  },
  {
    text: after('allow: GET /v1.0/me'),
    at: '8:8',
    message: 'allow must be a list, not "GET /v1.0/me"',
    hint: 'start each rule on a line of its own with "- "',
  },
  {
    text: after('listen: #8080'),
    at: '8:9',
    message: 'listen has no value',
    hint: 'a # starts a comment: quote a value that has one in it',
  },
  { text: after('deny:'), at: '8:6', message: 'deny has no value', hint: 'write one, or leave the key out' },
  {
    text: after('exposed: yes'),
    at: '8:10',
    message: 'exposed must be true or false, not "yes"',
    hint: 'yes, no, on and off are text in YAML 1.2',
  },
]

const keys: readonly Mistake[] = [
  {
    text: after('lisen: localhost:1'),
    at: '8:1',
    message: 'unknown key "lisen"',
    hint: 'did you mean "listen"?',
  },
  {
    text: after('limits: { inFligth: 5 }'),
    at: '8:11',
    message: 'unknown key "inFligth" in limits',
    hint: 'did you mean "inFlight"?',
  },
  {
    text: after('allow:\n  - { rule: GET /v1.0/me, nmae: me }'),
    at: '9:27',
    message: 'unknown key "nmae" in allow[0]',
    hint: 'did you mean "name"?',
  },
  {
    text: `${sandbox}    usrename: x\n`,
    at: '8:5',
    message: 'unknown key in identities.default',
    hint: 'did you mean "username"?',
  },
  {
    text: after('clientId: x'),
    at: '8:1',
    message: 'unknown key "clientId"',
    hint: 'it belongs under identities.default',
  },
  {
    text: after('log: { exposed: true }'),
    at: '8:8',
    message: 'unknown key "exposed" in log',
    hint: 'it belongs at the top level',
  },
  {
    text: after('timeouts: { tls: 1s }'),
    at: '8:13',
    message: 'unknown key "tls" in timeouts',
    hint: 'the keys here are connect, response, idle, linger, drain',
  },
  {
    text: after('enforce: true'),
    at: '8:1',
    message: 'unknown key "enforce"',
    hint: 'enforce is not in this version yet: remove it',
  },
  {
    text: after('limits: { batch: 4MiB }'),
    at: '8:11',
    message: 'unknown key "batch" in limits',
    hint: 'batch is not in this version yet: remove it',
  },
  { text: after('__proto__: {}'), at: '8:1', message: 'unknown key "__proto__"', hint: 'remove it' },
  {
    text: after('${env:KEY}: x'),
    at: '8:1',
    message: 'references do not work in keys',
    hint: 'write the key itself',
  },
  {
    text: 'cloud: sandbox\n',
    at: '1:1',
    message: 'identities is missing',
    hint: 'write lines of "key: value" beneath it',
  },
  {
    text: tenant.replace('tenant: contoso.onmicrosoft.com', 'exposed: false'),
    at: '1:1',
    message: 'tenant is missing',
    hint: 'such as contoso.onmicrosoft.com',
  },
  {
    text: sandbox.replace('default:', 'planner:'),
    at: '2:1',
    message: 'identities.default is missing',
    hint: 'rules without "as" use it',
  },
  {
    text: sandbox.replace(/ {4}username.*\n/, ''),
    at: '3:3',
    message: 'identities.default.username is missing',
    hint: 'text such as svc-planner@contoso.com',
  },
]

const values: readonly Mistake[] = [
  {
    text: after('listen: 8080'),
    at: '8:9',
    message: 'listen must be HOST:PORT, not 8080',
    hint: 'such as "localhost:8080", with the quotes',
  },
  {
    text: after('listen: localhost'),
    at: '8:9',
    message: 'listen must be HOST:PORT, not "localhost"',
    hint: 'a port is missing: write localhost:8080',
  },
  {
    text: after('listen: ":8080"'),
    at: '8:9',
    message: 'listen must be HOST:PORT, not ":8080"',
    hint: 'a host is missing: write localhost:8080',
  },
  {
    text: after('listen: unix:/run/sidecar.sock'),
    at: '8:9',
    message: 'listen must be HOST:PORT, not "unix:/run/sidecar.sock"',
    hint: 'unix sockets are not in this version yet; write HOST:PORT, such as localhost:8080, 127.0.0.1:0 or "[::1]:8080"',
  },
  {
    text: after('admin: localhost:65536'),
    at: '8:8',
    message: 'admin must have a port from 0 to 65535, not "localhost:65536"',
  },
  {
    text: after('admin: 1.2.3:80'),
    at: '8:8',
    message: 'admin must have a real IP address before the port, not "1.2.3:80"',
  },
  {
    text: after('listen: 0.0.0.0:8080'),
    at: '8:9',
    message:
      'listen is beyond loopback: nobody authenticates callers, so whoever reaches it acts as the identity',
    hint: 'listen on localhost, or write exposed: true if this is meant',
  },
  {
    text: after('admin: 127.0.0.1:8080'),
    at: '8:8',
    message: 'listen and admin are on the same address and port',
    hint: 'give each a port of its own, such as 8080 and 9464',
  },
  {
    text: tenant.replace('tenant:', 'cloud: usgow\ntenant:'),
    at: '1:8',
    message:
      'cloud must be one of global, usgov, usgovdod, china, sandbox, or a mapping with authority and graph, not "usgow"',
    hint: 'did you mean "usgov"?',
  },
  {
    text: tenant.replace(
      'tenant:',
      'cloud: { authority: "http://a.example", graph: "https://b.example" }\ntenant:',
    ),
    at: '1:21',
    message: 'cloud.authority must be https',
    hint: 'http is for localhost, 127.0.0.1 and [::1] only',
  },
  {
    text: tenant.replace(
      'tenant:',
      'cloud: { authority: "https://a.example", graph: "https://b.example/v1.0" }\ntenant:',
    ),
    at: '1:49',
    message: 'cloud.graph must be scheme and host alone',
    hint: 'no path, query or user: https://graph.microsoft.com',
  },
  {
    text: tenant.replace('tenant:', 'cloud: { authority: "https://a.example" }\ntenant:'),
    at: '1:1',
    message: 'cloud.graph is missing',
    hint: 'such as https://graph.microsoft.com',
  },
  {
    text: tenant.replace('contoso.onmicrosoft.com', 'contoso'),
    at: '1:9',
    message: 'tenant must be a tenant id or a domain, not "contoso"',
    hint: 'such as contoso.onmicrosoft.com',
  },
  {
    text: tenant.replace('contoso.onmicrosoft.com', 'common'),
    at: '1:9',
    message:
      'tenant must be a tenant of its own, as Entra takes no passwords for common and consumers, not "common"',
    hint: 'write the tenant id or a domain',
  },
  {
    text: sandbox.replace('grant: password', 'grant: device_code'),
    at: '4:12',
    message: 'identities.default.grant must be password',
    hint: 'device_code is not in this version yet',
  },
  {
    text: `${sandbox}    tokenEndpoint: v2\n`,
    at: '8:20',
    message: 'identities.default.tokenEndpoint must be v2.0 or v1.0',
  },
  {
    text: sandbox.replace('planner-app', 'planner app'),
    at: '5:15',
    message: 'identities.default.clientId must be the application (client) id, without spaces',
  },
  {
    text: sandbox.replace('planner-app', '12345'),
    at: '5:15',
    message: 'identities.default.clientId must be the application (client) id',
    hint: 'text such as "11111111-2222-3333-4444-555555555555"',
  },
  {
    text: `${sandbox}    scopes: .default\n`,
    at: '8:13',
    message: 'identities.default.scopes must be a list',
    hint: 'write [.default]',
  },
  {
    text: `${sandbox}    scopes: [User.Read Mail.Read]\n`,
    at: '8:14',
    message: 'identities.default.scopes[0] must be one scope, without spaces',
  },
  {
    text: `${sandbox}  Planner: {}\n`,
    at: '8:3',
    message: 'identities.Planner is not a name for an identity',
    hint: 'use lower-case letters, digits and -',
  },
  {
    text: `${sandbox}  planner: svc@contoso.com\n`,
    at: '8:12',
    message: 'identities.planner must be a mapping',
    hint: 'write lines of "key: value" beneath it',
  },
  {
    text: tenant.replace('${env:GRAPH_PASSWORD}', 'hunter2'),
    at: '7:15',
    message: 'identities.default.password is a secret: write ${env:NAME} or ${file:PATH}',
  },
  {
    text: `${tenant}    clientSecret: \${env:A:-b}\n`,
    at: '8:19',
    message: 'identities.default.clientSecret is a secret, and a secret has no default: write ${env:NAME}',
  },
  {
    text: `${tenant}    clientSecret: a\${env:A}\n`,
    at: '8:19',
    message:
      'identities.default.clientSecret is a secret: it must be one reference, with nothing before or after it',
  },
  {
    text: `${tenant}    clientSecret: \${keyvault:graph}\n`,
    at: '8:19',
    message: 'identities.default.clientSecret is a secret from Key Vault, which is not in this version yet',
    hint: 'use ${env:NAME} or ${file:PATH} meanwhile',
  },
  {
    text: `${tenant}    clientSecret: ""\n`,
    at: '8:19',
    message:
      'identities.default.clientSecret is a secret, and it is empty: write ${env:NAME} or ${file:PATH}',
  },
  {
    text: `${tenant}    clientSecret: \${secret}\n`,
    at: '8:19',
    message: 'identities.default.clientSecret is a secret, and must say where its reference leads',
    hint: 'write ${env:NAME} or ${file:PATH}',
  },
  {
    text: after('allow:\n  - { rule: GET /v1.0/me, as: defualt }'),
    at: '9:31',
    message: 'allow[0].as must name an identity: default, not "defualt"',
    hint: 'did you mean "default"?',
  },
  {
    text: after('allow:\n  - { name: me }'),
    at: '9:5',
    message: 'allow[0].rule is missing',
    hint: 'write METHODS and a path, in quotes: "GET /v1.0/me"',
  },
  {
    text: after('allow:\n  - 5'),
    at: '9:5',
    message: 'allow[0] must be a rule, not 5',
    hint: 'write METHODS and a path, in quotes: "GET /v1.0/me"',
  },
  {
    text: after('allow:\n  - ""'),
    at: '9:5',
    message: 'allow[0] must not be empty',
    hint: 'write METHODS and a path: GET /v1.0/me',
  },
  {
    text: after('hosts: ["localhost:8080"]'),
    at: '8:9',
    message: 'hosts[0] must be a host name, not "localhost:8080"',
    hint: 'the name alone: no scheme, port, path or *',
  },
  {
    text: after('hosts: ["::1"]'),
    at: '8:9',
    message: 'hosts[0] must be a host name, not "::1"',
    hint: 'an IPv6 address has brackets: "[::1]"',
  },
  {
    text: after('hosts: []'),
    at: '8:8',
    message: 'hosts must name at least one host, or nothing is answered',
  },
  {
    text: after('log: { level: verbose }'),
    at: '8:15',
    message: 'log.level must be one of trace, debug, info, warn, error, fatal, silent, not "verbose"',
  },
  {
    text: after('log: { requests: failure }'),
    at: '8:18',
    message: 'log.requests must be one of none, failures, all, not "failure"',
    hint: 'did you mean "failures"?',
  },
  {
    text: after('timeouts: { connect: 5 }'),
    at: '8:22',
    message: 'timeouts.connect must be a duration: 250ms, 5s, 2m or 1h, not 5',
    hint: 'it has no unit: write 5s',
  },
  {
    text: after('timeouts: { response: 1.5s }'),
    at: '8:23',
    message: 'timeouts.response must be a duration: 250ms, 5s, 2m or 1h, not "1.5s"',
    hint: 'whole numbers only: write 1500ms for 1.5s',
  },
  {
    text: after('timeouts: { drain: 20 sec }'),
    at: '8:20',
    message: 'timeouts.drain must be a duration: 250ms, 5s, 2m or 1h, not "20 sec"',
    hint: 'the units are ms, s, m and h, right behind the number: write 5s',
  },
  {
    text: after('timeouts: { idle: 0s }'),
    at: '8:19',
    message: 'timeouts.idle must be longer than 0, not "0s"',
  },
  {
    text: after('timeouts: { linger: 25h }'),
    at: '8:21',
    message: 'timeouts.linger must be at most 24h, not "25h"',
  },
  {
    text: after('limits: { headers: 32KB }'),
    at: '8:20',
    message: 'limits.headers must be a size: 512B, 64KiB, 4MiB or 1GiB, not "32KB"',
    hint: 'the units are B, KiB, MiB and GiB, written so: 1KiB is 1024 bytes',
  },
  {
    text: after('limits: { headers: 32768 }'),
    at: '8:20',
    message: 'limits.headers must be a size: 512B, 64KiB, 4MiB or 1GiB, not 32768',
    hint: 'it has no unit: write 64KiB',
  },
  {
    text: after('limits: { headers: 1KiB }'),
    at: '8:20',
    message: 'limits.headers must be between 4KiB and 1MiB, not "1KiB"',
  },
  {
    text: after('limits: { inFlight: 0 }'),
    at: '8:21',
    message: 'limits.inFlight must be a whole number from 1 up, not 0',
  },
  {
    text: after('limits: { queue: 1.5 }'),
    at: '8:18',
    message: 'limits.queue must be a whole number from 0 up, not 1.5',
  },
]

const references: readonly Mistake[] = [
  {
    text: after('listen: localhost:${env:PORT}'),
    at: '8:9',
    message: 'listen needs the environment variable PORT, which is not set',
    hint: 'set it, or give a default: ${env:PORT:-default}',
  },
  {
    text: after('listen: ${file:address}'),
    at: '8:9',
    message: 'listen needs the file address: there is no such file',
  },
  {
    text: after('listen: ${keyvault:address}'),
    at: '8:9',
    message: 'listen must not come from Key Vault: only secrets do',
    hint: 'write it here, or use ${env:NAME} or ${file:PATH}',
  },
  {
    text: after('listen: ${vault:address}'),
    at: '8:9',
    message: 'listen must have a reference that starts with env:, file: or keyvault:',
    hint: 'did you mean ${keyvault:...}?',
  },
  {
    text: after('admin: ${ADDRESS}'),
    at: '8:8',
    message: 'admin must say where its reference leads',
    hint: 'write ${env:NAME} or ${file:PATH}',
  },
  {
    text: after('admin: ${env:ADDRESS'),
    at: '8:8',
    message: 'admin must close its reference with a }',
    hint: '$${ stands for a literal ${',
  },
  {
    text: after('admin: ${env:ADDRESS-b}'),
    at: '8:8',
    message: 'admin must name an environment variable in its reference',
    hint: 'write ${env:NAME} or ${env:NAME:-default}; a name has letters, digits and _ only',
  },
  {
    text: after('admin: ${env:A:-${env:B}}'),
    at: '8:8',
    message: 'admin must not have a reference inside a reference',
  },
  {
    text: after('admin: ${file:}'),
    at: '8:8',
    message: 'admin must name a file in its reference',
    hint: 'write ${file:PATH}',
  },
  { text: after('log: ${env:EMPTY}'), at: '8:6', message: 'log is empty; it comes from ${env:EMPTY}' },
  {
    text: after('exposed: ${env:WRONG}'),
    at: '8:10',
    message: 'exposed must be true or false; it comes from ${env:WRONG}',
    hint: 'yes, no, on and off are text in YAML 1.2',
  },
]

const env = { EMPTY: '', WRONG: 'certainly' }

for (const [name, table] of Object.entries({ yaml, bites, keys, values, references })) {
  t.test(`each mistake is one problem, at its place and in its own words: ${name}`, async (t) => {
    const { refuse } = await loaderFor(t)
    for (const { text, at, message, hint } of table) {
      const problems = await refuse(text, env)
      const found = problems.map(({ position, ...words }) => ({
        at: `${position?.line}:${position?.column}`,
        ...words,
      }))
      t.strictSame(
        found,
        [{ at, message, ...(hint !== undefined && { hint }) }],
        JSON.stringify(text.slice(0, 300)),
      )
    }
  })
}

t.test('no two mistakes have the same words', async (t) => {
  const messages = [yaml, bites, keys, values, references].flat().map(({ message }) => message)
  t.ok(messages.length >= 100)
  t.same(
    messages.filter((message, i) => messages.indexOf(message) !== i),
    [],
  )
})

t.test('all mistakes are found at once, in the order of the file', async (t) => {
  const { refuse } = await loaderFor(t)
  const problems = await refuse(`listen: \${env:NONE}
admin: 5
alow: []
log: { level: inof }
log: { level: info }
identities:
  default: { grant: azure, username: u, password: p,q }
allow:
  - GET /v1.0/me/drive/root:/x:
  - { rule: GET /v1.0/me, as: planner }
limits: { queue: -1 }
`)
  t.same(
    problems.map(({ position }) => position?.line),
    [1, 1, 2, 3, 5, 7, 7, 7, 7, 9, 10, 11],
  )
})

t.test('brackets without end do not take the stack', async (t) => {
  const { refuse } = await loaderFor(t)
  const problems = await refuse(after(`hosts: ${'['.repeat(100_000)}`))
  t.match(problems, [{ position: { line: 8 }, message: 'the lists or mappings are nested too deep' }])
})

t.test('aliases of aliases do not take the memory', async (t) => {
  const { refuse } = await loaderFor(t)
  const lines = ['a: &l0 [x, x, x, x, x, x, x, x, x, x]']
  for (let n = 1; n < 12; n++)
    lines.push(`a${n}: &l${n} [${Array.from({ length: 10 }, () => `*l${n - 1}`).join(', ')}]`)
  const problems = await refuse(after(lines.join('\n')))
  t.equal(
    problems.filter(({ message }) => message.startsWith('the file has more than 20000 values')).length,
    1,
  )
  t.equal(problems.length, 13, 'and one for each unknown key')
})

import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { loadConfig } from '../../src/config/load.ts'
import { folderFor, loaderFor, refusal, sandbox } from './support.ts'

t.test('a missing file says how to get one', async (t) => {
  const file = join(await folderFor(t), 'config.yaml')
  const error = await refusal(() => loadConfig(file, {}))
  t.equal(
    error.message,
    `${file}: there is no such file\n  make one with: msgraph-sidecar init; or name another with --config FILE`,
  )
})

t.test('a directory is no config', async (t) => {
  const folder = await folderFor(t)
  await mkdir(join(folder, 'config.yaml'))
  const { problems } = await refusal(() => loadConfig(join(folder, 'config.yaml'), {}))
  t.strictSame(problems, [{ message: 'this is a directory, not a file' }])
})

t.test('a file that cannot be read says why', async (t) => {
  const folder = await folderFor(t)
  await symlink('loop', join(folder, 'loop'))
  const { problems } = await refusal(() => loadConfig(join(folder, 'loop'), {}))
  t.strictSame(problems, [{ message: 'this file cannot be read (ELOOP)' }])
})

t.test('a file that is not UTF-8 says so, and knows UTF-16', async (t) => {
  const { refuse } = await loaderFor(t)
  t.strictSame(await refuse(Buffer.from(sandbox.replace('planner-app', 'pl\u00e4nner'), 'latin1')), [
    { message: 'this file is not UTF-8 text', hint: 'save it as UTF-8' },
  ])
  t.strictSame(await refuse(Buffer.from(`\uFEFF${sandbox}`, 'utf16le')), [
    { message: 'this file is not UTF-8 text', hint: 'it is UTF-16: save it as UTF-8' },
  ])
})

t.test('a file larger than 1 MiB is no config', async (t) => {
  const { load, refuse } = await loaderFor(t)
  const padded = (size: number): string => `${sandbox}${'#'.repeat(size - sandbox.length - 1)}\n`
  t.equal((await load(padded(1_048_576))).listen.port, 8080)
  t.strictSame(await refuse(padded(1_048_577)), [{ message: 'this file is larger than 1024 KiB' }])
})

t.test('problems come in the order of the file, under the name it was asked for by', async (t) => {
  const { file } = await loaderFor(t)
  await writeFile(file, `listen: 1\ntenant: x\nadmin: 2\nidentities: {}\n`)
  const error = await refusal(() => loadConfig(file, {}))
  t.same(
    error.problems.map(({ position }) => position?.line),
    [1, 2, 3, 4],
  )
  t.ok(
    error.message
      .split('\n')
      .filter((line) => !line.startsWith('  '))
      .every((line) => line.startsWith(`${file}:`)),
  )
})

t.test('Windows line ends do not move positions', async (t) => {
  const { refuse } = await loaderFor(t)
  t.match(await refuse(`${sandbox}listen: 1\n`.replaceAll('\n', '\r\n')), [
    { position: { line: 8, column: 9 } },
  ])
})

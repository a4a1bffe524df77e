import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import t from 'tap'
import { startProcess } from './support/cli.ts'
import { configFor, seedSecrets, writeConfig } from './support/sidecar.ts'
import { startServer } from './support/upstream.ts'

const MiB = 2 ** 20
const chunk = Buffer.alloc(MiB, 'x')

/** A Graph that swallows uploads and gives `?MiB=n` downloads, and an Entra for one token. */
async function startStandIns(t: { teardown(callback: () => unknown): unknown }) {
  const graph = await startServer(t, (request, response) => {
    if (request.method === 'PUT') {
      let bytes = 0
      request.on('data', (data: Buffer) => (bytes += data.length))
      request.on('end', () => response.end(JSON.stringify({ bytes })))
    } else {
      let left = Number(new URL(request.url ?? '', 'http://x').searchParams.get('MiB'))
      const write = () => {
        while (left-- > 0) if (!response.write(chunk)) return
        response.end()
      }
      response.on('drain', write)
      write()
    }
  })
  const authority = await startServer(t, (request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ token_type: 'Bearer', access_token: 'a-token', expires_in: 3600 }))
  })
  const file = await writeConfig(t, configFor({ authority, graph }))
  const sidecar = startProcess(t, ['--config', file], seedSecrets)
  const [, listen] = await sidecar.until(/"listen":\["([^"]+)"\]/)
  const [, admin] = await sidecar.until(/"admin":\["([^"]+)"\]/)
  const residentMemory = async () => {
    const text = await (await fetch(`http://${admin ?? ''}/metrics`)).text()
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
  }
  return { base: `http://${listen ?? ''}`, residentMemory }
}

async function upload(base: string, mebibytes: number, onChunk: (sent: number) => unknown): Promise<number> {
  const request = httpRequest(`${base}/v1.0/me/drive/root/content`, { method: 'PUT' })
  for (let sent = 0; sent < mebibytes; sent++) {
    if (!request.write(chunk)) await once(request, 'drain')
    await onChunk(sent)
  }
  request.end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const data of response) text += String(data)
  return (JSON.parse(text) as { bytes: number }).bytes / MiB
}

async function download(
  base: string,
  mebibytes: number,
  onChunk: (received: number) => unknown,
): Promise<number> {
  const request = httpRequest(`${base}/v1.0/me/drive/root/content?MiB=${mebibytes}`).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let bytes = 0
  for await (const data of response) {
    const before = Math.floor(bytes / MiB)
    bytes += (data as Buffer).length
    if (Math.floor(bytes / MiB) > before) await onChunk(before)
  }
  return bytes / MiB
}

for (const [name, transfer] of Object.entries({ upload, download })) {
  t.test(`an ${name} of 256 MiB raises memory by less than 32 MiB`, async (t) => {
    const { base, residentMemory } = await startStandIns(t)
    // the first transfers make Node's own buffers and compiled code
    for (let i = 0; i < 2; i++) await transfer(base, 64, () => undefined)
    const before = await residentMemory()
    t.ok(before > 0)
    let peak = 0
    const sample = async (done: number) => {
      if (done % 16 === 0) peak = Math.max(peak, await residentMemory())
    }
    t.equal(await transfer(base, 256, sample), 256)
    peak = Math.max(peak, await residentMemory())
    const grown = Math.round((peak - before) / MiB)
    t.ok(grown < 32, `grew by ${grown} MiB`)
    t.comment(`${name}: ${Math.round(before / MiB)} MiB before, grew by ${grown} MiB`)
  })
}

t.test('an app that reads slowly holds Graph back, not the sidecar’s memory', async (t) => {
  const { base, residentMemory } = await startStandIns(t)
  await download(base, 64, () => undefined)
  const before = await residentMemory()
  const request = httpRequest(`${base}/v1.0/me/drive/root/content?MiB=256`).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.pause()
  // as many looks as it would take to swallow the whole of it
  let peak = 0
  for (let i = 0; i < 50; i++) peak = Math.max(peak, await residentMemory())
  request.destroy()
  t.ok((peak - before) / MiB < 32, `grew by ${Math.round((peak - before) / MiB)} MiB`)
})

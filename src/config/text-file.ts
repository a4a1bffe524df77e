import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import type { Parsed } from './parsed.ts'

/** Words for what the system says; any other code is shown as it is. */
const faults = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'this is a directory, not a file'],
  ['EACCES', 'this file may not be read by the user that the sidecar runs as'],
  ['EPERM', 'this file may not be read by the user that the sidecar runs as'],
])

/** A file of at most `limit` bytes as text, without a byte order mark. A fault is a sentence of its own. */
export async function readTextFile(path: string, limit: number): Promise<Parsed<string>> {
  try {
    const bytes = await read(path, limit + 1)
    if (bytes.length > limit) return { fault: `this file is larger than ${limit / 1024} KiB` }
    if (isUtf8(bytes)) return { value: new TextDecoder().decode(bytes) }
    // `>` in Windows PowerShell writes UTF-16, whose byte order mark no UTF-8 text can start with
    const utf16 = bytes[0] === 0xff || bytes[0] === 0xfe
    return { fault: `this file is not UTF-8 text\n${utf16 ? 'it is UTF-16: ' : ''}save it as UTF-8` }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { fault: faults.get(code) ?? `this file cannot be read (${code})` }
  }
}

/** Never more than `most` bytes, whatever the file's size claims to be: pipes and devices have none. */
async function read(path: string, most: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(most)
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, most - length, null)
      length += bytesRead
      if (bytesRead === 0 || length === most) return buffer.subarray(0, length)
    }
  } finally {
    await file.close()
  }
}

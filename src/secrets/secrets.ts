import { open } from 'node:fs/promises'
import type { SecretReference } from '../config/config.ts'
import { SecretError } from './secret-error.ts'

export { SecretError } from './secret-error.ts'

/** Where secrets come from. Nothing is kept: each read goes to the source, so that a changed secret is found. */
export interface Secrets {
  /** Rejects with a SecretError. */
  read(reference: SecretReference): Promise<string>
}

export interface SecretsOptions {
  readonly env: NodeJS.ProcessEnv
  /** Told of each read, for metrics. */
  readonly onRead?: (source: SecretReference['source'], outcome: 'success' | 'failure') => void
}

/** Bytes. */
const sizeLimit = 64 * 1024

export function createSecrets({ env, onRead }: SecretsOptions): Secrets {
  return {
    async read(reference) {
      try {
        const value = await readSource(reference, env)
        if (value === '') throw new SecretError(reference, 'empty')
        if (Buffer.byteLength(value) > sizeLimit) throw new SecretError(reference, 'tooLarge')
        onRead?.(reference.source, 'success')
        return value
      } catch (error) {
        onRead?.(reference.source, 'failure')
        throw error
      }
    },
  }
}

async function readSource(reference: SecretReference, env: NodeJS.ProcessEnv): Promise<string> {
  switch (reference.source) {
    case 'env': {
      const value = Object.hasOwn(env, reference.name) ? env[reference.name] : undefined
      if (value === undefined) throw new SecretError(reference, 'missing')
      return value
    }
    case 'file':
      return readFile(reference)
    case 'literal':
      return reference.value
  }
}

async function readFile(reference: SecretReference & { source: 'file' }): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readStart(reference.path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SecretError(reference, code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable')
  }
  if (bytes.length > sizeLimit) throw new SecretError(reference, 'tooLarge')
  return decode(bytes, reference).replace(/\r?\n$/, '')
}

/** One byte more than is allowed is enough to know; a size told beforehand is not (pipes, /proc). */
async function readStart(path: string): Promise<Uint8Array> {
  const bytes = Buffer.alloc(sizeLimit + 1)
  let length = 0
  await using file = await open(path)
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}

/** A byte order mark, which Windows' editors add, is no part of a secret. */
function decode(bytes: Uint8Array, reference: SecretReference): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SecretError(reference, 'notUtf8')
  }
}

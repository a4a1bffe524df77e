import { resolve } from 'node:path'
import type { SecretReference } from './config.ts'
import type { Parsed } from './parsed.ts'
import { parseReferences } from './references.ts'

export interface SecretContext {
  /** Whether a secret may stand in the file as it is: it is made up, and opens nothing. */
  readonly sandbox: boolean
  /** Absolute; where relative paths start. */
  readonly folder: string
}

/** Keys of an identity that hold a secret: they are not expanded at load, and nothing of them is ever shown. */
export const secretFields: ReadonlySet<string> = new Set(['clientSecret', 'password'])

export const isASecret = 'is a secret: write ${env:NAME} or ${file:PATH}'

/** Where a secret is. Its value is read when it is needed, so that a new one is found. */
export function parseSecret(text: string, { sandbox, folder }: SecretContext): Parsed<SecretReference> {
  const parsed = parseReferences(text)
  if ('fault' in parsed) {
    const [what = '', hint] = parsed.fault.split('\n')
    return { fault: `is a secret, and ${what}${hint === undefined ? '' : `\n${hint}`}` }
  }
  const [part, ...others] = parsed.value
  if (part === undefined || (part.kind === 'text' && part.text === '')) {
    return { fault: 'is a secret, and it is empty: write ${env:NAME} or ${file:PATH}' }
  }
  if (others.length > 0) {
    return { fault: 'is a secret: it must be one reference, with nothing before or after it' }
  }
  switch (part.kind) {
    case 'text':
      return sandbox ? { value: { source: 'literal', value: part.text } } : { fault: isASecret }
    case 'env':
      return part.fallback === undefined
        ? { value: { source: 'env', name: part.name } }
        : { fault: 'is a secret, and a secret has no default: write ${env:NAME}' }
    case 'file':
      return { value: { source: 'file', path: resolve(folder, part.path) } }
    case 'keyvault':
      return {
        fault:
          'is a secret from Key Vault, which is not in this version yet\nuse ${env:NAME} or ${file:PATH} meanwhile',
      }
  }
}

import type { SecretReference } from '../config/config.ts'

export type SecretFault = 'missing' | 'empty' | 'unreadable' | 'tooLarge' | 'notUtf8'

const faults: Readonly<Record<SecretFault, readonly [meaning: string, remedy: string]>> = {
  missing: ['does not exist', 'set it, or correct its name in the config'],
  empty: ['is empty', 'store the value of the secret there'],
  unreadable: ['cannot be read', 'let the user that runs the sidecar read it'],
  tooLarge: ['is larger than 64 KiB', 'store the value of the secret there, and nothing else'],
  notUtf8: ['is not valid UTF-8', 'store it as UTF-8 text'],
}

/** A secret that could not be had. Says where it should be and what to do; holds nothing of its value. */
export class SecretError extends Error {
  override readonly name = 'SecretError'
  /** As in the config: `${env:GRAPH_PASSWORD}`. */
  readonly reference: string
  readonly reason: SecretFault
  /** `${env:GRAPH_PASSWORD} does not exist` */
  readonly meaning: string
  readonly remedy: string

  constructor(reference: SecretReference, reason: SecretFault) {
    const label = labelOf(reference)
    const [fault, remedy] = faults[reason]
    const meaning = `${label} ${fault}`
    super(`${meaning}; ${remedy}`)
    this.reference = label
    this.reason = reason
    this.meaning = meaning
    this.remedy = remedy
  }
}

function labelOf(reference: SecretReference): string {
  switch (reference.source) {
    case 'env':
      return `\${env:${reference.name}}`
    case 'file':
      return `\${file:${reference.path}}`
    case 'literal':
      return 'the literal secret'
  }
}

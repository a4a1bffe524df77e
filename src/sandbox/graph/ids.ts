import { createHash } from 'node:crypto'

/** Ids that are the same in every sandbox, so that examples and tests can name them. */

export function stableGuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

/** Planner's ids: 28 letters, digits, `-` and `_`, with case. */
export function stablePlannerId(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 28)
}

/** Exchange's ids: long, with case, ending in `=`. */
export function stableMessageId(name: string): string {
  const digest = createHash('sha512').update(name).digest()
  return `AAMkA${Buffer.concat([digest, digest.subarray(0, 43)])
    .toString('base64url')
    .slice(0, 142)}AAA=`
}

import { createHmac, randomBytes } from 'node:crypto'
import type { Classification } from './classify.ts'

/** A sign-in as Entra judges it. */
export interface SignIn {
  readonly authority: string
  readonly tenant: string
  readonly clientId: string
  readonly username: string
  readonly password: string
}

/**
 * Passwords that Entra rejected: a second try brings the account closer to its lockout and nothing else. Shared by
 * the identities of a process, and kept over reloads: also A -> B -> A does not send A again.
 */
export interface RejectedPasswords {
  remember(signIn: SignIn, verdict: Classification): void
  /** The verdict of then; undefined where this password was not rejected. */
  recall(signIn: SignIn): Classification | undefined
}

export function createRejectedPasswords(): RejectedPasswords {
  // the passwords cannot be guessed from the hashes, not even in a memory dump of another process
  const key = randomBytes(32)
  const verdicts = new Map<string, Classification>()
  return {
    remember: (signIn, verdict) => {
      verdicts.set(digest(key, signIn), verdict)
    },
    recall: (signIn) => verdicts.get(digest(key, signIn)),
  }
}

/** Names without case, as Entra reads them; a list, so that no two sign-ins run into one text. */
function digest(key: Uint8Array, { authority, tenant, clientId, username, password }: SignIn): string {
  const names = [authority, tenant, clientId, username].map((name) => name.toLowerCase())
  return createHmac('sha256', key)
    .update(JSON.stringify([...names, password]))
    .digest('base64')
}

import { seedPassword, type SandboxAccount } from '../seed.ts'
import { EntraError } from './errors.ts'
import { fateOf } from './fates.ts'

export interface Accounts {
  /** The account's user name as it is written in the directory; throws an EntraError. */
  signIn(username: string, password: string, details: Readonly<Record<string, string>>): string
}

export function createAccounts(known: readonly SandboxAccount[]): Accounts {
  /** Accounts that already had the one failure that is their fate. */
  const recovered = new Set<string>()

  function find(username: string): SandboxAccount | undefined {
    const wanted = username.toLowerCase()
    const account = known.find((candidate) => candidate.username.toLowerCase() === wanted)
    if (account !== undefined || fateOf(wanted) === undefined) return account
    return { username: wanted, password: seedPassword }
  }

  return {
    signIn(username, password, details) {
      const account = find(username)
      if (account === undefined) throw new EntraError(50034, details)

      const fate = fateOf(account.username)
      if (fate?.anyPassword === true) throw new EntraError(fate.code, details)
      if (account.password !== password) throw new EntraError(50126)
      if (fate !== undefined && !(fate.once === true && recovered.has(account.username))) {
        recovered.add(account.username)
        throw new EntraError(fate.code, details)
      }
      return account.username
    },
  }
}

import type { EntraCode } from './errors.ts'

/** What happens to an account that is named for it, in any domain: `mfa@contoso.com`. */
export interface Fate {
  readonly code: EntraCode
  /** The password is not looked at; every other fate shows itself to the right password only. */
  readonly anyPassword?: boolean
  /** The first answer only. */
  readonly once?: boolean
}

const fates: Readonly<Record<string, Fate>> = {
  mfa: { code: 50076 },
  locked: { code: 50053, anyPassword: true },
  expired: { code: 50055 },
  disabled: { code: 50057 },
  noconsent: { code: 65001 },
  flaky: { code: 90033, once: true },
}

export function fateOf(username: string): Fate | undefined {
  const localPart = username.split('@', 1).join('').toLowerCase()
  return Object.hasOwn(fates, localPart) ? fates[localPart] : undefined
}

import { SidecarError } from '../errors.ts'
import type { Classification } from './classify.ts'

export function credentialsRejected({ code, meaning, remedy }: Classification): SidecarError {
  return new SidecarError(
    'credentialsRejected',
    `Microsoft Entra rejected the sign-in with ${code} (${meaning}): ${remedy}`,
  )
}

/** `wait` in milliseconds, until the next attempt. */
export function tokenUnavailable(reason: Classification | undefined, wait: number): SidecarError {
  const message =
    reason === undefined
      ? 'no token from Microsoft Entra for the moment'
      : `no token from Microsoft Entra: ${reason.code} (${reason.meaning}); ${reason.remedy}`
  const retryAfter = Number.isFinite(wait) ? Math.max(1, Math.ceil(wait / 1000)) : 1
  return new SidecarError('tokenUnavailable', message, { retryAfter })
}

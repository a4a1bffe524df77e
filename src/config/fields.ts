import { z } from 'zod'
import { addressPattern, notAnAddress, parseAddress } from './address.ts'
import { hostPattern, notAHost, parseHost } from './host.ts'
import { notAUrl, originPattern, parseOrigin } from './origin.ts'
import type { Parsed } from './parsed.ts'
import { isASecret, parseSecret, type SecretContext } from './secret-field.ts'
import {
  durationPattern,
  notADuration,
  notASize,
  parseDuration,
  parseSize,
  positiveDurationPattern,
  sizePattern,
} from './units.ts'

/**
 * Text that `parse` reads. Editors know no more of it than `pattern`; `notText` is the fault of what is no text at
 * all, such as a bare number.
 */
function parsed<T>(parse: (text: string) => Parsed<T>, pattern: RegExp | undefined, notText: string) {
  const text = z.string({ error: notText })
  return (pattern === undefined ? text : text.meta({ pattern: pattern.source })).transform(
    (input, context): T => {
      const result = parse(input)
      if ('value' in result) return result.value
      context.issues.push({ code: 'custom', message: result.fault, input })
      return z.NEVER
    },
  )
}

/** Milliseconds. */
export function duration({ zero }: { zero: boolean }) {
  const pattern = zero ? durationPattern : positiveDurationPattern
  return parsed((text) => parseDuration(text, { zero }), pattern, `${notADuration}\nit has no unit: write 5s`)
}

/** Bytes. */
export function size(limits: { min: string; max: string }) {
  return parsed((text) => parseSize(text, limits), sizePattern, `${notASize}\nit has no unit: write 64KiB`)
}

export function count(least: number) {
  const error = `must be a whole number from ${least} up`
  return z.int({ error }).min(least, { error })
}

export function origin({ loopback }: { loopback: boolean }) {
  return parsed((text) => parseOrigin(text, { loopback }), originPattern, notAUrl)
}

export function secret(context: SecretContext) {
  return parsed((text) => parseSecret(text, context), undefined, isASecret)
}

export const address = parsed(
  parseAddress,
  addressPattern,
  `${notAnAddress}\nsuch as "localhost:8080", with the quotes`,
)
export const host = parsed(parseHost, hostPattern, `${notAHost}\nin quotes, such as "[::1]"`)

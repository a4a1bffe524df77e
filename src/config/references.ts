import { didYouMean } from './did-you-mean.ts'
import type { Parsed } from './parsed.ts'

/** One piece of a text with references in it. The syntax is the OpenTelemetry Collector's. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'env'; readonly name: string; readonly fallback?: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'keyvault'; readonly name: string; readonly version?: string }

const schemes = ['env', 'file', 'keyvault']

/**
 * `${env:NAME}`, `${env:NAME:-default}`, `${file:PATH}`, `${keyvault:NAME}` and `${keyvault:NAME/VERSION}`, with text
 * around or not; `$${` is a literal `${`. Faults never repeat the text: it may stand in a secret field.
 */
export function parseReferences(text: string): Parsed<Part[]> {
  const parts: Part[] = []
  let literal = ''
  let at = 0
  for (const match of text.matchAll(/\$?\$\{/g)) {
    if (match.index < at) return { fault: 'must not have a reference inside a reference' }
    literal += text.slice(at, match.index)
    at = match.index + match[0].length
    if (match[0] === '$${') {
      literal += '${'
      continue
    }
    const end = text.indexOf('}', at)
    if (end === -1) return { fault: 'must close its reference with a }\n$${ stands for a literal ${' }
    const reference = parseReference(text.slice(at, end))
    if ('fault' in reference) return reference
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    parts.push(reference.value)
    literal = ''
    at = end + 1
  }
  literal += text.slice(at)
  if (literal !== '' || parts.length === 0) parts.push({ kind: 'text', text: literal })
  return { value: parts }
}

function parseReference(inner: string): Parsed<Part> {
  const [, scheme, rest] = /^([A-Za-z_]\w*):(.*)$/s.exec(inner) ?? []
  if (scheme === undefined || rest === undefined) {
    return { fault: 'must say where its reference leads\nwrite ${env:NAME} or ${file:PATH}' }
  }
  switch (scheme) {
    case 'env':
      return parseEnv(rest)
    case 'file':
      return rest.trim() === ''
        ? { fault: 'must name a file in its reference\nwrite ${file:PATH}' }
        : { value: { kind: 'file', path: rest } }
    case 'keyvault':
      return parseKeyVault(rest)
    default: {
      const near =
        didYouMean(scheme, schemes) ?? schemes.find((known) => known.includes(scheme.toLowerCase()))
      const hint = near === undefined ? 'write ${env:NAME} or ${file:PATH}' : `did you mean \${${near}:...}?`
      return { fault: `must have a reference that starts with env:, file: or keyvault:\n${hint}` }
    }
  }
}

function parseEnv(rest: string): Parsed<Part> {
  const [, name, fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(rest) ?? []
  if (name === undefined) {
    const hint = 'write ${env:NAME} or ${env:NAME:-default}; a name has letters, digits and _ only'
    return { fault: `must name an environment variable in its reference\n${hint}` }
  }
  return { value: fallback === undefined ? { kind: 'env', name } : { kind: 'env', name, fallback } }
}

/** Names and versions as Key Vault allows them: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
function parseKeyVault(rest: string): Parsed<Part> {
  const [, name, version] = /^([A-Za-z0-9-]{1,127})(?:\/([A-Za-z0-9]+))?$/.exec(rest) ?? []
  if (name === undefined) {
    const hint = 'write ${keyvault:NAME} or ${keyvault:NAME/VERSION}; a name has letters, digits and - only'
    return { fault: `must name a Key Vault secret in its reference\n${hint}` }
  }
  return { value: version === undefined ? { kind: 'keyvault', name } : { kind: 'keyvault', name, version } }
}

import { resolve } from 'node:path'
import { parseReferences, type Part } from './references.ts'
import type { Parsed } from './parsed.ts'
import { readTextFile } from './text-file.ts'

/** What references are read from. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  /** Absolute; where relative paths start. */
  readonly folder: string
}

export interface Expanded {
  readonly text: string
  /** The references that it came from, such as `${env:NAME}`; never a default. */
  readonly sources: readonly string[]
  /** Whether it was one reference and nothing else. */
  readonly whole: boolean
}

/** Settings are short; what is longer is the wrong file. */
const limit = 64 * 1024

/** Replaces the references in a text that is no secret. What they stand for is not looked at again. */
export async function expand(text: string, surroundings: Surroundings): Promise<Parsed<Expanded>> {
  const parsed = parseReferences(text)
  if ('fault' in parsed) return parsed
  let expanded = ''
  for (const part of parsed.value) {
    const piece = await valueOf(part, surroundings)
    if ('fault' in piece) return piece
    expanded += piece.value
  }
  const sources = parsed.value.flatMap(sourceOf)
  return { value: { text: expanded, sources, whole: parsed.value.length === 1 && sources.length === 1 } }
}

async function valueOf(part: Part, { env, folder }: Surroundings): Promise<Parsed<string>> {
  switch (part.kind) {
    case 'text':
      return { value: part.text }
    case 'env': {
      const value = env[part.name] ?? part.fallback
      if (value !== undefined) return { value }
      const hint = `set it, or give a default: \${env:${part.name}:-default}`
      return { fault: `needs the environment variable ${part.name}, which is not set\n${hint}` }
    }
    case 'file': {
      const read = await readTextFile(resolve(folder, part.path), limit)
      if ('fault' in read) return { fault: `needs the file ${part.path}: ${read.fault}` }
      return { value: read.value.replace(/\r?\n$/, '') }
    }
    case 'keyvault':
      return {
        fault:
          'must not come from Key Vault: only secrets do\nwrite it here, or use ${env:NAME} or ${file:PATH}',
      }
  }
}

function sourceOf(part: Part): string[] {
  if (part.kind === 'env') return [`\${env:${part.name}}`]
  return part.kind === 'file' ? [`\${file:${part.path}}`] : []
}

import type { ErrorCode, YAMLError } from 'yaml'

export interface Explanation {
  readonly message: string
  readonly hint: string
}

/**
 * The parser's errors in words for people who write a config file. The parser's own words, and the text around, are
 * never repeated: what YAML stumbles over may be a secret with a strange character in it.
 */
const byCode: Partial<Record<ErrorCode, Explanation>> = {
  ALIAS_PROPS: {
    message: 'an alias cannot have an anchor or a tag',
    hint: 'quote text that starts with * or &',
  },
  BAD_ALIAS: {
    message: 'a * starts an alias, and this one has no name',
    hint: 'quote text that starts with *',
  },
  BAD_DIRECTIVE: { message: 'a line that starts with % is a directive', hint: 'remove the line' },
  BAD_DQ_ESCAPE: {
    message: 'this \\ escape does not exist in double quotes',
    hint: "write \\\\, or use 'single quotes'",
  },
  BAD_INDENT: {
    message: 'this line does not line up with those before it',
    hint: 'keys that belong together start in one column',
  },
  BAD_SCALAR_START: { message: 'text cannot start with this character', hint: 'quote it' },
  DUPLICATE_KEY: { message: 'this key is there twice', hint: 'keep one of them' },
  KEY_OVER_1024_CHARS: { message: 'this key is too long', hint: 'quote the text, or look for a stray colon' },
  MULTIPLE_ANCHORS: { message: 'a value has one anchor at most', hint: 'quote text that starts with &' },
  MULTIPLE_DOCS: { message: 'the file holds several documents', hint: 'remove the line with ---' },
  MULTIPLE_TAGS: { message: 'a value has one tag at most', hint: 'quote text that starts with !' },
  RESOURCE_EXHAUSTION: {
    message: 'the lists or mappings are nested too deep',
    hint: 'look for a stray [ or {',
  },
  TAB_AS_INDENT: { message: 'a tab cannot indent', hint: 'indent with spaces' },
  TAG_RESOLVE_FAILED: {
    message: 'a ! starts a tag, and tags mean nothing here',
    hint: 'quote text that starts with !',
  },
}

const reference = {
  message: 'a reference inside [] or {} needs quotes',
  hint: 'write "${env:NAME}", with the quotes',
}
const template = {
  message: 'a rule with {name} inside [] or {} needs quotes',
  hint: 'write "GET /v1.0/users/{id}", with the quotes, or put it on a line of its own',
}
const ipv6 = {
  message: 'an address that starts with [ needs quotes',
  hint: 'write "[::1]:8080", with the quotes',
}
const colonInRule = {
  message: 'a colon at the end of text inside [] or {} makes it a key',
  hint: 'quote the whole text: "GET /v1.0/me/drive/root:/x:"',
}
const colonInText = { message: 'this value has a colon and a space in it', hint: 'quote the whole value' }
const deeper = {
  message: 'the next line is indented deeper than this value allows',
  hint: 'line it up with the key on this line',
}
const noSpace = { message: 'this key has no value', hint: 'a colon needs a space after it: "key: value"' }
const listOnKeyLine = {
  message: 'a list cannot start on the line of its key',
  hint: 'put the first "- " on the next line',
}
const afterQuote = {
  message: 'there is text after a closing quote',
  hint: 'quote all of it, or double the quote inside',
}
const noQuote = { message: 'this quote is not closed', hint: 'close it on the same line' }
const noBracket = {
  message: 'a [ or { before this line is not closed',
  hint: 'close it, or quote the text that it is in',
}
const noComma = {
  message: 'a comma is missing inside [] or {}',
  hint: 'quote text that has brackets or braces in it',
}
const unexpected = {
  message: 'YAML does not expect this here',
  hint: 'quote the value, or look at the line before',
}

/** What an error of the parser most likely means, from its place in the text. */
export function explainYamlError(error: YAMLError, text: string): Explanation {
  const [start] = error.pos
  const before = text.slice(0, start).trimEnd()
  const line = text.slice(start).split(/\r?\n/, 1)[0] ?? ''
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? ''
  if (indent.includes('\t')) return byCode.TAB_AS_INDENT ?? unexpected
  switch (error.code) {
    case 'BAD_INDENT':
      return error.message.startsWith('Flow') ? noBracket : (byCode.BAD_INDENT ?? unexpected)
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      if (/\S:(\s|$)/.test(line)) return colonInText
      if (line.trim().startsWith('-')) return byCode.BAD_INDENT ?? unexpected
      return line.includes(':') ? noSpace : deeper
    case 'BLOCK_IN_FLOW':
      return colonInRule
    case 'MISSING_CHAR':
    case 'UNEXPECTED_TOKEN':
      if (line.startsWith('{')) return before.endsWith('$') ? reference : template
      if (line.startsWith(':') && before.endsWith(']')) return ipv6
      if (error.message.startsWith('Missing closing')) return noQuote
      if (error.message.startsWith('Missing ,')) return noComma
      if (error.code === 'MISSING_CHAR') return noSpace
      if (/^-(\s|$)/.test(line)) return listOnKeyLine
      return /["']$/.test(before) ? afterQuote : unexpected
    default:
      return byCode[error.code] ?? unexpected
  }
}

/**
 * What became of a piece of text. A fault completes the sentence "KEY ...", as in "must be HOST:PORT"; its second
 * line, where there is one, says what would be right. It never holds the text itself, which may be a secret.
 */
export type Parsed<T> = { readonly value: T } | { readonly fault: string }

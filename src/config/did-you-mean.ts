/** The candidate that `word` is most likely a slip of, without regard to case; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let shortest = Infinity
  for (const candidate of candidates) {
    const slips = distance(word.toLowerCase(), candidate.toLowerCase())
    if (slips < shortest && slips <= allowance(candidate)) [best, shortest] = [candidate, slips]
  }
  return best
}

/** Two slips in five letters are a typo, two in three are another word. */
function allowance(candidate: string): number {
  return Math.max(1, Math.floor(candidate.length * 0.4))
}

/** Damerau-Levenshtein, optimal string alignment: letters left out, put in, changed, or swapped with the next. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > allowance(b)) return Infinity
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(beforeLast, j - 2) + 1
          : Infinity
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed, swapped))
    }
    ;[beforeLast, last] = [last, row]
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

/** Enough for an id or a file path with eight encoded slashes; real calls have one or two. */
const maxMarks = 8
const maxReadings = 256

/**
 * All the ways in which a server could split a path into segments, the plain one first; undefined when there are too
 * many to look at. Takes the raw segments between slashes; their escapes must be valid.
 *
 * `%2F` and `%5C` are part of a segment or a slash; a segment ends at `;` (path parameters) or not; spaces at its edges
 * count or not; empty segments never count. Every *combination* is a reading of its own: with the rules `/a/{x}/{y}` and
 * `/a/{x}/{y}/{z}/{w}`, `/a/1%2F2/3%2F4` is allowed with both slashes kept and with both split, but is `/a/1/2/{y}` with
 * one of each. So the number is bounded, not the kinds.
 */
export function readingsOf(rawSegments: readonly string[]): readonly (readonly string[])[] | undefined {
  const marks = rawSegments.reduce((sum, raw) => sum + (raw.match(/%2f|%5c|%3b|;/gi)?.length ?? 0), 0)
  if (marks > maxMarks) return undefined

  let readings: string[][] = [[]]
  for (const raw of rawSegments) {
    const ways: string[][] = []
    for (const pieces of splits(raw)) {
      const forms = product([[]], pieces.map(pieceForms))
      if (forms === undefined || ways.length + forms.length > maxReadings) return undefined
      ways.push(...forms)
    }
    const longer = combine(readings, distinct(ways))
    if (longer === undefined) return undefined
    readings = longer
  }
  return distinct(readings)
}

/** Each encoded slash kept or split, all kept first. */
function splits(raw: string): string[][] {
  const [first = '', ...rest] = raw.split(/(%2f|%5c)/i).map((part) => decodeURIComponent(part))
  let ways = [[first]]
  for (let i = 0; i < rest.length; i += 2) {
    const [slash = '', text = ''] = rest.slice(i, i + 2)
    const kept = ways.map((way) => [...way.slice(0, -1), `${way.at(-1) ?? ''}${slash}${text}`])
    ways = [...kept, ...ways.map((way) => [...way, text])]
  }
  return ways
}

/** A segment as it is, trimmed, and cut at each `;`. */
function pieceForms(piece: string): string[][] {
  const heads = [...piece.matchAll(/;/g)].map(({ index }) => piece.slice(0, index))
  const forms = new Set([piece, ...heads].flatMap((form) => [form, form.trim()]))
  return [...forms].map((form) => (form === '' ? [] : [form]))
}

function product(start: string[][], alternatives: string[][][]): string[][] | undefined {
  return alternatives.reduce<string[][] | undefined>(
    (readings, forms) => (readings === undefined ? undefined : combine(readings, forms)),
    start,
  )
}

function combine(readings: string[][], forms: string[][]): string[][] | undefined {
  if (readings.length * forms.length > maxReadings) return undefined
  return readings.flatMap((reading) => forms.map((form) => [...reading, ...form]))
}

function distinct(readings: string[][]): string[][] {
  // NUL is refused long before, so it separates without doubt
  return [...new Map(readings.map((reading) => [reading.join('\0'), reading])).values()]
}

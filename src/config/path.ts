/** Where something is in the config: keys, and numbers in lists. */
export type Path = readonly PropertyKey[]

/** A path as people write it: `allow[0].as`. */
export function pathText(path: Path): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`))
    .join('')
}

/** A fault completes "KEY ...", as in "must be HOST:PORT"; its second line, where there is one, is the hint. */
export function sayFault(path: Path, fault: string): { message: string; hint?: string } {
  const [what = '', hint] = fault.split('\n')
  const message = `${pathText(path)} ${what}`
  return hint === undefined ? { message } : { message, hint }
}

/** What plain data has at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
    value,
  )
}

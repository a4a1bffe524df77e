import type { Rule } from './rule.ts'

/** Resources that reach others by what stands in a body or an id, where no rule can see it. All names in lower case. */
const blindSpots: readonly (readonly [path: readonly string[], methods: readonly string[], why: string])[] = [
  [
    ['subscriptions'],
    ['POST', 'PATCH'],
    'a subscription sends word of any resource that its body names to any address',
  ],
  [['search', 'query'], ['POST'], 'the body says what is searched: mail, files, sites, people'],
  [['directoryobjects', 'getbyids'], ['POST'], 'the body says which directory objects are read'],
  [['shares'], ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], 'the id is the URL of any file or site'],
]

/** Why a rule allows more than its path says, if it does. */
export function blindSpotsOf({ methods, segments, rest }: Rule): readonly string[] {
  return blindSpots
    .filter(([path, spotMethods]) => {
      if (!spotMethods.some((method) => methods.has(method))) return false
      if (segments.length < path.length && !rest) return false
      return path.every((name, i) => {
        const pattern = segments[i]
        return pattern === undefined || (pattern.kind === 'literal' && pattern.text === name)
      })
    })
    .map(([path, , why]) => `/${path.join('/')}: ${why}`)
}

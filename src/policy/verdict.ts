export type Verdict = Allowed | Denied

export interface Allowed {
  readonly allowed: true
  /** The rule's name, else its text: also a metric label. */
  readonly rule: string
  readonly identity: string
  readonly reason: string
  /** `METHOD PATH` for each way in which the request can be read. */
  readonly readings: readonly string[]
}

export interface Denied {
  readonly allowed: false
  readonly error: 'pathNotAllowed' | 'badPath' | 'notFound'
  /** A metric label. */
  readonly cause: DenyCause
  /** The `deny` rule that said so. */
  readonly rule?: string
  /** A sentence or two for the person who called: what is wrong, and what to do. */
  readonly reason: string
  readonly readings: readonly string[]
}

export type DenyCause = 'no_rule' | 'deny_rule' | 'mixed_identities' | 'query' | Refusal

export type Refusal = keyof typeof refusals

/** What is refused whatever the rules say, with the sentence for whoever sent it. */
export const refusals = {
  method: ['pathNotAllowed', 'Only GET, HEAD, POST, PUT, PATCH and DELETE are forwarded, in upper case.'],
  not_served: ['notFound', 'Only /v1.0/ is served here, and /beta/ once an allow rule names it.'],
  unsupported_path: [
    'pathNotAllowed',
    '$query, $entity, $crossjoin and $all reach what the path does not say, and are never forwarded.',
  ],
  batch: ['pathNotAllowed', '$batch is not supported by this version. Send its requests one by one.'],
  too_long: ['badPath', 'The target is longer than 16384 characters.'],
  absolute_form: ['badPath', 'The target must be a path such as /v1.0/me, with no scheme and no host in it.'],
  fragment: ['badPath', 'The target holds a "#". Send it as %23, or not at all.'],
  non_ascii: ['badPath', 'The target holds characters beyond ASCII. Percent-encode them as UTF-8.'],
  space: ['badPath', 'The target holds a space. Send it as %20.'],
  control_character: ['badPath', 'The target holds a control character, as it is or percent-encoded.'],
  backslash: ['badPath', 'The path holds a backslash. If a name has one, send it as %5C.'],
  bad_escape: [
    'badPath',
    'A "%" in the target is not followed by two hexadecimal digits. A plain "%" is %25.',
  ],
  bad_utf8: ['badPath', 'The percent-encoded bytes in the target are not UTF-8.'],
  dot_segment: [
    'badPath',
    'A segment of the path reads as "." or "..", as it is or once decoded. Send the resolved path.',
  ],
  too_many_readings: [
    'badPath',
    'The path can be read in too many ways: it holds too many encoded slashes, semicolons or spaces at the edge of a segment.',
  ],
} as const satisfies Record<string, readonly [Denied['error'], string]>

import type { RawAnswer } from './raw.ts'

/** The `error` of an answer of the sidecar's own. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly innerError: Readonly<Record<string, string>>
}

export async function readError(answer: Response): Promise<ErrorBody> {
  return ((await answer.json()) as { error: ErrorBody }).error
}

/** The same of a raw answer; `transfer-encoding: chunked` is not undone, and the sidecar's own errors are not chunked. */
export function errorOf(answer: RawAnswer): ErrorBody {
  return (JSON.parse(answer.body) as { error: ErrorBody }).error
}

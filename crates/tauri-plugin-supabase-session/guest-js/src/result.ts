import { AuthError } from './errors.js'

/** What every call resolves to: `data`, or an `error` with all of `data` empty. */
export type Result<Data, Empty = null> = { data: Data; error: null } | { data: Empty; error: AuthError }

/** Does it, and puts a failure into `error`. */
export async function result<Data, Empty>(empty: Empty, work: () => Promise<Data>): Promise<Result<Data, Empty>> {
  try {
    return { data: await work(), error: null }
  } catch (failure) {
    return { data: empty, error: AuthError.from(failure) }
  }
}

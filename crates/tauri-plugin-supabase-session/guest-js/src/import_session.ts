import { current, NOBODY } from './auth.js'
import type { AuthResponse } from './auth.js'
import { AuthError } from './errors.js'
import { call } from './ipc.js'
import { result } from './result.js'

/** A place where supabase-js keeps a session: `localStorage`, `sessionStorage`, or {@link cookieStorage}. */
export type KeptSessions = Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>

/** supabase-js's name for a session, with the number of a chunk where `@supabase/ssr` has split it. */
const NAME = /^(sb-.+-auth-token)(?:\.\d+)?$/
/** What is kept beside a session, and goes with it. */
const BESIDE = ['', '-user', '-code-verifier']
/** Refusals after which another session that is kept may still be the one. */
const NOT_THIS_ONE = ['session_invalid', 'session_over']

/**
 * Takes over the session that supabase-js (or `@supabase/ssr`) has kept in this page, so that nobody has to sign in again
 * after an app has moved to the plugin. Call it at each start; it does nothing where nothing is kept. Where supabase-js was
 * given a `storageKey`, name it.
 *
 * The backend takes a session of its own project only, and only while nobody is signed in. The copy in the page is removed
 * once the session is stored safely. After a refusal, and where the server does not answer, it stays.
 *
 * Needs the permission `supabase-session:allow-import-session`, which is in no set.
 */
export function importSession(storage: KeptSessions = localStorage, storageKey?: string): Promise<AuthResponse> {
  return result(NOBODY, async () => {
    let refusal: AuthError | undefined
    for (const key of storageKey ? [storageKey] : names(storage)) {
      const session = joined(storage, key)
      if (!session) continue
      try {
        const { is_saved } = await call('import_session', { key, session })
        if (is_saved) forget(storage, key)
        return current()
      } catch (failure) {
        refusal = AuthError.from(failure)
        if (!NOT_THIS_ONE.includes(refusal.details.code)) break
      }
    }
    if (refusal) throw refusal
    return NOBODY
  })
}

/** This page's cookies, where `createBrowserClient` of `@supabase/ssr` keeps sessions. */
export function cookieStorage(): KeptSessions {
  const pairs = document.cookie.split('; ').filter((pair) => pair.includes('='))
  const cookies = new Map(pairs.map((pair): [string, string] => [name(pair), value(pair)]))
  const keys = [...cookies.keys()]
  return {
    length: keys.length,
    key: (index) => keys[index] ?? null,
    getItem: (key) => cookies.get(key) ?? null,
    removeItem: (key) => void (document.cookie = `${key}=; Path=/; Max-Age=0`),
  }
}

const name = (pair: string) => pair.slice(0, pair.indexOf('='))

function value(pair: string): string {
  const text = pair.slice(pair.indexOf('=') + 1)
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** All keys, read at once: whoever removes one changes the numbers of the others. */
function keys(storage: KeptSessions): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
}

/** The names of the sessions that are kept, without those of chunks. */
function names(storage: KeptSessions): Set<string> {
  return new Set(keys(storage).flatMap((key) => NAME.exec(key)?.[1] ?? []))
}

/** What is kept under this name, whole or in chunks `name.0`, `name.1`, ... */
function joined(storage: KeptSessions, key: string): string {
  const whole = storage.getItem(key)
  if (whole) return whole
  let chunks = ''
  for (let at = 0; ; at++) {
    const chunk = storage.getItem(`${key}.${at}`)
    if (!chunk) return chunks
    chunks += chunk
  }
}

/** Removes what is kept under this name, its chunks, and what supabase-js has kept beside it. */
function forget(storage: KeptSessions, name: string): void {
  const bases = BESIDE.map((suffix) => name + suffix)
  const isOurs = (key: string) => bases.some((base) => key === base || /^\.\d+$/.test(key.replace(base, '')))
  for (const key of keys(storage)) if (isOurs(key)) storage.removeItem(key)
}

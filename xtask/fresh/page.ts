// A page that has the packed npm package and nothing else of the repository.
import {
  auth, AuthError, cookieStorage, createFetch, importSession, session,
  type AuthResponse, type Claims, type KeptSessions, type OtpType, type Result, type Session, type SupabaseView, type User,
} from 'tauri-plugin-supabase-session-api'

export const fetch: typeof globalThis.fetch = createFetch()

export async function signIn(email: string, password: string): Promise<User | null> {
  const { data, error }: AuthResponse = await auth.signInWithPassword({ email, password })
  if (error) throw error
  return data.user
}

export async function typeCode(email: string, token: string, type: OtpType): Promise<string> {
  const { error } = await auth.verifyOtp({ email, token, type })
  return error instanceof AuthError ? error.code : 'signed in'
}

export function watch(show: (email: string | undefined, view?: SupabaseView) => void): () => void {
  const { data } = auth.onAuthStateChange((_event: string, changed: Session | null) => show(changed?.user.email))
  return () => data.subscription.unsubscribe()
}

export async function takeOver(kept: KeptSessions = cookieStorage()): Promise<void> {
  const { error } = await importSession(kept)
  if (error) throw error
}

export type Shown = Result<Claims>
export const { acceptLink } = session

// A session holds no token, in the types as in the page.
// @ts-expect-error
export const token = (of: Session): string => of.access_token

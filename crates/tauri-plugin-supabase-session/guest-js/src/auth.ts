import { changes } from './changes.js'
import type { Commands, OtpKind, SupabaseView } from './contract.js'
import type { AuthError } from './errors.js'
import { call } from './ipc.js'
import type { Request } from './ipc.js'
import { mfa } from './mfa.js'
import { result } from './result.js'
import type { Result } from './result.js'
import { listen, view } from './watch.js'
import type { AuthChangeEvent, Session, User, UserIdentity } from './types.js'

type Empty<Data> = { [Key in keyof Data]: null }
export type AuthResponse = Result<{ user: User | null; session: Session | null }, { user: null; session: null }>

/** The claims of the access token, verified in the backend. */
export interface Claims {
  sub: string
  session_id?: string
  aal?: string
  exp: number
  role?: string
  email?: string
  [claim: string]: unknown
}

type Listener = (event: AuthChangeEvent, session: Session | null) => unknown

/** What the mail is for whose code is typed. */
export type OtpType = OtpKind

export const NOBODY = { user: null, session: null }

/** Who is signed in, as last described. Nothing is sent. */
export async function current(): Promise<{ user: User | null; session: Session | null }> {
  const user = (await call('get_session', {})) as User | null
  return user ? { user, session: { user } } : NOBODY
}

/** Runs a command that may sign somebody in. */
function signIn<Name extends keyof Commands>(command: Name, request: Request<Name>): Promise<AuthResponse> {
  return result(NOBODY, async () => {
    await call(command, request)
    return current()
  })
}

/** Runs a command that continues in a mail or a browser. */
function begin<Name extends keyof Commands, Data extends object>(
  command: Name,
  request: Request<Name>,
  data: Data,
): Promise<Result<Data, Empty<Data>>> {
  const no = Object.fromEntries(Object.keys(data).map((key) => [key, null])) as Empty<Data>
  return result(no, async () => {
    await call(command, request)
    return data
  })
}

let subscriptions = 0

/** Tells the listener of what happened, one after the other, in their order. */
async function tell(listener: Listener, events: AuthChangeEvent[], now: SupabaseView): Promise<void> {
  const { session } = now.session.state === 'signed_in' ? await current() : NOBODY
  for (const event of events) await listener(event, session)
}

/**
 * Stands in for `supabase.auth`: the same names, arguments and answers, but that sessions have no tokens.
 *
 * Where links lead back to is the plugin's business: `emailRedirectTo` and `redirectTo` are not needed and not read.
 * A link that is opened signs in by itself, also when the app was closed meanwhile: see `onAuthStateChange`.
 */
export const auth = {
  /** Second factors. */
  mfa,

  /** Opens an account. Where its address has to be confirmed, nobody is signed in until the mail's link is opened. */
  signUp(credentials: { email: string; password: string; options?: { data?: object } }): Promise<AuthResponse> {
    const { email, password, options } = credentials
    return signIn('sign_up', { email, password, data: options?.data ?? {} })
  },

  signInWithPassword(credentials: { email: string; password: string }): Promise<AuthResponse> {
    const { email, password } = credentials
    return signIn('sign_in_with_password', { email, password })
  },

  /** Sends a mail with a link and a code that signs in. */
  signInWithOtp(credentials: { email: string; options?: { shouldCreateUser?: boolean } }) {
    const { email, options } = credentials
    return begin('sign_in_with_otp', { email, should_create_user: options?.shouldCreateUser }, NOBODY)
  },

  /** Signs in with the code of a mail instead of its link. */
  verifyOtp(params: { email: string; token: string; type: OtpType }): Promise<AuthResponse> {
    const { email, token, type } = params
    return signIn('verify_otp', { email, code: token, type })
  },

  /** Opens the system's browser where the sign-in continues, so there is no `url` to open. */
  signInWithOAuth(credentials: { provider: string }) {
    const { provider } = credentials
    return begin('sign_in_with_oauth', { provider }, { provider, url: null })
  },

  signInAnonymously(): Promise<AuthResponse> {
    return signIn('sign_in_anonymously', {})
  },

  /** Sends a mail whose link signs in to choose a new password (`PASSWORD_RECOVERY`). */
  resetPasswordForEmail(email: string) {
    return begin('reset_password_for_email', { email }, {})
  },

  /** Sends the mail of a sign-up once more. */
  resend(credentials: { type: 'signup'; email: string }) {
    return begin('resend', { email: credentials.email }, NOBODY)
  },

  /** Signs out: by default on all devices, as supabase-js does; on this one that always succeeds. */
  async signOut(options?: { scope?: 'global' | 'local' | 'others' }): Promise<{ error: AuthError | null }> {
    const { error } = await begin('sign_out', { scope: options?.scope ?? 'global' }, {})
    return { error }
  },

  /** Asks the server who is signed in. */
  getUser(): Promise<Result<{ user: User }, { user: null }>> {
    return result({ user: null }, async () => ({ user: (await call('get_user', {})) as User }))
  },

  /** Who is signed in, as last described. Nothing is sent. */
  getSession(): Promise<Result<{ session: Session | null }, { session: null }>> {
    return result({ session: null }, async () => ({ session: (await current()).session }))
  },

  /** What the access token says, verified in the backend. */
  getClaims(): Promise<Result<{ claims: Claims }>> {
    return result(null, async () => ({ claims: (await call('get_claims', {})) as Claims }))
  },

  /** Changes metadata, password or address, in this order. A new address counts once it is confirmed. */
  updateUser(attributes: {
    data?: object
    password?: string
    current_password?: string
    nonce?: string
    email?: string
  }): Promise<Result<{ user: User }, { user: null }>> {
    const { data, password, current_password: old, nonce, email } = attributes
    return result({ user: null }, async () => {
      if (data) await call('update_user_data', { data })
      if (password) await call('update_user_password', { password, current: old ?? null, nonce: nonce ?? null })
      if (email) await call('update_user_email', { email })
      return { user: (await call('get_user', {})) as User }
    })
  },

  getUserIdentities(): Promise<Result<{ identities: UserIdentity[] }>> {
    return result(null, async () => ({ identities: ((await call('get_user', {})) as User).identities ?? [] }))
  },

  /** Opens the system's browser where the provider is linked. */
  linkIdentity(credentials: { provider: string }) {
    const { provider } = credentials
    return begin('link_identity', { provider }, { provider, url: null })
  },

  unlinkIdentity(identity: { identity_id: string }) {
    return begin('unlink_identity', { id: identity.identity_id }, {})
  },

  /** Calls the listener with `INITIAL_SESSION` and then with every change. */
  onAuthStateChange(listener: Listener) {
    let before: SupabaseView | undefined
    let told: Promise<unknown> = Promise.resolve()
    let is_over = false
    const take = (now: SupabaseView) => {
      const events = changes(before, now)
      before = now
      if (events.length === 0) return
      told = told.then(() => (is_over ? undefined : tell(listener, events, now))).catch(console.error)
    }
    const stop = listen(take)
    view().then((now) => {
      if (!before) take(now)
    }, console.error)
    const unsubscribe = () => {
      is_over = true
      stop()
    }
    return { data: { subscription: { id: String(++subscriptions), callback: listener, unsubscribe } } }
  },
}

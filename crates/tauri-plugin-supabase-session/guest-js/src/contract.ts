// What crosses the line to the backend. Written from the crate `supabase-session-contract`: change it there, then run
// `WRITE_TYPES=1 cargo test -p xtask --test typescript`.

/**
 * Asks for the whole view, and from then on for every change of it.
 *
 * The invocation carries, beside `request`, an argument `channel`: the string `__CHANNEL__:<id>`, where the id is
 * what `__TAURI_INTERNALS__.transformCallback` answered (in JavaScript: a `Channel` of `@tauri-apps/api/core`). The
 * callback gets `{ message, index }` for each view and `{ end: true, index }` when the channel is closed.
 *
 * There are no Tauri events in between: a page that may listen to events hears those of other plugins too, the deep
 * link with its auth code among them.
 */
export type Watch = Record<string, never>

/** The person has read the notice with this id. */
export interface DismissNotice {
  /** From `Notice.id`. */
  id: number
}

/**
 * Everything that a page needs to know of the session.
 *
 * It is sent whole with every change; a page keeps the one with the highest `revision`.
 */
export interface SupabaseView {
  /** Rises with every change. */
  revision: number
  /** `null`: no project is connected. */
  project: ProjectView | null
  /** Who is signed in. */
  session: SessionView
  /**
   * What was begun and continues elsewhere (a mail, the browser), the newest last. Also while somebody is signed
   * in: a new address, one more provider.
   */
  waiting: WaitingView[]
  /**
   * Captchas that the project asks for and that are solved in the browser, the oldest first. What asked for one goes
   * on by itself once that one is solved. The commands about it are those of a waiting flow, with the captcha's id.
   */
  captchas: WaitingView[]
  /** A link that nobody here asked for wants to sign somebody in: asks whether that is wanted. */
  consent: ConsentView | null
  /** The person came in to choose a new password (recovery, invitation). */
  new_password: boolean
  /** What guards the account; `null` while signed out. */
  security: SecurityView | null
  /** One sentence for the person, until dismissed or replaced. */
  notice: Notice | null
  /** Something about the session's store that stays true until it is mended. */
  store_warning: StoreWarning | null
  /** How the session is protected on this machine. Signed out it says how the next one will be. */
  protection: ProtectionView
}

/** The Supabase project that the app talks to. */
export interface ProjectView {
  /** The project's URL, for example `https://abcd.supabase.co`. */
  url: string
  /** The URL's host (and port, where it is not the scheme's own), for people. */
  host: string
  /** True for a project on this machine: its mails are in the local inbox, not at a mail provider. */
  is_local: boolean
  /** The app or its environment names it: it cannot be changed in the window. */
  is_fixed: boolean
  /** What the project offers, from `/auth/v1/settings`; `null` until the server has answered once. */
  sign_in_methods: SignInMethods | null
  /** How links come back from this project; `null` until the server has answered once. */
  redirect_mode: RedirectMode | null
}

/** How links come back to the app. Found out once for each project, and remembered. */
export type RedirectMode = 'deep_link' | 'bare_deep_link' | 'loopback'

/** What the project's owner switched on. */
export interface SignInMethods {
  /** E-mail and password. */
  email: boolean
  /** New people may sign up. */
  sign_up: boolean
  /** Sign-in without an address. */
  anonymous: boolean
  /** Names of the OAuth providers, for example `github`. */
  providers: string[]
}

/** Who is signed in. */
export type SessionView =
  | { state: 'restoring' }
  | {
      state: 'signed_out'
      /** `null` at a first start. */
      cause: SignOutCause | null
    }
  | {
      state: 'signed_in'
      /** What may be said of them. */
      user: UserView
    }

/** The signed-in person, as far as the Auth server keeps them. */
export interface UserView {
  /** Their id: a page that was filled by one person is not shown to the next. */
  id: string
  /** Their address; `null` for an anonymous user. */
  email: string | null
  /** Somebody without any way to come back yet: what they do is lost when they sign out. */
  is_anonymous: boolean
  /** The account has a second factor that this session has not shown: shows the code's page, and nothing private. */
  second_factor_needed: boolean
  /** False while this comes from the local store only and no server has confirmed it yet. */
  verified: boolean
}

/** Why a session ended. The sign-in page says each in plain words. */
export type SignOutCause = 'asked' | 'elsewhere' | 'expired' | 'banned' | 'deleted' | 'store_lost'

/** A flow that was begun and continues in a mail or a browser. */
export interface WaitingView {
  /** Names the flow in commands. Not the nonce of its link. */
  id: string
  /** What was begun. */
  kind: WaitingKind
  /** Where the mail went; `null` where it continues in the browser. */
  email: string | null
  /** The provider that it continues with, for example `github`, as long as it is known. */
  provider: string | null
  /** Its page can be opened in the browser again, or its address copied. */
  can_open: boolean
  /** A code from the mail may be typed instead of opening the link. */
  takes_code: boolean
  /** The first of two confirmations of a new address is done; the mail at the other address is still to be opened. */
  is_halfway: boolean
  /** Seconds until a new link may be asked for, counted from the moment of this view; 0 = now. */
  resend_in_s: number
  /** The link is back and its code is being exchanged. */
  exchanging: boolean
  /** Its link leads back through a port of this machine: in a browser on this machine, while the app runs. */
  by_port: boolean
  /**
   * Address of the local project's inbox page, only for a project on this machine and once something has answered
   * there.
   */
  local_inbox: string | null
}

/** What was begun. */
export type WaitingKind =
  | 'sign_up'
  | 'magic_link'
  | 'recovery'
  | 'email_change'
  | 'provider'
  | 'link_provider'
  | 'captcha'

/** A link that nobody here asked for. */
export interface ConsentView {
  /**
   * Names the question in `AcceptLink` and
   * `DeclineLink`: another link may take its place between a look and a click.
   */
  id: string
  /** Whom it signs in, as the server says; `null` while that is being asked, or where the link does not tell. */
  email: string | null
  /** The server is being asked. */
  is_checking: boolean
  /** It is an invitation: a password will be chosen next. */
  is_invitation: boolean
}

/** The security page's content. */
export interface SecurityView {
  /** What the person can sign in with. */
  identities: IdentityView[]
  /** Their second factors, those that were begun and never shown among them. */
  factors: FactorView[]
  /** The address that they want to change to, as long as that is not confirmed: begun here or anywhere. */
  new_email: string | null
  /**
   * When somebody last signed in as them, on any device: seconds since 1970 by the server's clock. `null` where the
   * server does not tell.
   */
  last_sign_in_at: number | null
}

/** One thing that the person can sign in with. */
export interface IdentityView {
  /**
   * Names it in `UnlinkIdentity`; `null` where the server does not tell (older
   * ones), so that it cannot be taken away from here.
   */
  id: string | null
  /** For example `email`, `github`, `custom:acme` or `sso:<id>`; empty where the server does not tell. */
  provider: string
  /** The address that the provider gave. */
  email: string | null
  /** The server would let it go: another one remains. */
  removable: boolean
}

/** A second factor. */
export interface FactorView {
  /** Names it in commands. */
  id: string
  /** What the person calls it. */
  name: string | null
  /** What it is. */
  kind: FactorKind
  /** It was shown at least once: from now on it is asked for. */
  verified: boolean
  /** When it was begun: seconds since 1970 by the server's clock. `null` where the server does not tell. */
  added_at: number | null
}

/** What a second factor is. Codes can be shown of authenticators only. */
export type FactorKind = 'authenticator' | 'phone' | 'passkey' | 'other'

/** Something about the session's store that the person should know. */
export type StoreWarning = 'not_saved' | 'not_removed'

/** One sentence for the person. An app that has sentences of its own beside these puts its own code into the frame. */
export interface Notice<Code = NoticeCode> {
  /** For `DismissNotice`. */
  id: number
  /** Which sentence. */
  code: Code
}

/** The sentences that the backend can ask a page to show, in the page's own words. */
export type NoticeCode =
  | 'signed_in_by_link'
  | 'signed_in_by_provider'
  | 'link_malformed'
  | 'link_incomplete'
  | 'link_sealed'
  | 'link_unknown'
  | 'link_spent'
  | 'confirmed_too_late'
  | 'took_too_long'
  | 'link_refused'
  | 'link_not_finished'
  | 'link_while_signed_in'
  | 'link_of_other_account'
  | 'other_address_to_confirm'
  | 'provider_address_unconfirmed'
  | 'identity_taken'
  | 'email_change_half'
  | 'email_changed'
  | 'identity_linked'
  | 'password_changed'
  | 'others_signed_out'
  | 'factor_added'
  | 'factor_removed'
  | 'project_failed'
  | 'browser_not_opened'

/**
 * Chooses what protects the session from now on. It is sealed anew at once, and the choice survives a restart.
 *
 * Where the choice cannot be had (`KeychainLocked`,
 * `KeychainUnavailable`,
 * `StoreUnwritable`), everything stays as it was; so it does where nothing is to be
 * kept and files of other people would be lost (`FilesOfOthers`).
 */
export interface SetProtection {
  /** The choice. */
  protection: Protection
}

/**
 * Asks the keychain for the key once more, and restores the session if it gives it. For a session that could not be
 * read at the start because the keychain was locked or did not answer.
 *
 * Fails with `KeychainLocked` or
 * `KeychainUnavailable` where it gives none.
 */
export type RestoreSession = Record<string, never>

/**
 * Gives up waiting for a session whose key cannot be had, so that the person can sign in again. The sealed session is
 * set aside as it is; nothing is deleted.
 */
export type SetSessionAside = Record<string, never>

/** What holds the key that the session is sealed with. */
export type Protection = 'keychain' | 'key_file' | 'memory'

/** What is known of the system's keychain. */
export type KeychainState = 'unknown' | 'available' | 'locked' | 'absent' | 'unanswered'

/** How the session is protected on this machine. */
export interface ProtectionView {
  /** What the person chose, else what the app did; `null`: whatever this machine has. */
  chosen: Protection | null
  /** What protects the session right now; `null` while that is being found out, and while the key cannot be had. */
  active: Protection | null
  /** What is known of the system's keychain. */
  keychain: KeychainState
  /**
   * The file system of the data folder keeps modes. `false` (a network disk, FAT): others on this machine may read
   * the files in it.
   */
  file_modes: boolean
}

/** Looks for a local Supabase on this machine (`supabase-local` or the Supabase CLI, port 54321). */
export type FindLocalProject = Record<string, never>

/** A local Supabase that answered. */
export interface LocalProject {
  /** Its URL. */
  url: string
}

/** Checks a project live and keeps it. */
export interface ConnectProject {
  /** What the person typed, or the local project. */
  target: ProjectTarget
}

/** Which project to connect to. */
export type ProjectTarget =
  | { kind: 'local' }
  | {
      kind: 'remote'
      /** For example `https://abcd.supabase.co`. */
      url: string
      /** The publishable key or the legacy anon key. Public by design, yet never sent back to the page. */
      key: string
    }

/** Forgets the project (only while signed out) and shows the connect page. */
export type DisconnectProject = Record<string, never>

/** Opens an account. Where the address has to be confirmed, a `WaitingView` appears. */
export interface SignUp {
  /** The address. */
  email: string
  /** 6 to 72 bytes, or as the project asks. */
  password: Password
  /** Kept in the user's metadata, for example `full_name`. */
  data?: object
}

/** Signs in with a password. */
export interface SignInWithPassword {
  /** The address. */
  email: string
  /** The password. */
  password: Password
}

/**
 * Sends a link (and a code) that signs in without a password; opens an account where there is none and the project
 * allows it.
 */
export interface SignInWithOtp {
  /** The address. */
  email: string
  /** Whether an account may be opened. Without it: if the project takes new people. */
  should_create_user?: boolean | null
}

/** Begins a sign-in through a provider, in the system's browser. */
export interface SignInWithOAuth {
  /** For example `github` (`SignInMethods.providers`). */
  provider: string
}

/** Signs in without an address. */
export type SignInAnonymously = Record<string, never>

/** Sends a link that signs in to choose a new password. Looks the same for an address without an account. */
export interface ResetPasswordForEmail {
  /** The address. */
  email: string
}

/**
 * Sends the mail that confirms the address of a new account once more. Looks the same for an address without an account
 * and for one that is confirmed already, and sends nothing to either.
 */
export interface Resend {
  /** The address. */
  email: string
}

/**
 * Signs in with a code from a mail. Without a `kind` the mail is one that nobody here asked for (an
 * invitation), and what its code is for is found out.
 */
export interface VerifyOtp {
  /** The address that the mail came to. */
  email: string
  /** 6 to 10 digits; spaces and dashes are left out. */
  code: OneTimeCode
  /** What the mail is for. It finishes the newest flow of this kind that waits for this address. */
  type?: OtpKind | null
}

/** What the code of a mail is for, with the names of the Auth server. */
export type OtpKind = 'email' | 'signup' | 'magiclink' | 'recovery' | 'invite' | 'email_change'

/** Signs out. On this device that always succeeds; the server is told as well as it can be reached. */
export interface SignOut {
  /** Where. */
  scope?: SignOutScope
}

/** Which sessions a sign-out ends. */
export type SignOutScope = 'local' | 'global' | 'others'

/** Asks the server for the user who is signed in. */
export type GetUser = Record<string, never>

/** The user who is signed in, as last described. Nothing is sent. */
export type GetSession = Record<string, never>

/** The claims of the access token, verified. The token itself does not cross. */
export type GetClaims = Record<string, never>

/** The window came to the front, or the network is back: looks at the session now instead of in half a minute. */
export type Wake = Record<string, never>

/** Opens the browser again where a waiting flow continues. */
export interface OpenFlow {
  /** From `WaitingView.id`. */
  id: string
}

/** Puts the address where a waiting flow continues on the clipboard, for another browser. The page never sees it. */
export interface CopyFlowAddress {
  /** From `WaitingView.id`. */
  id: string
}

/** Opens the inbox of `WaitingView.local_inbox` in the browser. */
export type OpenLocalInbox = Record<string, never>

/**
 * Lets a waiting flow come back through a port of this machine instead of the app's own links, which do not come back
 * from every browser: sends a new mail, or opens the browser anew. The flow that was waiting is over then.
 */
export interface RestartFlowByLoopback {
  /** From `WaitingView.id`. */
  id: string
}

/** Finishes a waiting flow with the code from its mail. */
export interface VerifyFlowCode {
  /** From `WaitingView.id`. */
  id: string
  /** 6 to 10 digits; spaces and dashes are left out. */
  code: OneTimeCode
}

/** Sends the link of a waiting flow once more. A sign-up whose link was used before gets one that signs in. */
export interface ResendFlow {
  /** From `WaitingView.id`. */
  id: string
}

/** Gives a waiting flow up: a link that still comes for it does nothing. */
export interface CancelFlow {
  /** From `WaitingView.id`. */
  id: string
}

/**
 * Takes a link that was copied from a mail or a browser, as if it had been opened. It may be wrapped by a mail gateway,
 * broken over lines, or stand in a text. What came of it is said in a `Notice`.
 */
export interface PasteLink {
  /** The mail's link, or the one that it led to. */
  link: PastedText
}

/**
 * Says yes to the link that nobody here asked for (`ConsentView`). Refused while the server
 * is still asked whom it signs in.
 */
export interface AcceptLink {
  /** From `ConsentView.id`. */
  id: string
}

/** Says no to the link that nobody here asked for: it is forgotten. */
export interface DeclineLink {
  /** From `ConsentView.id`. */
  id: string
}

/** Sets a new password, also the first one. */
export interface UpdateUserPassword {
  /** The new one. */
  password: Password
  /**
   * The one of now, where the project asks for it
   * (`CurrentPasswordNeeded`).
   */
  current?: Password | null
  /**
   * The code from the mail, where the project asks for it (`NonceNeeded`: the mail
   * is on its way then).
   */
  nonce?: OneTimeCode | null
}

/** Leaves the page that asks for a new password (after a recovery or an invitation) without one. */
export type SkipNewPassword = Record<string, never>

/**
 * Begins a change of the address; for an anonymous person this is the way to an account of their own. Where the
 * project asks for confirmation, a `WaitingView` appears.
 */
export interface UpdateUserEmail {
  /** The new address. */
  email: string
}

/** Changes the user's metadata. Keys that are not named stay as they are. */
export interface UpdateUserData {
  /** New values by key. */
  data: object
}

/** Begins a second factor (TOTP). It counts once a code of it was shown (`MfaVerify`). */
export type MfaEnroll = Record<string, never>

/**
 * A second factor that was begun. The one secret that has to be seen: the person carries it into an authenticator.
 * It is answered once and kept nowhere.
 */
export interface FactorEnrollment {
  /** Names it in commands. */
  id: string
  /** For typing into an authenticator, in base32. */
  secret: string
  /** The same as a QR code. */
  qr: QrView
}

/** A QR code, drawn on this machine. */
export interface QrView {
  /** Modules a side, without the quiet zone (4 modules on each side are to be left free). */
  size: number
  /** The dark modules as an SVG path in units of one module, from 0 to `size`. */
  path: string
}

/**
 * Shows a code of a second factor: the first one of a factor that was begun, or the one that this session still has to
 * show.
 */
export interface MfaVerify {
  /** From `FactorEnrollment.id` or `FactorView.id`. */
  factor: string
  /** 6 digits. */
  code: OneTimeCode
}

/** Removes a second factor, or one that was begun. */
export interface MfaUnenroll {
  /** From `FactorView.id`. */
  factor: string
}

/** Begins to link a provider to the account, in the system's browser. */
export interface LinkIdentity {
  /** From `SignInMethods.providers`. */
  provider: string
}

/** Takes one identity away from the account. */
export interface UnlinkIdentity {
  /** From `IdentityView.id`, where it has one. */
  id: string
}

/** The head of a request. */
export interface FetchHead {
  /** Names the request in `CancelFetch`, among all of this window. At most 64 characters. */
  id: string
  /** In capitals. */
  method: string
  /** On the project's own origin, below `/rest/v1`, `/storage/v1` or `/functions/v1`. */
  url: string
  /** Names and values. Credentials among them are left out. */
  headers: [string, string][]
  /** Whether what follows is a body, be it empty. */
  has_body: boolean
}

/** The head of an answer. */
export interface FetchAnswer {
  /** The HTTP status, of an error too. */
  status: number
  /** Those that a browser shows to a page. Names in small letters. */
  headers: [string, string][]
}

/**
 * Ends a request that is under way: its command fails with `Cancelled`. One that has
 * ended already is left alone.
 */
export interface CancelFetch {
  /** From `FetchHead.id`. */
  id: string
}

/**
 * Takes over a session of this project that supabase-js has kept. Refused with
 * `SignedIn` while somebody is signed in,
 * `SessionInvalid` when it is none of this project, and
 * `SessionOver` when the server says that it has ended.
 */
export interface ImportSession {
  /** The name that it is kept under, for example `sb-abcd-auth-token`. Without the number of a chunk. */
  key: string
  /** What is kept there: supabase-js's JSON, or the `base64-` form of `@supabase/ssr`, all chunks joined. */
  session: KeptSession
}

/** A session that is the plugin's now. What the page has kept is good for nothing any more. */
export interface ImportedSession {
  /** Whether it is stored. `false`: it is in memory, and storing it is tried again; a page keeps its copy then. */
  is_saved: boolean
}

/**
 * Why a command failed. A page decides by `code` and shows its own sentence;
 * `message` is for logs and drivers. Neither carries a secret, a path or a server's text.
 */
export interface CommandError {
  /** What a page decides by. */
  code: ErrorCode
  /** One English sentence. */
  message: string
  /** The form field that the failure belongs to, if it belongs to one. */
  field: Field | null
  /** Seconds after which it is worth trying again, where the server said so. */
  retry_after_s: number | null
  /** What a weak password lacks, where the server said so. */
  weak_password?: WeakPasswordReason[]
}

/** A field of a form. */
export type Field = 'url' | 'key' | 'email' | 'password' | 'code' | 'current_password' | 'nonce'

/** What a weak password lacks. */
export type WeakPasswordReason = 'length' | 'characters' | 'pwned' | 'other'

/** Why a command failed. */
export type ErrorCode =
  | 'not_configured'
  | 'configured_by_environment'
  | 'url_invalid'
  | 'url_insecure'
  | 'not_supabase'
  | 'web_page_answers'
  | 'key_invalid'
  | 'key_secret'
  | 'local_not_found'
  | 'offline'
  | 'server_trouble'
  | 'server_failed'
  | 'rate_limited'
  | 'intercepted'
  | 'project_unreachable'
  | 'clocks_differ'
  | 'certificate_untrusted'
  | 'certificate_out_of_date'
  | 'certificate_other_host'
  | 'project_paused'
  | 'project_restricted'
  | 'project_broken'
  | 'mail_unsent'
  | 'tokens_refused'
  | 'refused'
  | 'signed_out'
  | 'signed_in'
  | 'invalid_credentials'
  | 'email_not_confirmed'
  | 'email_invalid'
  | 'password_missing'
  | 'password_too_long'
  | 'weak_password'
  | 'already_registered'
  | 'sign_up_disabled'
  | 'email_disabled'
  | 'captcha_required'
  | 'banned'
  | 'flow_unknown'
  | 'anonymous_disabled'
  | 'provider_unavailable'
  | 'browser_unavailable'
  | 'clipboard_unavailable'
  | 'loopback_unavailable'
  | 'code_invalid'
  | 'code_wrong'
  | 'link_over'
  | 'still_checking'
  | 'session_invalid'
  | 'session_over'
  | 'second_factor_needed'
  | 'factor_unknown'
  | 'too_many_factors'
  | 'factors_disabled'
  | 'current_password_needed'
  | 'current_password_wrong'
  | 'nonce_needed'
  | 'nonce_wrong'
  | 'same_password'
  | 'email_taken'
  | 'last_identity'
  | 'linking_disabled'
  | 'forbidden'
  | 'cancelled'
  | 'store_unwritable'
  | 'keychain_locked'
  | 'keychain_unavailable'
  | 'files_of_others'
  | 'internal'

/** A password. */
export type Password = string

/** A code from a mail or an authenticator. */
export type OneTimeCode = string

/** A session as supabase-js keeps it. */
export type KeptSession = string

/** A text that a person pasted and that may hold a link. */
export type PastedText = string

/** Each command of the plugin: what it takes and what it answers. */
export interface Commands {
  watch: { request: Watch; answer: SupabaseView }
  dismiss_notice: { request: DismissNotice; answer: null }
  set_protection: { request: SetProtection; answer: null }
  restore_session: { request: RestoreSession; answer: null }
  set_session_aside: { request: SetSessionAside; answer: null }
  find_local_project: { request: FindLocalProject; answer: LocalProject | null }
  connect_project: { request: ConnectProject; answer: null }
  disconnect_project: { request: DisconnectProject; answer: null }
  sign_up: { request: SignUp; answer: null }
  sign_in_with_password: { request: SignInWithPassword; answer: null }
  sign_in_with_otp: { request: SignInWithOtp; answer: null }
  sign_in_with_oauth: { request: SignInWithOAuth; answer: null }
  sign_in_anonymously: { request: SignInAnonymously; answer: null }
  reset_password_for_email: { request: ResetPasswordForEmail; answer: null }
  resend: { request: Resend; answer: null }
  verify_otp: { request: VerifyOtp; answer: null }
  sign_out: { request: SignOut; answer: null }
  get_user: { request: GetUser; answer: unknown }
  get_session: { request: GetSession; answer: unknown }
  get_claims: { request: GetClaims; answer: unknown }
  wake: { request: Wake; answer: null }
  open_flow: { request: OpenFlow; answer: null }
  copy_flow_address: { request: CopyFlowAddress; answer: null }
  open_local_inbox: { request: OpenLocalInbox; answer: null }
  restart_flow_by_loopback: { request: RestartFlowByLoopback; answer: null }
  verify_flow_code: { request: VerifyFlowCode; answer: null }
  resend_flow: { request: ResendFlow; answer: null }
  cancel_flow: { request: CancelFlow; answer: null }
  paste_link: { request: PasteLink; answer: null }
  accept_link: { request: AcceptLink; answer: null }
  decline_link: { request: DeclineLink; answer: null }
  update_user_password: { request: UpdateUserPassword; answer: null }
  skip_new_password: { request: SkipNewPassword; answer: null }
  update_user_email: { request: UpdateUserEmail; answer: null }
  update_user_data: { request: UpdateUserData; answer: null }
  mfa_enroll: { request: MfaEnroll; answer: FactorEnrollment }
  mfa_verify: { request: MfaVerify; answer: null }
  mfa_unenroll: { request: MfaUnenroll; answer: null }
  link_identity: { request: LinkIdentity; answer: null }
  unlink_identity: { request: UnlinkIdentity; answer: null }
  cancel_fetch: { request: CancelFetch; answer: null }
  import_session: { request: ImportSession; answer: ImportedSession }
}

/** Who is signed in, as the Auth server describes them. */
export interface User {
  id: string
  email?: string
  phone?: string
  is_anonymous?: boolean
  user_metadata: Record<string, unknown>
  app_metadata?: Record<string, unknown>
  aud?: string
  role?: string
  created_at?: string
  identities?: UserIdentity[]
  factors?: Factor[]
  [field: string]: unknown
}

/** A way in that a user has. */
export interface UserIdentity {
  id: string
  identity_id: string
  provider: string
  identity_data?: Record<string, unknown>
  [field: string]: unknown
}

/** A second factor that a user has. */
export interface Factor {
  id: string
  friendly_name?: string
  factor_type: string
  status: 'verified' | 'unverified'
  [field: string]: unknown
}

/** A session. Its tokens stay in the backend: `access_token` and `refresh_token` are not here, and never are. */
export interface Session {
  user: User
}

/** What happened to the session. `TOKEN_REFRESHED` is not among them: a page has no use for it. */
export type AuthChangeEvent =
  | 'INITIAL_SESSION'
  | 'SIGNED_IN'
  | 'SIGNED_OUT'
  | 'USER_UPDATED'
  | 'PASSWORD_RECOVERY'
  | 'MFA_CHALLENGE_VERIFIED'

/** How a failure crosses the line from the backend. */
export interface CommandError {
  /** The plugin's code, for example `offline` or `invalid_credentials`. */
  code: string
  /** English, for logs. */
  message: string
  /** The form field that it belongs to. */
  field: string | null
  /** How long to wait, where the server said so. */
  retry_after_s: number | null
  /** What a password lacks. */
  weak_password?: string[]
}

/** All that a page needs to know in order to show the right thing. Sent whole with every change. */
export interface SupabaseView {
  /** Rises with every change. */
  revision: number
  /** `null`: no project is configured. */
  project: ProjectView | null
  session: SessionView
  /** What was begun here and continues in a mail or a browser, the newest last. */
  waiting: WaitingView[]
  /** Captchas that the project asks for, to be solved in the browser. */
  captchas: WaitingView[]
  /** A link that nobody here asked for wants to sign somebody in: ask whether that is wanted. */
  consent: ConsentView | null
  /** The person came in to choose a new password (recovery, invitation). */
  new_password: boolean
  /** How the session is protected on this machine. */
  protection: ProtectionView
  [field: string]: unknown
}

/**
 * What holds the key of the session: the system's keychain, a file that only the person's user account may read, or
 * nothing (the session lives in memory).
 */
export type Protection = 'keychain' | 'key_file' | 'memory'

/** How the session is protected on this machine. */
export interface ProtectionView {
  /** What the person chose, else what the app did. */
  chosen: Protection | null
  /** What protects it right now; `null` while that is being found out, and while the key cannot be had. */
  active: Protection | null
  keychain: 'unknown' | 'available' | 'locked' | 'absent' | 'unanswered'
  /** `false` on a file system that keeps no modes: others on this machine may read the files. */
  file_modes: boolean
  /** The session could not be written: it lives until the app is closed. */
  unsaved: boolean
}

export interface ProjectView {
  url: string
  host: string
  is_local: boolean
  [field: string]: unknown
}

export type SessionView =
  | { state: 'restoring' }
  | { state: 'signed_out'; cause: string | null }
  | { state: 'signed_in'; user: UserView }

/** The signed-in person in short. */
export interface UserView {
  id: string
  email: string | null
  is_anonymous: boolean
  /** The account has a second factor that this session has not shown. */
  second_factor_needed: boolean
  /** `false` while this comes from the local store only. */
  verified: boolean
  [field: string]: unknown
}

/** What was begun here and continues in a mail or a browser. */
export interface WaitingView {
  /** Names it in calls. */
  id: string
  /** `sign_up`, `magic_link`, `recovery`, `email_change`, `provider`, `link_provider` or `captcha`. */
  kind: string
  email: string | null
  provider: string | null
  can_open: boolean
  takes_code: boolean
  resend_in_s: number
  [field: string]: unknown
}

/** A link that nobody here asked for. */
export interface ConsentView {
  /** Names the question. */
  id: string
  /** Whom it signs in, as the server says. */
  email: string | null
  is_checking: boolean
  is_invitation: boolean
}

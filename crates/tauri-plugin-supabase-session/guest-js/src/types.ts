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

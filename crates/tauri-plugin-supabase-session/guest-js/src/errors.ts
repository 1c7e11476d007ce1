import type { CommandError, ErrorCode } from './contract.js'

/** supabase-js's names for what the plugin calls otherwise. Codes that are not here are the same on both sides. */
const CODES: Partial<Record<ErrorCode, string>> = {
  already_registered: 'user_already_exists',
  anonymous_disabled: 'anonymous_provider_disabled',
  banned: 'user_banned',
  captcha_required: 'captcha_failed',
  code_invalid: 'otp_expired',
  code_wrong: 'otp_expired',
  email_disabled: 'email_provider_disabled',
  email_invalid: 'email_address_invalid',
  email_taken: 'email_exists',
  factor_unknown: 'mfa_factor_not_found',
  factors_disabled: 'mfa_totp_enroll_not_enabled',
  last_identity: 'single_identity_not_deletable',
  linking_disabled: 'manual_linking_disabled',
  nonce_needed: 'reauthentication_needed',
  nonce_wrong: 'reauthentication_not_valid',
  provider_unavailable: 'oauth_provider_not_supported',
  rate_limited: 'over_request_rate_limit',
  second_factor_needed: 'insufficient_aal',
  session_over: 'session_expired',
  sign_up_disabled: 'signup_disabled',
  too_many_factors: 'too_many_enrolled_mfa_factors',
}

/** Why a call failed. Its message is English and for logs; decide by {@link code}. */
export class AuthError extends Error {
  /** supabase-js's name for it where it has one (`invalid_credentials`), otherwise the plugin's (`offline`). */
  readonly code: string
  /** All that the plugin says: its own code, the form's field, how long to wait. */
  readonly details: CommandError

  constructor(details: CommandError) {
    super(details.message)
    this.code = CODES[details.code] ?? details.code
    this.details = details
    this.name = details.code === 'signed_out' ? 'AuthSessionMissingError' : 'AuthError'
  }

  /** What `invoke` rejected with. The plugin's own failures are objects; Tauri's (no permission) are texts. */
  static from(failure: unknown): AuthError {
    if (failure instanceof AuthError) return failure
    if (isCommandError(failure)) return new AuthError(failure)
    return new AuthError({ code: 'internal', message: String(failure), field: null, retry_after_s: null })
  }
}

export function isCommandError(failure: unknown): failure is CommandError {
  return typeof failure === 'object' && failure !== null && 'code' in failure && 'message' in failure
}

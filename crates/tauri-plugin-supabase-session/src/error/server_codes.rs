//! What each code of Auth means where the call that met it has no case of its own. The calls'
//! own cases are beside the calls; faults of the servers (5xx) are told apart by the client.

use supabase_session_contract::ErrorCode;

/// What a code of the Auth server means: `internal/api/apierrors/errorcode.go`, and what its OAuth endpoints answer.
///
/// `None`: this version does not know it.
#[must_use]
pub fn meaning_in_auth(code: &str) -> Option<ErrorCode> {
    use ErrorCode as Code;
    Some(match code {
        "bad_jwt" => Code::TokensRefused,
        "user_not_found"
        | "session_not_found"
        | "session_expired"
        | "refresh_token_not_found"
        | "refresh_token_already_used"
        | "invalid_grant" => Code::SignedOut,
        "user_banned" => Code::Banned,
        "invalid_credentials" => Code::InvalidCredentials,
        "email_not_confirmed" | "phone_not_confirmed" | "provider_email_needs_verification" => {
            Code::EmailNotConfirmed
        }
        "email_exists" | "phone_exists" | "identity_already_exists" => Code::EmailTaken,
        "user_already_exists" => Code::AlreadyRegistered,
        "email_address_invalid" => Code::EmailInvalid,
        "weak_password" => Code::WeakPassword,
        "same_password" => Code::SamePassword,
        "current_password_required" => Code::CurrentPasswordNeeded,
        "current_password_invalid" | "current_password_mismatch" => Code::CurrentPasswordWrong,
        "reauthentication_needed" => Code::NonceNeeded,
        "reauthentication_not_valid" => Code::NonceWrong,
        "otp_expired" => Code::CodeWrong,
        "bad_oauth_state" | "bad_oauth_callback" | "flow_state_not_found" | "bad_code_verifier" => {
            Code::FlowUnknown
        }
        "flow_state_expired" | "invite_not_found" => Code::LinkOver,
        "access_denied" => Code::Forbidden,
        "captcha_failed" => Code::CaptchaRequired,
        "signup_disabled" | "otp_disabled" => Code::SignUpDisabled,
        "email_provider_disabled" => Code::EmailDisabled,
        "anonymous_provider_disabled" => Code::AnonymousDisabled,
        "manual_linking_disabled" => Code::LinkingDisabled,
        "single_identity_not_deletable" | "email_conflict_identity_not_deletable" => Code::LastIdentity,
        "user_sso_managed" | "identity_not_found" => Code::Forbidden,
        "over_request_rate_limit" | "over_email_send_rate_limit" | "over_sms_send_rate_limit" => {
            Code::RateLimited
        }
        // The mail server of the project's own that sends to members of its team alone, until there is another.
        "email_address_not_authorized" | "sms_send_failed" => Code::MailUnsent,
        "conflict" | "request_timeout" | "temporarily_unavailable" => Code::ServerTrouble,
        "unknown" | "unexpected_failure" | "server_error" => Code::ProjectBroken,
        "validation_failed"
        | "bad_json"
        | "no_authorization"
        | "not_admin"
        | "unexpected_audience"
        | "invalid_request"
        | "unsupported_grant_type"
        | "unauthorized_client"
        | "invalid_scope" => Code::Internal,
        _ if code.starts_with("hook_") => Code::ProjectBroken,
        _ => return auth_factor(code).or_else(|| auth_provider(code)),
    })
}

fn auth_factor(code: &str) -> Option<ErrorCode> {
    Some(match code {
        "insufficient_aal" => ErrorCode::SecondFactorNeeded,
        "too_many_enrolled_mfa_factors" | "mfa_verified_factor_exists" => ErrorCode::TooManyFactors,
        "mfa_factor_not_found" => ErrorCode::FactorUnknown,
        "mfa_factor_name_conflict" => ErrorCode::Internal,
        "mfa_ip_address_mismatch"
        | "mfa_challenge_expired"
        | "mfa_verification_failed"
        | "mfa_verification_rejected" => ErrorCode::CodeWrong,
        _ if code.starts_with("mfa_") && code.ends_with("_not_enabled") => ErrorCode::FactorsDisabled,
        _ => return None,
    })
}

fn auth_provider(code: &str) -> Option<ErrorCode> {
    let is_off = matches!(
        code,
        "oauth_provider_not_supported"
            | "provider_disabled"
            | "phone_provider_disabled"
            | "web3_provider_disabled"
            | "web3_unsupported_chain"
    );
    let is_sso = ["saml_", "sso_"].iter().any(|family| code.starts_with(family));
    // Auth as a provider for other programs, which this one does not use.
    let is_server = code.starts_with("oauth_");
    match () {
        () if is_off || is_sso => Some(ErrorCode::ProviderUnavailable),
        () if is_server => Some(ErrorCode::Internal),
        () => None,
    }
}

//! Every status and code that Auth, PostgREST and Storage can give, with what it becomes for the person and whose turn
//! it is then. Each row is answered by a server in this process to a client that is signed in.

use parking_lot::Mutex;
use std::sync::Arc;

use async_trait::async_trait;
use foyer_contract::ErrorClass::{self, AskAgain, Ours, Owner, Person, Wait};
use foyer_contract::{CommandError, ErrorCode as Code, SessionErrorCode};
use serde_json::{Value, json};
use supabase_session::CertificateProblem::{OtherHost, OutOfDate, UnknownIssuer};
use supabase_session::{
    ApiError, Client, Clock, MemoryStore, Project, Request, Response, Transport, TransportError, UserUpdate,
};

use super::Failure;

type Answer = Result<(u16, Vec<(String, String)>, String), TransportError>;

/// Signs everybody in, refreshes every token, and gives one answer to everything else.
struct OneAnswer(Mutex<Answer>);

#[async_trait]
impl Transport for OneAnswer {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let answer = if request.url.path().ends_with("/token") {
            let user = json!({ "id": "6f1c7a0e-0000-4000-8000-000000000001", "email": "ada@example.com" });
            let session =
                json!({ "access_token": "a", "refresh_token": "r", "expires_in": 3600, "user": user });
            Ok((200, Vec::new(), session.to_string()))
        } else {
            self.0.lock().clone()
        };
        answer.map(|(status, headers, body)| Response { status, headers, body: body.into() })
    }
}

/// Time that passes as fast as somebody waits for it.
struct Hasty(supabase_session::SystemClock);

#[async_trait]
impl Clock for Hasty {
    fn now(&self) -> std::time::SystemTime {
        self.0.now()
    }

    fn monotonic(&self) -> std::time::Duration {
        self.0.monotonic()
    }

    async fn sleep(&self, _: std::time::Duration) {}
}

#[derive(Debug, Clone, Copy)]
enum Service {
    Auth,
    Rest,
    Storage,
}

async fn outcome(service: Service, answer: Answer) -> CommandError {
    let transport = Arc::new(OneAnswer(Mutex::new(answer)));
    let project = Project::new("https://abcd.supabase.co", "sb_publishable_key").unwrap();
    let client = Client::builder(project, Arc::new(MemoryStore::default()))
        .transport(transport)
        .clock(Arc::new(Hasty(supabase_session::SystemClock::new())))
        .build();
    client.restore().await;
    client.sign_in_with_password("ada@example.com", "Passw0rd!".into()).await.unwrap();
    let error: ApiError = match service {
        Service::Auth => client.update_user(UserUpdate::default()).await.unwrap_err(),
        Service::Rest => {
            client.rest().select_one::<Value>("profiles", "id", &[("id", "1")]).await.unwrap_err()
        }
        Service::Storage => client.storage("avatars").download("a/b.png").await.unwrap_err(),
    };
    Failure::from(error).into()
}

async fn expect(service: Service, status: u16, body: String, code: Code, class: ErrorClass) {
    let error = outcome(service, Ok((status, Vec::new(), body.clone()))).await;
    let what = format!("{service:?} {status} {body}");
    assert_eq!(error.code, code, "{what}");
    assert_eq!(code.class(), class, "{what}");
}

#[tokio::test]
async fn each_status_without_a_code_has_its_own_sentence_and_class() {
    let table = [
        (200, Code::Session(SessionErrorCode::Intercepted), Wait),
        (302, Code::Session(SessionErrorCode::Intercepted), Wait),
        (402, Code::Session(SessionErrorCode::ProjectRestricted), Owner),
        (403, Code::Session(SessionErrorCode::Intercepted), Wait),
        (404, Code::Session(SessionErrorCode::Intercepted), Wait),
        (408, Code::Session(SessionErrorCode::Offline), Wait),
        (425, Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (429, Code::Session(SessionErrorCode::RateLimited), Wait),
        (500, Code::Session(SessionErrorCode::ServerFailed), AskAgain),
        (501, Code::Session(SessionErrorCode::ServerFailed), AskAgain),
        (502, Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (503, Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (504, Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (511, Code::Session(SessionErrorCode::Intercepted), Wait),
        (540, Code::Session(SessionErrorCode::ProjectPaused), Owner),
        (544, Code::Session(SessionErrorCode::ServerTrouble), Wait),
    ];
    let rows = table
        .into_iter()
        .chain((520..=530).map(|status| (status, Code::Session(SessionErrorCode::ProjectUnreachable), Wait)));
    for (status, code, class) in rows {
        for service in [Service::Auth, Service::Rest] {
            expect(service, status, "<!doctype html><title>x</title>".into(), code, class).await;
        }
    }
    let untrusted = TransportError::Untrusted;
    for (fault, code, class) in [
        (TransportError::Unreachable, Code::Session(SessionErrorCode::Offline), Wait),
        (TransportError::Timeout, Code::Session(SessionErrorCode::Offline), Wait),
        (untrusted(UnknownIssuer), Code::Session(SessionErrorCode::CertificateUntrusted), Person),
        (untrusted(OutOfDate), Code::Session(SessionErrorCode::CertificateOutOfDate), Person),
        (untrusted(OtherHost), Code::Session(SessionErrorCode::CertificateOtherHost), Person),
        (TransportError::TooLarge, Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (TransportError::Insecure, Code::Session(SessionErrorCode::Intercepted), Wait),
    ] {
        let error = outcome(Service::Rest, Err(fault)).await;
        assert_eq!((error.code, error.code.class()), (code, class), "{fault:?}");
    }
    let key = json!({ "message": "Invalid API key" }).to_string();
    expect(Service::Rest, 401, key, Code::Session(SessionErrorCode::KeyInvalid), Person).await;
}

#[tokio::test]
async fn a_pause_that_a_server_asks_for_is_at_most_a_day() {
    for (asked, said) in [("99999", 86_400), ("7200", 7200), ("0", 1)] {
        let headers = vec![("retry-after".to_owned(), asked.to_owned())];
        let error = outcome(Service::Auth, Ok((429, headers, String::new()))).await;
        assert_eq!(
            (error.code, error.retry_after_s),
            (Code::Session(SessionErrorCode::RateLimited), Some(said))
        );
    }
}

#[tokio::test]
async fn each_code_of_auth_has_its_own_meaning() {
    #[rustfmt::skip]
    let table: &[(u16, &[&str], Code, ErrorClass)] = &[
        (403, &["bad_jwt"], Code::Session(SessionErrorCode::TokensRefused), Owner),
        (403, &["session_not_found", "user_not_found", "session_expired", "refresh_token_not_found", "refresh_token_already_used"], Code::Session(SessionErrorCode::SignedOut), Person),
        (403, &["user_banned"], Code::Session(SessionErrorCode::SignedOut), Person),
        (400, &["invalid_credentials"], Code::Session(SessionErrorCode::InvalidCredentials), Person),
        (400, &["email_not_confirmed", "phone_not_confirmed", "provider_email_needs_verification"], Code::Session(SessionErrorCode::EmailNotConfirmed), Person),
        (422, &["email_exists", "phone_exists", "identity_already_exists"], Code::Session(SessionErrorCode::EmailTaken), Person),
        (422, &["user_already_exists"], Code::Session(SessionErrorCode::AlreadyRegistered), Person),
        (400, &["email_address_invalid"], Code::Session(SessionErrorCode::EmailInvalid), Person),
        (422, &["weak_password"], Code::Session(SessionErrorCode::WeakPassword), Person),
        (422, &["same_password"], Code::Session(SessionErrorCode::SamePassword), Person),
        (400, &["current_password_required"], Code::Session(SessionErrorCode::CurrentPasswordNeeded), Person),
        (400, &["current_password_invalid", "current_password_mismatch"], Code::Session(SessionErrorCode::CurrentPasswordWrong), Person),
        (400, &["reauthentication_needed"], Code::Session(SessionErrorCode::NonceNeeded), AskAgain),
        (400, &["reauthentication_not_valid"], Code::Session(SessionErrorCode::NonceWrong), AskAgain),
        (403, &["otp_expired"], Code::Session(SessionErrorCode::CodeWrong), AskAgain),
        (400, &["bad_oauth_state", "bad_oauth_callback", "flow_state_not_found", "bad_code_verifier"], Code::Session(SessionErrorCode::FlowUnknown), AskAgain),
        (422, &["flow_state_expired", "invite_not_found"], Code::Session(SessionErrorCode::LinkOver), AskAgain),
        (400, &["captcha_failed"], Code::Session(SessionErrorCode::CaptchaRequired), AskAgain),
        (422, &["signup_disabled", "otp_disabled"], Code::Session(SessionErrorCode::SignUpDisabled), Owner),
        (422, &["email_provider_disabled"], Code::Session(SessionErrorCode::EmailDisabled), Owner),
        (422, &["anonymous_provider_disabled"], Code::Session(SessionErrorCode::AnonymousDisabled), Owner),
        (404, &["manual_linking_disabled"], Code::Session(SessionErrorCode::LinkingDisabled), Owner),
        (422, &["single_identity_not_deletable", "email_conflict_identity_not_deletable"], Code::Session(SessionErrorCode::LastIdentity), Person),
        (422, &["user_sso_managed", "identity_not_found", "access_denied"], Code::Session(SessionErrorCode::Forbidden), Owner),
        (400, &["over_request_rate_limit", "over_email_send_rate_limit", "over_sms_send_rate_limit"], Code::Session(SessionErrorCode::RateLimited), Wait),
        (400, &["email_address_not_authorized", "sms_send_failed"], Code::Session(SessionErrorCode::MailUnsent), Owner),
        (409, &["conflict", "request_timeout", "temporarily_unavailable"], Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (422, &["unknown", "unexpected_failure", "server_error", "hook_timeout", "hook_timeout_after_retry", "hook_payload_over_size_limit", "hook_payload_invalid_content_type"], Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (400, &["validation_failed", "bad_json", "no_authorization", "not_admin", "unexpected_audience", "invalid_request", "unsupported_grant_type", "unauthorized_client", "invalid_scope"], Code::Session(SessionErrorCode::Internal), Ours),
        (401, &["insufficient_aal"], Code::Session(SessionErrorCode::SecondFactorNeeded), Person),
        (422, &["too_many_enrolled_mfa_factors", "mfa_verified_factor_exists"], Code::Session(SessionErrorCode::TooManyFactors), Person),
        (404, &["mfa_factor_not_found"], Code::Session(SessionErrorCode::FactorUnknown), Person),
        (422, &["mfa_factor_name_conflict"], Code::Session(SessionErrorCode::Internal), Ours),
        (422, &["mfa_ip_address_mismatch", "mfa_challenge_expired", "mfa_verification_failed", "mfa_verification_rejected"], Code::Session(SessionErrorCode::CodeWrong), AskAgain),
        (422, &["mfa_totp_enroll_not_enabled", "mfa_totp_verify_not_enabled", "mfa_phone_enroll_not_enabled", "mfa_phone_verify_not_enabled", "mfa_webauthn_enroll_not_enabled", "mfa_webauthn_verify_not_enabled"], Code::Session(SessionErrorCode::FactorsDisabled), Owner),
        (422, &["oauth_provider_not_supported", "provider_disabled", "phone_provider_disabled", "web3_provider_disabled", "web3_unsupported_chain"], Code::Session(SessionErrorCode::ProviderUnavailable), Owner),
        (404, &["saml_provider_disabled", "saml_relay_state_not_found", "saml_relay_state_expired", "saml_idp_not_found", "saml_assertion_no_user_id", "saml_assertion_no_email", "saml_metadata_fetch_failed", "saml_idp_already_exists", "saml_entity_id_mismatch", "sso_provider_not_found", "sso_domain_already_exists"], Code::Session(SessionErrorCode::ProviderUnavailable), Owner),
        (404, &["oauth_client_not_found", "oauth_dynamic_client_registration_disabled"], Code::Session(SessionErrorCode::Internal), Ours),
        (400, &["code_of_2031"], Code::Session(SessionErrorCode::Refused), Ours),
    ];
    for (status, codes, code, class) in table {
        for name in *codes {
            let body = json!({ "code": name, "message": "m" }).to_string();
            expect(Service::Auth, *status, body, *code, *class).await;
        }
    }
    for (message, code) in [
        ("Database error saving new user", Code::Session(SessionErrorCode::ProjectBroken)),
        ("Database error querying schema", Code::Session(SessionErrorCode::ProjectBroken)),
        ("Error running hook URI: https://x", Code::Session(SessionErrorCode::ProjectBroken)),
        ("Error sending confirmation email", Code::Session(SessionErrorCode::MailUnsent)),
    ] {
        let body = json!({ "code": 500, "error_code": "unexpected_failure", "msg": message }).to_string();
        expect(Service::Auth, 500, body, code, Owner).await;
    }
    let unknown =
        json!({ "code": 500, "error_code": "unexpected_failure", "msg": "Unable to process request" });
    expect(Service::Auth, 500, unknown.to_string(), Code::Session(SessionErrorCode::ServerFailed), AskAgain)
        .await;
}

#[tokio::test]
async fn each_code_of_postgrest_has_its_own_meaning() {
    #[rustfmt::skip]
    let table: &[(u16, &[&str], &str, Code, ErrorClass)] = &[
        (503, &["PGRST000", "PGRST001", "PGRST002"], "m", Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (504, &["PGRST003"], "m", Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (500, &["PGRSTX00", "XX000", "code_of_2031"], "m", Code::Session(SessionErrorCode::ServerFailed), AskAgain),
        (400, &["PGRST100", "PGRST102", "PGRST108", "PGRST114", "PGRST115", "PGRST118", "PGRST120", "PGRST122", "PGRST123", "PGRST124", "PGRST125", "PGRST126", "PGRST127", "PGRST128", "PGRST200"], "m", Code::Session(SessionErrorCode::Internal), Ours),
        (405, &["PGRST101", "PGRST117"], "m", Code::Session(SessionErrorCode::Internal), Ours),
        (416, &["PGRST103"], "m", Code::Session(SessionErrorCode::Internal), Ours),
        (415, &["PGRST107"], "m", Code::Session(SessionErrorCode::Internal), Ours),
        (406, &["PGRST106", "PGRST116"], "m", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (500, &["PGRST111", "PGRST112", "PGRST121", "PGRST300"], "m", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (300, &["PGRST201", "PGRST203"], "m", Code::Session(SessionErrorCode::Intercepted), Wait),
        (404, &["PGRST205", "PGRST202"], "m", Code::ProjectNotPrepared, Owner),
        (400, &["PGRST204"], "Could not find the 'website' column of 'profiles' in the schema cache", Code::ColumnMissing, Owner),
        (401, &["PGRST301", "PGRST303"], "No suitable key was found to decode the JWT", Code::Session(SessionErrorCode::TokensRefused), Owner),
        (401, &["PGRST301", "PGRST303"], "JWT issued at future", Code::Session(SessionErrorCode::ClocksDiffer), Wait),
        (401, &["PGRST302", "42501"], "m", Code::Session(SessionErrorCode::Forbidden), Owner),
        (403, &["42501"], "m", Code::Session(SessionErrorCode::Forbidden), Owner),
        (503, &["08000", "08006", "53000", "53300"], "m", Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (500, &["40001", "40P01", "55P03", "57014", "57P03", "58030", "53400"], "m", Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (500, &["09000", "25000", "2D000", "38000", "39000", "3B000", "54001", "F0000", "HV000", "P0002", "P0004", "42P17"], "m", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (500, &["55000"], "cannot update view \"profiles\"", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (403, &["0L000", "0P000", "28000"], "m", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (405, &["25006"], "m", Code::Session(SessionErrorCode::ProjectRestricted), Owner),
        (409, &["23505"], "m", Code::ValueTaken, Person),
        (409, &["23503"], "m", Code::ValueRefused, Person),
        (400, &["23000", "23001", "22003", "22007", "22P02", "22P05"], "m", Code::ValueRefused, Person),
        (400, &["23P01"], "m", Code::ValueTaken, Person),
        (400, &["23514"], "violates check constraint \"c\"", Code::ValueRefused, Person),
        (400, &["23502"], "null value in column \"team\" of relation \"profiles\"", Code::ColumnUnfilled, Owner),
        (400, &["23502"], "null value in column \"website\" of relation \"profiles\"", Code::ValueRequired, Person),
        (400, &["22001"], "value too long for type character varying(10)", Code::TextTooLong, Person),
        (400, &["42703"], "column profiles.website does not exist", Code::ColumnMissing, Owner),
        (400, &["42703"], "record \"new\" has no field \"x\"", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (404, &["42P01"], "relation \"public.profiles\" does not exist", Code::ProjectNotPrepared, Owner),
        (404, &["42P01", "42883"], "relation \"audit\" does not exist", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (400, &["21000", "2F003", "42804", "42601"], "m", Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (400, &["P0001", "PT418"], "Ask first.", Code::ProjectSays, Person),
    ];
    for (status, codes, message, code, class) in table {
        for name in *codes {
            let body = json!({ "code": name, "details": null, "hint": null, "message": message }).to_string();
            expect(Service::Rest, *status, body, *code, *class).await;
        }
    }
}

#[tokio::test]
async fn each_code_of_storage_has_its_own_meaning() {
    #[rustfmt::skip]
    let table: &[(u16, &[&str], Code, ErrorClass)] = &[
        (404, &["NoSuchBucket"], Code::ProjectNotPrepared, Owner),
        (404, &["NoSuchKey", "NoSuchUpload"], Code::Session(SessionErrorCode::Forbidden), Owner),
        (403, &["AccessDenied", "InvalidAccessKeyId"], Code::Session(SessionErrorCode::Forbidden), Owner),
        (400, &["InvalidJWT"], Code::Session(SessionErrorCode::TokensRefused), Owner),
        (413, &["EntityTooLarge"], Code::FileTooLarge, Person),
        (415, &["InvalidMimeType"], Code::ImageUnsupported, Person),
        (400, &["InvalidRequest", "InvalidArgument", "InvalidBucketName", "InvalidKey", "InvalidRange", "InvalidUploadId", "InvalidSignature", "InvalidUploadSignature", "ExpiredToken", "InvalidChecksum", "MissingContentLength", "MissingParameter", "InvalidParameter", "MissingPart", "NotSupported", "TusError", "EntityTooSmall"], Code::Session(SessionErrorCode::Internal), Ours),
        (403, &["SignatureDoesNotMatch"], Code::Session(SessionErrorCode::Internal), Ours),
        (412, &["PreconditionFailed"], Code::Session(SessionErrorCode::Internal), Ours),
        (409, &["KeyAlreadyExists", "ResourceAlreadyExists", "BucketAlreadyExists", "ResourceNotEmpty", "ResourceReferenced"], Code::Session(SessionErrorCode::Internal), Ours),
        (400, &["TenantNotFound"], Code::Session(SessionErrorCode::ProjectBroken), Owner),
        (400, &["MaximumCredentialsLimit", "FeatureNotEnabled"], Code::Session(SessionErrorCode::Forbidden), Owner),
        (400, &["DatabaseReadOnly"], Code::Session(SessionErrorCode::ProjectRestricted), Owner),
        (423, &["ResourceLocked"], Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (500, &["InternalError", "DatabaseError", "S3Error"], Code::Session(SessionErrorCode::ServerFailed), AskAgain),
        (500, &["Aborted", "AbortedTerminate"], Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (503, &["SlowDown", "LockTimeout"], Code::Session(SessionErrorCode::ServerTrouble), Wait),
        (544, &["DatabaseTimeout"], Code::Session(SessionErrorCode::ServerTrouble), Wait),
    ];
    for (status, codes, code, class) in table {
        for name in *codes {
            let body =
                json!({ "statusCode": status.to_string(), "error": "x", "message": "m", "code": name });
            // Storage answers 400, whatever it means.
            expect(Service::Storage, 400, body.to_string(), *code, *class).await;
        }
    }
    let refused =
        json!({ "statusCode": "403", "error": "Unauthorized", "message": "jwt expired" }).to_string();
    expect(Service::Storage, 400, refused, Code::Session(SessionErrorCode::TokensRefused), Owner).await;
}

#[tokio::test]
async fn an_owners_words_are_quoted_and_nothing_else_of_a_server_is() {
    let said = |code: &str| json!({ "code": code, "message": "Only\nmembers <b>" }).to_string();

    let words = outcome(Service::Rest, Ok((400, Vec::new(), said("P0001")))).await;
    assert_eq!(words.quoted.as_deref(), Some("Only members <b>"));
    let other = outcome(Service::Rest, Ok((400, Vec::new(), said("22P02")))).await;
    assert!(other.quoted.is_none() && !other.message.contains("members"));
}

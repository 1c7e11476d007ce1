//! What each code of Auth, PostgREST and Storage means where the call that met it has no case of its own. The calls'
//! own cases are beside the calls; faults of the servers (5xx) are told apart by the client.

use foyer_contract::{ErrorCode, SessionErrorCode};
use tauri_plugin_supabase_session::error::meaning_in_auth;

/// What a code means. One that stands nowhere here is newer than this version.
pub(super) fn meaning(code: &str) -> ErrorCode {
    meaning_in_auth(code)
        .map(ErrorCode::from)
        .or_else(|| rest(code))
        .or_else(|| storage(code))
        .unwrap_or(ErrorCode::Session(SessionErrorCode::Refused))
}

/// PostgREST's own codes, and PostgreSQL's (appendix A), which it passes on.
fn rest(code: &str) -> Option<ErrorCode> {
    use ErrorCode as Code;
    Some(match code {
        "PGRST000" | "PGRST001" | "PGRST002" | "PGRST003" => Code::Session(SessionErrorCode::ServerTrouble),
        "PGRSTX00" => Code::Session(SessionErrorCode::ServerFailed),
        // More than one row with this key; a schema, function or type that is not as it has to be.
        "PGRST106" | "PGRST111" | "PGRST112" | "PGRST116" | "PGRST121" | "PGRST201" | "PGRST203"
        | "PGRST300" => Code::Session(SessionErrorCode::ProjectBroken),
        "PGRST202" => Code::FunctionMissing,
        "PGRST204" => Code::Session(SessionErrorCode::ProjectBroken),
        "PGRST205" => Code::ProjectNotPrepared,
        "PGRST301" | "PGRST303" => Code::Session(SessionErrorCode::TokensRefused),
        "PGRST302" | "42501" => Code::Session(SessionErrorCode::Forbidden),
        "25006" => Code::Session(SessionErrorCode::ProjectRestricted),
        "23505" | "23P01" => Code::ValueTaken,
        "55006" | "55P03" => Code::Session(SessionErrorCode::ServerTrouble),
        _ if code.starts_with("PGRST") => Code::Session(SessionErrorCode::Internal),
        _ if is_sqlstate(code) => match &code[..2] {
            "22" | "23" => Code::ValueRefused,
            "08" | "40" | "53" | "57" | "58" => Code::Session(SessionErrorCode::ServerTrouble),
            "XX" => Code::Session(SessionErrorCode::ServerFailed),
            _ => Code::Session(SessionErrorCode::ProjectBroken),
        },
        _ => return None,
    })
}

fn is_sqlstate(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// `src/internal/errors/codes.ts` of Storage, and its older names.
fn storage(code: &str) -> Option<ErrorCode> {
    use ErrorCode as Code;
    Some(match code {
        "NoSuchBucket" | "Bucket_not_found" => Code::ProjectNotPrepared,
        "NoSuchKey"
        | "not_found"
        | "Not_Found"
        | "NoSuchUpload"
        | "AccessDenied"
        | "Unauthorized"
        | "FeatureNotEnabled"
        | "InvalidAccessKeyId"
        | "MaximumCredentialsLimit" => Code::Session(SessionErrorCode::Forbidden),
        "InvalidJWT" => Code::Session(SessionErrorCode::TokensRefused),
        "EntityTooLarge" | "Payload_too_large" => Code::FileTooLarge,
        "InvalidMimeType" | "invalid_mime_type" => Code::ImageUnsupported,
        "DatabaseReadOnly" => Code::Session(SessionErrorCode::ProjectRestricted),
        "TenantNotFound" => Code::Session(SessionErrorCode::ProjectBroken),
        "InternalError" | "DatabaseError" | "S3Error" => Code::Session(SessionErrorCode::ServerFailed),
        "DatabaseTimeout"
        | "ResourceLocked"
        | "LockTimeout"
        | "SlowDown"
        | "Aborted"
        | "AbortedTerminate"
        | "acquiring_lock_timeout" => Code::Session(SessionErrorCode::ServerTrouble),
        "InvalidRequest"
        | "InvalidArgument"
        | "InvalidBucketName"
        | "InvalidKey"
        | "InvalidRange"
        | "invalid_range"
        | "InvalidUploadId"
        | "InvalidSignature"
        | "InvalidUploadSignature"
        | "ExpiredToken"
        | "SignatureDoesNotMatch"
        | "InvalidChecksum"
        | "MissingContentLength"
        | "MissingParameter"
        | "InvalidParameter"
        | "MissingPart"
        | "PreconditionFailed"
        | "NotSupported"
        | "TusError"
        | "EntityTooSmall"
        | "Invalid_Input" => Code::Session(SessionErrorCode::Internal),
        // Names of pictures are random: whatever stands there is not meant to.
        "KeyAlreadyExists"
        | "ResourceAlreadyExists"
        | "BucketAlreadyExists"
        | "Duplicate"
        | "ResourceNotEmpty"
        | "ResourceReferenced" => Code::Session(SessionErrorCode::Internal),
        _ => return None,
    })
}

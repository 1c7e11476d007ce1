//! What a service says to a question: its status as it is meant, and its code.

use serde_json::Value;
use supabase_session::{FetchError, FetchResponse, Response, TransportError};

/// An answer, read as far as the checks need it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// The HTTP status. Storage sends 400 and writes the real one into the body; that one stands here.
    pub(crate) status: u16,
    /// The stable name of a refusal; empty where there is none.
    pub(crate) code: String,
    /// The sentence of a refusal, for deciding only.
    pub(crate) message: String,
    /// The body; `Null` where it is no JSON.
    pub(crate) body: Value,
}

impl Answer {
    fn read(status: u16, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let text = |keys: &[&str]| {
            let found = keys.iter().find_map(|key| body.get(key)?.as_str().filter(|text| !text.is_empty()));
            found.unwrap_or_default().to_owned()
        };
        let meant = body.get("statusCode").and_then(|status| {
            let number = status.as_u64().and_then(|number| u16::try_from(number).ok());
            number.or_else(|| status.as_str()?.parse().ok())
        });
        Self {
            status: if status == 400 { meant.unwrap_or(status) } else { status },
            code: text(&["error_code", "code", "error"]),
            message: text(&["message", "msg", "error_description"]),
            body,
        }
    }

    /// Whether the service has done what was asked.
    pub(crate) fn is_yes(&self) -> bool {
        (200..300).contains(&self.status) && self.body != Value::Null
    }

    /// Whether the refusal has one of these names.
    pub(crate) fn is_one_of(&self, codes: &[&str]) -> bool {
        !self.is_yes() && codes.contains(&self.code.as_str())
    }

    /// Storage knows no such bucket. Its versions have three names for that.
    pub(crate) fn says_no_bucket(&self) -> bool {
        self.is_one_of(&["NoSuchBucket", "Bucket_not_found", "Bucket not found"])
            || self.message == "Bucket not found"
    }

    /// Storage knows the bucket and no such object.
    pub(crate) fn says_no_object(&self) -> bool {
        !self.says_no_bucket() && self.is_one_of(&["NoSuchKey", "not_found"])
    }

    /// A policy or a missing right refuses.
    pub(crate) fn says_forbidden(&self) -> bool {
        self.is_one_of(&["AccessDenied", "Unauthorized", "42501"])
    }
}

impl TryFrom<Result<FetchResponse, FetchError>> for Answer {
    type Error = ();

    fn try_from(answered: Result<FetchResponse, FetchError>) -> Result<Self, ()> {
        answered.map(|response| Self::read(response.status, &response.body)).map_err(drop)
    }
}

impl TryFrom<Result<Response, TransportError>> for Answer {
    type Error = ();

    fn try_from(answered: Result<Response, TransportError>) -> Result<Self, ()> {
        answered.map(|response| Self::read(response.status, &response.body)).map_err(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_services_form_of_a_refusal_is_read() {
        for (status, body, meant, code) in [
            (400, r#"{"statusCode":"404","error":"not_found","code":"NoSuchKey"}"#, 404, "NoSuchKey"),
            (
                400,
                r#"{"statusCode":"404","error":"Bucket not found","message":"Bucket not found"}"#,
                404,
                "Bucket not found",
            ),
            (
                404,
                r#"{"code":"PGRST205","details":null,"message":"Could not find the table"}"#,
                404,
                "PGRST205",
            ),
            (400, r#"{"code":400,"error_code":"captcha_failed","msg":"captcha"}"#, 400, "captcha_failed"),
            (502, "<html>", 502, ""),
        ] {
            let answer = Answer::read(status, body.as_bytes());

            assert_eq!(
                (answer.status, answer.code.as_str(), answer.is_yes()),
                (meant, code, false),
                "{body}"
            );
        }
        assert!(Answer::read(200, b"[]").is_yes());
        assert!(!Answer::read(200, b"<html>").is_yes());
    }

    #[test]
    fn a_missing_bucket_is_no_missing_object() {
        let old =
            Answer::read(400, br#"{"statusCode":"404","error":"not_found","message":"Bucket not found"}"#);
        let object =
            Answer::read(400, br#"{"statusCode":"404","error":"not_found","message":"Object not found"}"#);

        assert!(old.says_no_bucket() && !old.says_no_object());
        assert!(!object.says_no_bucket() && object.says_no_object());
    }
}

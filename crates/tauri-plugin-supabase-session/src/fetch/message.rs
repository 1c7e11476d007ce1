//! The form in which a request and its answer cross: the length of the head, the head as JSON, the body.

use bytes::Bytes;
use supabase_session::{FetchRequest, FetchResponse};
use supabase_session_contract::fetch::{FetchAnswer, FetchHead};

use crate::error::Error;

/// Bytes of the head's length.
const PREFIX: usize = size_of::<u32>();

/// Longest id. Pages choose their own.
const LONGEST_ID: usize = 64;

const UNWRITABLE: Error = Error::Internal("the answer's head cannot be written");

/// Reads a request with its id; `None` when the message is none.
pub(super) fn read(message: &[u8]) -> Option<(String, FetchRequest)> {
    let (length, rest) = message.split_first_chunk::<PREFIX>()?;
    let (head, body) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let FetchHead { id, method, url, headers, has_body } = serde_json::from_slice(head).ok()?;
    if id.len() > LONGEST_ID || !(has_body || body.is_empty()) {
        return None;
    }
    let body = has_body.then(|| Bytes::copy_from_slice(body));
    Some((id, FetchRequest { method, url, headers, body }))
}

/// The message of an answer.
pub(super) fn write(answer: FetchResponse) -> Result<Vec<u8>, Error> {
    let FetchResponse { status, headers, body } = answer;
    let head = serde_json::to_vec(&FetchAnswer { status, headers }).map_err(|_| UNWRITABLE)?;
    let length = u32::try_from(head.len()).map_err(|_| UNWRITABLE)?;
    Ok([&length.to_be_bytes()[..], &head, &body].concat())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(head: &serde_json::Value, body: &[u8]) -> Vec<u8> {
        let head = head.to_string().into_bytes();
        let length = u32::try_from(head.len()).unwrap();
        [&length.to_be_bytes()[..], &head, body].concat()
    }

    fn head(has_body: bool) -> serde_json::Value {
        let headers = [["prefer", "x"]];
        json!({"id": "p-1", "method": "POST", "url": "https://x", "headers": headers, "has_body": has_body})
    }

    #[test]
    fn a_request_is_read_with_any_bytes_as_its_body() {
        let (id, request) = read(&message(&head(true), b"\x00\xff")).unwrap();

        assert_eq!(
            (id.as_str(), request.method.as_str(), request.url.as_str()),
            ("p-1", "POST", "https://x")
        );
        assert_eq!(request.headers, [("prefer".to_owned(), "x".to_owned())]);
        assert_eq!(request.body.as_deref(), Some(&b"\x00\xff"[..]));
        assert_eq!(read(&message(&head(true), b"")).unwrap().1.body.as_deref(), Some(&b""[..]));
        assert_eq!(read(&message(&head(false), b"")).unwrap().1.body, None);
    }

    #[test]
    fn what_is_no_message_is_none() {
        let whole = message(&head(true), b"");
        for cut in 0..whole.len() {
            assert!(read(&whole[..cut]).is_none(), "{cut}");
        }
        let mut long = head(false);
        long["id"] = "x".repeat(65).into();
        for wrong in
            [message(&head(false), b"body"), message(&json!([]), b""), message(&long, b""), vec![0xff; 64]]
        {
            assert!(read(&wrong).is_none());
        }
    }

    #[test]
    fn an_answer_is_written_with_its_head_and_its_bytes() {
        let headers = vec![("etag".to_owned(), "ä".to_owned())];
        let answer = FetchResponse { status: 404, headers, body: Bytes::from_static(b"\x00\xff") };

        let written = write(answer).unwrap();

        let (length, rest) = written.split_first_chunk::<PREFIX>().unwrap();
        let (head, body) = rest.split_at(u32::from_be_bytes(*length) as usize);
        let head: serde_json::Value = serde_json::from_slice(head).unwrap();
        assert_eq!(head, json!({"status": 404, "headers": [["etag", "ä"]]}));
        assert_eq!(body, b"\x00\xff");
    }
}

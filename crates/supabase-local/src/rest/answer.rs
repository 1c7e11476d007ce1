//! The answer to a request for rows, as PostgREST writes it: the status, and the headers that tell the range of the rows,
//! where they are found and which preferences were applied.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::error::RestError;
use super::outcome::Outcome;
use super::request::TableRequest;
use super::sql::Conflict;

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl TableRequest {
    /// The answer with the rows of `outcome`.
    pub(super) fn respond(&self, outcome: &Outcome) -> Response {
        let reads = matches!(self.method, Method::GET | Method::HEAD);
        let shown = reads || self.prefer.representation();
        let body = outcome.body.clone().filter(|_| shown && self.method != Method::HEAD).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status(outcome, shown);
        let mut set = |name: HeaderName, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        };
        set(header::CONTENT_RANGE, self.content_range(outcome));
        if reads {
            set(header::CONTENT_LOCATION, self.content_location());
        }
        if shown {
            set(header::CONTENT_TYPE, self.media.content_type().to_owned());
        }
        if let Some(applied) = self.prefer.applied(!reads) {
            set(HeaderName::from_static("preference-applied"), applied);
        }
        response
    }

    fn status(&self, outcome: &Outcome, shown: bool) -> StatusCode {
        match self.method {
            Method::GET | Method::HEAD => match outcome.total {
                Some(total) if outcome.rows < total => StatusCode::PARTIAL_CONTENT,
                _ => StatusCode::OK,
            },
            // An upsert that only changed rows created nothing.
            Method::POST if outcome.total == Some(0) && self.prefer.conflict() == Conflict::Merge => {
                StatusCode::OK
            }
            Method::POST => StatusCode::CREATED,
            _ if shown => StatusCode::OK,
            _ => StatusCode::NO_CONTENT,
        }
    }

    fn content_range(&self, outcome: &Outcome) -> String {
        let reads = matches!(self.method, Method::GET | Method::HEAD);
        let total = match outcome.total {
            Some(total) if reads => total.to_string(),
            _ if !reads && self.prefer.counts() => outcome.rows.to_string(),
            _ => "*".into(),
        };
        let counted = reads || self.method == Method::PATCH;
        if outcome.rows == 0 || !counted {
            return format!("*/{total}");
        }
        format!("{}-{}/{total}", outcome.offset, outcome.offset + outcome.rows as u64 - 1)
    }

    /// The refusal of a page that begins after the last of `total` rows.
    pub(super) fn past_end(&self, offset: u64, total: usize) -> Response {
        let details = format!("An offset of {offset} was requested, but there are only {total} rows.");
        let mut response = RestError::no_page(details).into_response();
        for (name, value) in [
            (header::CONTENT_RANGE, Some(format!("*/{total}"))),
            (header::CONTENT_LOCATION, Some(self.content_location())),
            (HeaderName::from_static("preference-applied"), self.prefer.applied(false)),
        ] {
            if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// The path of the table with the query: names sorted, the values of one name joined by commas.
    fn content_location(&self) -> String {
        let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(self.raw_query.as_bytes()) {
            pairs.entry(escaped(&name)).or_default().push(escaped(&value));
        }
        if pairs.is_empty() {
            return format!("/{}", self.table);
        }
        let pairs: Vec<String> =
            pairs.iter().map(|(name, values)| format!("{name}={}", values.join(","))).collect();
        format!("/{}?{}", self.table, pairs.join("&"))
    }
}

/// `text` percent-encoded: every character but the unreserved ones of RFC 3986. PostgREST reads each byte of UTF-8 as a
/// character of its own before it encodes, and so does this.
fn escaped(text: &str) -> String {
    let characters: String = text.bytes().map(char::from).collect();
    utf8_percent_encode(&characters, RESERVED).to_string()
}

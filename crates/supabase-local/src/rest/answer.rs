//! PostgREST's answers: status, ranges, where the rows are found, which preferences were heard.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::{Ask, Outcome};

impl Ask {
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
            let kind = if self.single { "vnd.pgrst.object+json" } else { "json" };
            set(header::CONTENT_TYPE, format!("application/{kind}; charset=utf-8"));
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
            // An upsert that made no row is no creation.
            Method::POST if outcome.total == Some(0) => StatusCode::OK,
            Method::POST => StatusCode::CREATED,
            _ if shown => StatusCode::OK,
            _ => StatusCode::NO_CONTENT,
        }
    }

    fn content_range(&self, outcome: &Outcome) -> String {
        let reads = matches!(self.method, Method::GET | Method::HEAD);
        let total = match outcome.total {
            Some(total) if reads => total.to_string(),
            _ => "*".into(),
        };
        let counted = reads || self.method == Method::PATCH;
        if outcome.rows == 0 || !counted {
            return format!("*/{total}");
        }
        format!("{}-{}/{total}", outcome.offset, outcome.offset + outcome.rows as u64 - 1)
    }

    /// The table's path with the query sorted by name.
    fn content_location(&self) -> String {
        let mut pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(self.raw_query.as_bytes()).into_owned().collect();
        if pairs.is_empty() {
            return format!("/{}", self.table);
        }
        pairs.sort();
        let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("/{}?{query}", self.table)
    }
}

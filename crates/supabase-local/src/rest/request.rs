//! Reading a request for rows: the caller's role, the schema, the page.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, header};

use super::error::RestError;
use super::media::Media;
use super::prefer::Prefer;
use super::query::Query;
use super::sql::Page;
use crate::bearer::bearer_token;
use crate::db::Role;
use crate::state::App;

/// A request for rows of a table, read but not yet carried out.
pub(super) struct TableRequest {
    pub(super) method: Method,
    pub(super) table: String,
    pub(super) query: Query,
    pub(super) prefer: Prefer,
    /// The first and the last row that the header `Range` asks for, counted from 0.
    pub(super) range: Option<(u64, Option<u64>)>,
    pub(super) media: Media,
    pub(super) content_type: Option<String>,
    pub(super) raw_query: String,
    pub(super) body: Bytes,
    /// The largest number of rows in an answer.
    pub(super) max_rows: u64,
}

/// The role and the claims of the caller: those of the bearer token, without one those of the API key.
pub(super) fn role(app: &App, headers: &HeaderMap) -> Result<Role, RestError> {
    let api_key = || headers.get("apikey").and_then(|key| key.to_str().ok());
    let token = bearer_token(headers).or_else(api_key).unwrap_or(&app.keys.anon);
    Ok(Role::of(app.verify_token(token).map_err(RestError::Jwt)?))
}

/// Refuses a schema other than `public`. Reads name the schema in `Accept-Profile`, writes in `Content-Profile`.
pub(super) fn check_schema(method: &Method, headers: &HeaderMap) -> Result<(), RestError> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match headers.get(if reads { "accept-profile" } else { "content-profile" }) {
        Some(schema) if schema != "public" => {
            Err(RestError::new(406, "PGRST106", "The schema must be one of the following: public"))
        }
        _ => Ok(()),
    }
}

/// The first and the last row of a header such as `Range: 0-9`.
pub(super) fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (first, last) = headers.get(header::RANGE)?.to_str().ok()?.split_once('-')?;
    let last = if last.is_empty() { None } else { Some(last.parse().ok()?) };
    Some((first.parse().ok()?, last))
}

/// The rows that the query string and the header `Range` both ask for, at most `most` of them.
pub(super) fn page(query: &Query, range: Option<(u64, Option<u64>)>, most: u64) -> Result<Page, RestError> {
    if range.is_some_and(|(first, last)| last.is_some_and(|last| last < first)) {
        return Err(RestError::no_page(
            "The lower boundary must be lower than or equal to the upper boundary in the Range header.",
        ));
    }
    let too_few = || RestError::no_page("Limit should be greater than or equal to zero.");
    let limit = query.limit.map(u64::try_from).transpose().map_err(|_| too_few())?;
    let (first, last) = range.unwrap_or_default();
    let begin = query.offset.max(first);
    if limit == Some(0) {
        return Ok(Page { offset: begin, limit });
    }
    let ends =
        [limit.map(|limit| query.offset.saturating_add(limit)), last.map(|last| last.saturating_add(1))];
    let end = ends.into_iter().flatten().min();
    if end.is_some_and(|end| end <= begin) {
        return Err(too_few());
    }
    Ok(Page { offset: begin, limit: Some(end.map_or(most, |end| most.min(end - begin))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(query: &str, range: Option<(u64, Option<u64>)>) -> Option<(u64, Option<u64>)> {
        let query = Query::parse(query).unwrap();
        page(&query, range, 1000).ok().map(|page| (page.offset, page.limit))
    }

    #[test]
    fn a_page_is_what_query_and_header_both_ask_for() {
        assert_eq!(rows("", None), Some((0, Some(1000))));
        assert_eq!(rows("limit=5000&offset=10", None), Some((10, Some(1000))));
        assert_eq!(rows("limit=2&offset=1", None), Some((1, Some(2))));
        assert_eq!(rows("limit=2&offset=1", Some((2, None))), Some((2, Some(1))));
        assert_eq!(rows("limit=9", Some((2, Some(3)))), Some((2, Some(2))));
        assert_eq!(rows("limit=0", None), Some((0, Some(0))));
        assert_eq!(rows("limit=1", Some((1, Some(3)))), None);
        assert_eq!(rows("", Some((3, Some(1)))), None);
        assert_eq!(rows("limit=-1", None), None);
        assert_eq!(rows("limit=many&offset=-1", None), Some((0, Some(1000))));
    }
}

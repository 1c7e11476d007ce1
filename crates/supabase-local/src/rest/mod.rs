//! `/rest/v1`: tables and functions of the public schema, as PostgREST 12 serves them. Rights are PostgreSQL's: each
//! request is a transaction in the caller's role, with the caller's claims where policies look for them.

mod answer;
mod call;
mod error;
mod filter;
mod media;
mod prefer;
mod query;
mod sql;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use axum::routing::any;
use error::RestError;
use media::Media;
use prefer::Prefer;
use query::Query;
use serde_json::Value;
use sql::{Page, Table};

use crate::bearer::bearer_token;
use crate::db::{Role, Tx};
use crate::state::App;

/// The largest body that is read.
const LARGEST_BODY: usize = 10 << 20;

/// The routes, below `/rest/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/{table}", any(table))
        .merge(call::router())
        .fallback(async || RestError::NotFound)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

/// One request, read.
struct Ask {
    method: Method,
    table: String,
    query: Query,
    prefer: Prefer,
    /// The page that a Range header asks for.
    range: Option<(u64, Option<u64>)>,
    media: Media,
    content_type: Option<String>,
    raw_query: String,
    body: Bytes,
    /// The most rows that are answered at once.
    max_rows: u64,
}

/// What a statement answered.
#[derive(Debug, Default)]
struct Outcome {
    rows: usize,
    /// For a read: how many rows there are in all. For a write: how many of the rows are new.
    total: Option<usize>,
    body: Option<String>,
    offset: u64,
}

async fn table(
    State(app): State<Arc<App>>,
    method: Method,
    Path(table): Path<String>,
    RawQuery(raw_query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, RestError> {
    let role = role(&app, &headers)?;
    check_schema(&method, &headers)?;
    let raw_query = raw_query.unwrap_or_default();
    let ask = Ask {
        query: Query::parse(&raw_query)?,
        prefer: Prefer::read(&headers)?,
        range: range(&headers).filter(|_| method == Method::GET),
        media: Media::read(&headers)?,
        content_type: headers.get(header::CONTENT_TYPE).and_then(|kind| Some(kind.to_str().ok()?.to_owned())),
        method,
        table,
        raw_query,
        body,
        max_rows: app.config.max_rows,
    };
    let name = role.name.clone();
    let answer = app.transact(move |tx, _| ask.answer(tx, &role)).await;
    answer.map_err(|error: RestError| error.asked_by(&name))
}

/// The role and claims of the bearer; without one, of the key that the request carries.
fn role(app: &App, headers: &HeaderMap) -> Result<Role, RestError> {
    let api_key = || headers.get("apikey").and_then(|key| key.to_str().ok());
    let token = bearer_token(headers).or_else(api_key).unwrap_or(&app.keys.anon);
    Ok(Role::of(app.verify_token(token).map_err(RestError::Jwt)?))
}

/// Refuses a schema that is not served: reads name theirs in one header, writes in another.
fn check_schema(method: &Method, headers: &HeaderMap) -> Result<(), RestError> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match headers.get(if reads { "accept-profile" } else { "content-profile" }) {
        Some(schema) if schema != "public" => {
            Err(RestError::new(406, "PGRST106", "The schema must be one of the following: public"))
        }
        _ => Ok(()),
    }
}

/// `Range: 0-9`: first and last row wanted.
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (first, last) = headers.get(header::RANGE)?.to_str().ok()?.split_once('-')?;
    let last = if last.is_empty() { None } else { Some(last.parse().ok()?) };
    Some((first.parse().ok()?, last))
}

impl Ask {
    fn answer(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Response, RestError> {
        let outcome = match self.method {
            Method::GET | Method::HEAD => self.read(tx, role)?,
            Method::POST => self.insert(tx, role)?,
            Method::PATCH => self.update(tx, role)?,
            Method::DELETE => self.delete(tx, role)?,
            _ => {
                let message = format!("Unsupported HTTP method: {}", self.method);
                return Err(RestError::new(405, "PGRST117", message));
            }
        };
        if let Some(total) = outcome.total.filter(|total| outcome.offset > *total as u64) {
            return Ok(self.past_end(outcome.offset, total));
        }
        let shown = self.method == Method::GET || self.method == Method::HEAD || self.prefer.representation();
        if self.media.is_one() && shown && outcome.rows != 1 {
            // The error rolls back: a write that was to touch one row and did not leaves no trace.
            return Err(RestError::NotSingular(outcome.rows));
        }
        Ok(self.respond(&outcome))
    }

    fn read(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let page = page(&self.query, self.range, self.max_rows)?;
        let statement = Table(&self.table).read(&self.query, page, self.prefer.counts(), self.media);
        tx.act_as(role)?;
        let outcome = self.run(tx, &statement)?;
        Ok(Outcome { offset: page.offset, ..outcome })
    }

    /// Runs a statement of `sql.rs` that ends in its summary.
    fn run(&self, tx: &mut Tx<'_>, statement: &str) -> Result<Outcome, RestError> {
        let Some(results) = tx.script(statement)?.pop() else { return Ok(Outcome::default()) };
        let Some(Value::Object(row)) = results.rows.into_iter().next() else {
            // A write whose rows nobody asked for: only their number is known.
            return Ok(Outcome { rows: results.affected_rows.unwrap_or_default(), ..Outcome::default() });
        };
        let count = |name: &str| row.get(name).and_then(Value::as_u64).map(|count| count as usize);
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Outcome {
            rows: count("rows").unwrap_or_default(),
            total: count("total"),
            body: text("body"),
            offset: 0,
        })
    }
}

/// The rows that query string and Range header both ask for, `most` at once.
fn page(query: &Query, range: Option<(u64, Option<u64>)>, most: u64) -> Result<Page, RestError> {
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

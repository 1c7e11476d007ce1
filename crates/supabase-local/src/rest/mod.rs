//! `/rest/v1`: tables and functions of the public schema, as PostgREST 12 serves them. Rights are PostgreSQL's: each
//! request is a transaction in the caller's role, with the caller's claims where policies look for them.

mod answer;
mod call;
mod error;
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
use axum::routing::{MethodFilter, on};
use error::RestError;
use prefer::Prefer;
use query::Query;
use serde_json::Value;
use sql::{Page, Table};

use crate::db::{Role, Tx};
use crate::server::App;

/// The largest body that is read.
const LARGEST_BODY: usize = 10 << 20;

/// The routes, below `/rest/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    let methods = MethodFilter::GET
        .or(MethodFilter::HEAD)
        .or(MethodFilter::POST)
        .or(MethodFilter::PATCH)
        .or(MethodFilter::DELETE);
    Router::new()
        .route("/{table}", on(methods, table))
        .merge(call::router())
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
    /// Whether one object is asked for instead of a list.
    single: bool,
    raw_query: String,
    body: Bytes,
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
    let raw_query = raw_query.unwrap_or_default();
    let ask = Ask {
        query: Query::parse(&raw_query)?,
        prefer: Prefer::read(&headers),
        range: range(&headers).filter(|_| method == Method::GET),
        single: wants_one(&headers),
        method,
        table,
        raw_query,
        body,
    };
    let name = role.name.clone();
    let answer = app.db.transact(move |tx| ask.answer(tx, &role)).await;
    answer.map_err(|error: RestError| error.asked_by(&name))
}

/// The role and claims of the bearer; without one, of the key that the request carries.
fn role(app: &App, headers: &HeaderMap) -> Result<Role, RestError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text("authorization")
        .and_then(|bearer| bearer.strip_prefix("Bearer ").or_else(|| bearer.strip_prefix("bearer ")));
    let token = app.keys.resolve(bearer.or_else(|| text("apikey")).unwrap_or(&app.keys.anon));
    let claims = app.signer.verify(token, app.clock.now().unix_timestamp()).map_err(RestError::Jwt)?;
    let name = claims.get("role").and_then(Value::as_str).unwrap_or("anon").to_owned();
    Ok(Role { name, claims: Value::Object(claims).to_string() })
}

/// Whether one object is asked for instead of a list.
fn wants_one(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accept.contains("application/vnd.pgrst.object")
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
            _ => self.delete(tx, role)?,
        };
        let shown = self.method == Method::GET || self.method == Method::HEAD || self.prefer.representation();
        if self.single && shown && outcome.rows != 1 {
            // The error rolls back: a write that was to touch one row and did not leaves no trace.
            return Err(RestError::NotSingular(outcome.rows));
        }
        Ok(self.respond(&outcome))
    }

    fn read(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let page = self.page();
        if page.limit == Some(0) && self.range.is_some() {
            return Err(RestError::new(416, "PGRST103", "Requested range not satisfiable"));
        }
        let counted = self.prefer.counts();
        let statement = Table(&self.table).read(&self.query, page, counted);
        tx.act_as(role)?;
        let outcome = self.run(tx, &statement)?;
        let past_end = outcome.total.is_some_and(|total| page.offset as usize > total);
        if past_end {
            return Err(RestError::Refused {
                status: axum::http::StatusCode::RANGE_NOT_SATISFIABLE,
                code: "PGRST103",
                message: "Requested range not satisfiable".into(),
                details: Some(format!(
                    "An offset of {} was requested, but there are only {} rows.",
                    page.offset,
                    outcome.total.unwrap_or_default()
                )),
            });
        }
        Ok(Outcome { offset: page.offset, ..outcome })
    }

    /// What query string and Range header together leave.
    fn page(&self) -> Page {
        let (mut offset, mut limit) = (self.query.offset, self.query.limit);
        if let Some((first, last)) = self.range {
            offset = offset.max(first);
            let wanted = last.map(|last| (last + 1).saturating_sub(first));
            limit = match (limit, wanted) {
                (Some(limit), Some(wanted)) => Some(limit.min(wanted)),
                (limit, wanted) => limit.or(wanted),
            };
        }
        Page { offset, limit }
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
            body: text(if self.single { "first" } else { "body" }),
            offset: 0,
        })
    }
}

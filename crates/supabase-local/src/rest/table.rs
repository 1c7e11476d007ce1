//! `/<table>`: carrying out a request for rows by its method. Writing is in `write.rs`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;

use super::error::RestError;
use super::media::Media;
use super::outcome::Outcome;
use super::prefer::Prefer;
use super::query::Query;
use super::request::{TableRequest, check_schema, page, range, role};
use super::sql::Table;
use crate::db::{Role, Tx};
use crate::state::App;

/// Any method at `/{table}`: GET reads, POST adds, PATCH changes, DELETE removes rows.
pub(super) async fn table(
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
    let request = TableRequest {
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
    let answer = app.transact(move |tx, _| request.answer(tx, &role)).await;
    answer.map_err(|error: RestError| error.asked_by(&name))
}

impl TableRequest {
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
            // The refusal rolls the transaction back, so a write of another number of rows changes nothing.
            return Err(RestError::NotSingular(outcome.rows));
        }
        Ok(self.respond(&outcome))
    }

    fn read(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let page = page(&self.query, self.range, self.max_rows)?;
        let statement = Table::named(&self.table).read(&self.query, page, self.prefer.counts(), self.media);
        tx.act_as(role)?;
        let outcome = Outcome::run(tx, &statement)?;
        Ok(Outcome { offset: page.offset, ..outcome })
    }
}

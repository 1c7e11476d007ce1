//! `/rest/v1`: tables and functions of the public schema, as PostgREST 12 serves them. PostgreSQL decides what a caller may
//! do: each request is a transaction in the caller's role, with the caller's claims where policies read them.
//!
//! A request is read (`request`, `query` with `filter` and `path`, `prefer`, `media`), becomes a statement (`sql`), is
//! carried out (`table`, `write`, `call`) and answered (`outcome`, `answer`, `error`).

mod answer;
mod call;
mod error;
mod filter;
mod media;
mod outcome;
mod path;
mod prefer;
mod query;
mod request;
mod sql;
mod table;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use error::RestError;

use crate::state::App;

/// The largest body of a request, in bytes.
const LARGEST_BODY: usize = 10 << 20;

/// REST's routes, below `/rest/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/{table}", any(table::table))
        .merge(call::router())
        .fallback(async || RestError::NotFound)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

//! `/inbox`: the page that shows the mails, and the mails as JSON at `/inbox/api`.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::mailbox;
use crate::db::DbError;
use crate::state::App;

/// The page. It reads `/inbox/api` and shows the parts of a mail as text; the HTML of a mail is in a sandboxed frame.
const PAGE: &str = include_str!("inbox.html");

/// The inbox's routes, below `/inbox`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/", get(page)).route("/api", get(list).delete(clear))
}

/// `GET /inbox`.
async fn page() -> Response {
    // The HTML of a mail is in a sandboxed frame, so the page's own script is the only one that runs.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                  connect-src 'self'; frame-src 'self' data:; img-src 'self' data:; frame-ancestors 'none'";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(PAGE)).into_response()
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
}

/// `GET /inbox/api?to=ADDRESS`: the mails, the newest first.
async fn list(State(app): State<Arc<App>>, Query(filter): Query<Filter>) -> Response {
    // A plus that was not escaped is read as a blank, and no address has a blank.
    let to = filter.to.map(|to| to.replace(' ', "+"));
    answer(app.transact(move |tx, _| mailbox::list(tx, to.as_deref())).await.map(Json))
}

/// `DELETE /inbox/api`: removes every mail.
async fn clear(State(app): State<Arc<App>>) -> Response {
    answer(app.transact(|tx, _| mailbox::clear(tx)).await.map(|()| StatusCode::NO_CONTENT))
}

fn answer(outcome: Result<impl IntoResponse, DbError>) -> Response {
    outcome.map_or_else(
        |error| {
            tracing::error!(%error, "the inbox cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        },
        IntoResponse::into_response,
    )
}

//! The link of a mail, `/auth/confirm`. With `token_hash` (mail templates that name it, invitations) it works in any
//! browser, so it asks first: opening a link must not sign anybody into an account that somebody else chose, and the
//! scanner of a mailbox must not spend it. With `code` it belongs to a sign-up that this browser began.

use std::sync::Arc;

use axum::extract::{Form, OriginalUri, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, http::StatusCode};
use serde::Deserialize;
use supabase_session::{AcceptLinkError, CallbackError, Completed, RequestError};

use crate::pages::{self, Field};
use crate::site::Site;
use crate::visit::Visit;

/// What a link may carry besides what the client reads from it.
#[derive(Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    token_hash: String,
    #[serde(default, rename = "type")]
    kind: String,
    next: Option<String>,
}

/// `GET /auth/confirm`
pub(crate) async fn open(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
    Query(link): Query<Link>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    match visit.client.complete(&site.link(&uri)).await {
        Ok(Completed::Unsolicited(_)) => ask(&link),
        completed => answer(&site, completed, link.next.as_deref()),
    }
}

/// `POST /auth/confirm`: the person wants what the link does.
pub(crate) async fn accept(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
    Form(link): Form<Link>,
) -> Response {
    let completed = match visit.client.complete(&site.hash_link(&link.token_hash, &link.kind)).await {
        Ok(Completed::Unsolicited(unsolicited)) => match visit.client.accept(unsolicited).await {
            Ok(completed) => Ok(completed),
            Err(error) => return failed(accept_reason(&error)),
        },
        other => other,
    };
    answer(&site, completed, link.next.as_deref())
}

/// The page that asks whether the link is to sign in.
fn ask(link: &Link) -> Response {
    let next = link.next.as_deref().unwrap_or_default();
    let fields = [
        Field::hidden("token_hash", &link.token_hash),
        Field::hidden("type", &link.kind),
        Field::hidden("next", next),
    ];
    let form = pages::form("/auth/confirm", "Continue", &fields, None);
    let about = "<p>This link signs you in with the address that it was sent to. If you did not ask for it, \
                 close this page.</p>";
    pages::page("Sign in by this link?", &format!("{about}{form}")).into_response()
}

/// The page that follows a link.
fn answer(site: &Site, completed: Result<Completed, CallbackError>, next: Option<&str>) -> Response {
    match completed {
        Ok(Completed::EmailChangeHalf) => {
            pages::notice("Half done: now open the link in the other mailbox.").into_response()
        }
        Ok(_) => Redirect::to(&site.local_path(next)).into_response(),
        Err(error) => failed(callback_reason(&error)),
    }
}

fn failed(reason: &str) -> Response {
    Redirect::to(&format!("/auth/error?reason={reason}")).into_response()
}

/// What the error page is told: a word of ours, never one of the link's.
fn callback_reason(error: &CallbackError) -> &'static str {
    match error {
        CallbackError::Spent => "spent",
        CallbackError::ConfirmedTooLate => "late",
        CallbackError::SignedIn => "signed-in",
        CallbackError::OtherAccount => "other-account",
        CallbackError::Refused => "refused",
        CallbackError::Unknown | CallbackError::ForeignCode => "elsewhere",
        CallbackError::Http(_) => "offline",
        // Nothing outlives a visit that somebody could sign out of meanwhile, and every link here carries its flow.
        CallbackError::Superseded
        | CallbackError::Unproven
        | CallbackError::Malformed
        | CallbackError::Ended(_) => "unknown",
    }
}

/// The same for a link that asked first.
fn accept_reason(error: &AcceptLinkError) -> &'static str {
    match error {
        AcceptLinkError::Spent | AcceptLinkError::Forgotten => "spent",
        AcceptLinkError::SignedIn => "signed-in",
        AcceptLinkError::Banned => "banned",
        AcceptLinkError::Request(RequestError::Http(_) | RequestError::RateLimited { .. }) => "offline",
        AcceptLinkError::Superseded | AcceptLinkError::Request(_) => "unknown",
    }
}

/// The error page's sentence for a reason, and the status it is shown with.
pub(crate) fn sentence(reason: &str) -> (StatusCode, &'static str) {
    match reason {
        "spent" => (StatusCode::GONE, "This link was already used or is too old. Ask for a new one."),
        "late" => (StatusCode::GONE, "Your address is confirmed. Please sign in."),
        "signed-in" => {
            (StatusCode::CONFLICT, "Somebody is signed in here. Sign out first, then open the link again.")
        }
        "other-account" => (
            StatusCode::CONFLICT,
            "This link belongs to another account. Sign in with it, then open the link again.",
        ),
        "refused" => (StatusCode::FORBIDDEN, "The sign-in was refused."),
        "banned" => (StatusCode::FORBIDDEN, "This account is blocked."),
        "elsewhere" => {
            (StatusCode::BAD_REQUEST, "This link belongs to a sign-up in another browser. Open it there.")
        }
        "offline" => (
            StatusCode::SERVICE_UNAVAILABLE,
            "The account server cannot be reached. Open the link again later.",
        ),
        _ => (StatusCode::BAD_REQUEST, "This link does not work."),
    }
}

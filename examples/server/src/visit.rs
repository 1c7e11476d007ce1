//! What surrounds every page: the session is read from the request's cookies, refreshed where it is due, checked with
//! the server, and written back with the answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use supabase_session::{ApiError, Client, User};

use crate::cookies;
use crate::site::Site;

/// One request of one browser.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) client: Client,
    /// Who it is, as the Auth server says: a cookie alone proves nothing. An error when it cannot be asked.
    pub(crate) user: Result<Option<User>, ApiError>,
}

/// The middleware.
pub(crate) async fn keep_session(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let store = Arc::new(site.store(cookies::of(request.headers())));
    let client = site.client(Arc::clone(&store));
    let user = verified(&client).await;
    request.extensions_mut().insert(Visit { client, user });
    let mut response = next.run(request).await;
    for cookie in store.set_cookies(site.is_secure()) {
        // Names come from the project's URL and values are base64url: there is nothing that a header cannot hold.
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Asking who it is refreshes a session that is about to end. (`get_claims` would do without the server where the project
/// has keys of its own, but a client of one request would have to fetch those keys, and they do not know of a sign-out.)
async fn verified(client: &Client) -> Result<Option<User>, ApiError> {
    if client.restore().await.signed_in().is_none() {
        return Ok(None);
    }
    match client.get_user().await {
        Ok(user) => Ok(Some(user)),
        // The server has ended the session: nobody, then.
        Err(_) if client.state().signed_in().is_none() => Ok(None),
        Err(error) => Err(error),
    }
}

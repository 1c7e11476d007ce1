//! Sign-out: here first, always; then the server, as well as it can be reached.

use crate::auth::as_user;
use crate::client::Client;
use crate::error::{ApiError, HttpError};
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::{Held, Session, token_grant};
use crate::shared::spawn_to_completion;
use crate::state::State;
use crate::store::StoreError;

/// How a sign-out went. On this machine nobody is signed in any more, whatever the report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOutReport {
    /// Whether the server ended its session.
    pub server: ServerSignOut,
    /// Why the session is still in the store, if it is. Removing it is tried again until that works.
    pub store: Option<StoreError>,
}

/// Whether the server ended its session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerSignOut {
    /// The server ended the session.
    Confirmed,
    /// There was no such session any more.
    AlreadyOver,
    /// Nobody was signed in, so the server was not asked.
    NotAsked,
    /// The server did not confirm it: its session lives on until it expires, and nobody here knows its tokens any more.
    Unconfirmed(HttpError),
}

/// Whose sessions end with this one.
#[derive(Debug, Clone, Copy)]
enum Scope {
    /// Only the session of this device.
    Local,
    /// All of the same person.
    Global,
}

impl Client {
    /// Signs out on this device: state and store first, before anything is sent; then the server's session, if it can
    /// be reached. Other devices stay signed in. Goes on to its end when the future is dropped.
    #[doc(alias = "signOut")]
    pub async fn sign_out(&self) -> SignOutReport {
        self.sign_out_of(Scope::Local).await
    }

    /// Signs out on all devices: on this one as [`sign_out`](Self::sign_out) does, on the others as soon as they
    /// refresh.
    #[doc(alias = "signOut")]
    pub async fn sign_out_everywhere(&self) -> SignOutReport {
        self.sign_out_of(Scope::Global).await
    }

    /// Signs out on all other devices, which learn of it when they refresh. This one stays signed in.
    ///
    /// # Errors
    /// See [`ApiError`].
    #[doc(alias = "signOut")]
    pub async fn sign_out_others(&self) -> Result<(), ApiError> {
        let client = self.clone();
        spawn_to_completion(async move { others(&client).await }).await
    }

    async fn sign_out_of(&self, scope: Scope) -> SignOutReport {
        // A session that was not read from the store yet has to be ended on the server too.
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let client = self.clone();
        spawn_to_completion(async move { sign_out(&client.inner.session, scope).await }).await
    }
}

async fn sign_out(session: &Session, scope: Scope) -> SignOutReport {
    let (held, stored) = session.sign_out().await;
    let server = match held {
        Some(held) => end_on_server(session, held, scope).await,
        None => ServerSignOut::NotAsked,
    };
    SignOutReport { server, store: stored.err() }
}

async fn end_on_server(session: &Session, held: Held, scope: Scope) -> ServerSignOut {
    let gateway = &session.gateway;
    let mut access = held.tokens.access.clone();
    if session.remaining(&held).is_zero() {
        // A refresh that is on its way is waited for: its answer is dropped, but the server may have moved the refresh
        // token on.
        session.refreshed(held.version).await;
        // The token is chosen as for any refresh, so that a store that cannot be emptied holds the newest token or its
        // parent.
        let refresh = session.refresh_token(&held).await;
        // The server takes a sign-out only with a good token. The new token is used for nothing else and kept nowhere.
        match token_grant::refresh(gateway, &refresh).await {
            Ok(Ok(issued)) => access = issued.tokens.access,
            Ok(Err(fault)) => return refused(&fault),
            Err(error) => return ServerSignOut::Unconfirmed(error),
        }
    }
    // The scope is always said: the server's own default is `global`.
    log_out(gateway, &access, scope).await
}

async fn log_out(gateway: &Gateway, access: &Secret<String>, scope: Scope) -> ServerSignOut {
    let scope = match scope {
        Scope::Local => "local",
        Scope::Global => "global",
    };
    let request = gateway.auth(Method::Post, "logout").query("scope", scope);
    match gateway.send_as(request, access).await {
        Ok(Ok(_)) => ServerSignOut::Confirmed,
        Ok(Err(fault)) => refused(&fault),
        Err(error) => ServerSignOut::Unconfirmed(error),
    }
}

/// Ends a session that was issued and is not used.
pub(super) async fn end_unused(gateway: &Gateway, access: &Secret<String>) -> ServerSignOut {
    log_out(gateway, access, Scope::Local).await
}

/// Ends the person's other sessions; this one stays.
async fn others(client: &Client) -> Result<(), ApiError> {
    let request = client.inner.gateway.auth(Method::Post, "logout").query("scope", "others");
    match as_user::try_send(client, request).await? {
        Ok(_) => Ok(()),
        Err(fault) => Err(ApiError::Unexpected { code: fault.code }),
    }
}

fn refused(fault: &ServerError) -> ServerSignOut {
    match fault.ends_session() {
        Some(_) => ServerSignOut::AlreadyOver,
        None => ServerSignOut::Unconfirmed(HttpError::ServerTrouble { status: fault.status }),
    }
}

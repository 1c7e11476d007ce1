//! A client that waits for a link, with a server behind it that would say yes to anything.

use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use supabase_session::{
    CallbackError, Client, MemoryStore, PendingFlow, Project, Random, Request, Response, Secret, State,
    Transport, TransportError,
};
use url::Url;

use crate::SimulationError;
use crate::seed::Seeded;

/// What the server says to everything.
const SESSION: &str = r#"{"access_token":"a","refresh_token":"r","token_type":"bearer","expires_in":360000,
    "user":{"id":"6f1c7a0e-0000-4000-8000-000000000001","email":"eve@example.com"}}"#;

/// The user as the server describes them.
const USER: &str = r#"{"id":"6f1c7a0e-0000-4000-8000-000000000001","email":"eve@example.com"}"#;

/// A client with a pending flow.
pub(super) struct Waiting {
    client: Client,
    server: Arc<Yes>,
    nonce: String,
    state: State,
    pending: Vec<PendingFlow>,
    at_first: u64,
}

/// What one link did.
pub(super) struct Tried {
    /// The link changed something, or caused a request.
    pub(super) accepted: bool,
    /// The link was of the right form.
    pub(super) well_formed: bool,
}

/// A server that counts requests and says yes to each.
#[derive(Default)]
struct Yes {
    requests: AtomicU64,
    /// Where the last flow that was asked for leads back to.
    redirect_to: Mutex<Option<Url>>,
}

#[async_trait]
impl Transport for Yes {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        if let Some(redirect_to) = redirect_to(&request.url) {
            *self.redirect_to.lock() = Some(redirect_to);
        }
        let body = if request.url.path().ends_with("/user") { USER } else { SESSION };
        Ok(Response { status: 200, headers: Vec::new(), body: body.into() })
    }
}

fn redirect_to(url: &Url) -> Option<Url> {
    let redirect_to = url
        .query_pairs()
        .find(|(key, _)| key == "redirect_to")
        .map(|(_, redirect_to)| redirect_to.into_owned())?;
    redirect_to.parse().ok()
}

impl Waiting {
    /// A client that waits for a link, with or without somebody signed in.
    pub(super) async fn new(seed: u64, signed_in: bool) -> Result<Self, SimulationError> {
        let project =
            Project::new("https://foyer.supabase.co", "sb_publishable_key").map_err(SimulationError::new)?;
        let server = Arc::new(Yes::default());
        let client = Client::builder(project, Arc::new(MemoryStore::new()))
            .redirect_to("app.foyer.desktop://auth/callback".parse().map_err(SimulationError::new)?)
            .transport(Arc::clone(&server) as Arc<dyn Transport>)
            .random(Arc::new(Seeded::new(seed)) as Arc<dyn Random>)
            .build();
        client.restore().await;
        let redirect_to = if signed_in {
            Self::change_email(&client, &server).await?
        } else {
            Self::sign_in(&client).await?
        };
        let nonce =
            redirect_to.query_pairs().find(|(key, _)| key == "flow").map(|(_, nonce)| nonce.into_owned());
        let nonce = nonce.ok_or_else(|| SimulationError::new("the flow has no nonce"))?;
        let (state, pending) = (client.state(), client.pending());
        let at_first = server.requests.load(Ordering::Relaxed);
        Ok(Self { client, server, nonce, state, pending, at_first })
    }

    /// Somebody begins to sign in, which only works while nobody is.
    async fn sign_in(client: &Client) -> Result<Url, SimulationError> {
        let (_, browser) = client.begin_oauth("github", &[]).await.map_err(SimulationError::new)?;
        redirect_to(&browser).ok_or_else(|| SimulationError::new("the browser is sent nowhere"))
    }

    /// Somebody is signed in and begins to change their address.
    async fn change_email(client: &Client, server: &Yes) -> Result<Url, SimulationError> {
        client
            .sign_in_with_password("ada@example.com", Secret::from("Passw0rd!"))
            .await
            .map_err(SimulationError::new)?;
        client.change_email("new@example.com").await.map_err(SimulationError::new)?;
        let redirect_to = server.redirect_to.lock().clone();
        redirect_to.ok_or_else(|| SimulationError::new("the mail leads nowhere"))
    }

    /// The nonce of the pending flow.
    pub(super) fn nonce(&self) -> &str {
        &self.nonce
    }

    /// Requests that links caused.
    pub(super) fn requests(&self) -> u64 {
        self.server.requests.load(Ordering::Relaxed) - self.at_first
    }

    /// Gives the client a link.
    pub(super) async fn try_link(&self, link: &str) -> Tried {
        let before = self.requests();
        let outcome = self.client.complete(link).await;
        let changed = self.client.state() != self.state || self.client.pending() != self.pending;
        Tried {
            accepted: changed || self.requests() != before,
            well_formed: outcome != Err(CallbackError::Malformed),
        }
    }
}

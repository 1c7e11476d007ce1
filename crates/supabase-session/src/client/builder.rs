//! How a client is built: its project, its store, and what tests replace.

use std::fmt;
use std::sync::Arc;

use url::Url;

use crate::callback::unsolicited::LastUnsolicitedLink;
use crate::client::{Client, Inner};
use crate::clock::{Clock, SystemClock};
use crate::flows::Flows;
use crate::flows::redirect::Redirect;
use crate::flows::request_options::RequestOptions;
use crate::http::gateway::Gateway;
use crate::http::transport::{HttpTransport, Transport};
use crate::jwks::Keys;
use crate::project::Project;
use crate::random::{Random, SystemRandom};
use crate::session::Session;
use crate::session::authorized::Authorized;
use crate::shared::SingleFlight;
use crate::store::SessionStore;
use crate::store::saver::Saver;

impl Client {
    /// Begins a client of this project on this store.
    #[must_use]
    pub fn builder(project: Project, store: Arc<dyn SessionStore>) -> ClientBuilder {
        ClientBuilder {
            project,
            store,
            redirect: None,
            implicit: false,
            client_info: format!("supabase-session/{}", env!("CARGO_PKG_VERSION")),
            transport: None,
            clock: Arc::new(SystemClock::new()),
            random: Arc::new(SystemRandom),
        }
    }
}

/// Builds a [`Client`]. Without a setting the client uses the network, the system's clock and the system's randomness.
#[derive(Clone)]
pub struct ClientBuilder {
    project: Project,
    store: Arc<dyn SessionStore>,
    redirect: Option<Redirect>,
    implicit: bool,
    client_info: String,
    transport: Option<Arc<dyn Transport>>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl ClientBuilder {
    /// Where links lead back to, for example `app.example.desktop://auth/callback`. The project's list of redirect URLs
    /// must let it through with a query (`...callback*`): this is [`Redirect::with_flow`]. For other redirects see
    /// [`Client::with_redirect`]. Without any, no link can be completed.
    #[must_use]
    pub fn redirect_to(mut self, redirect_to: Url) -> Self {
        self.redirect = Some(Redirect::with_flow(redirect_to));
        self
    }

    /// Whether tokens in a link (the implicit flow) are taken for a pending flow of this client. Off by default: PKCE
    /// keeps tokens out of links, and every link of a flow of this client asks for it.
    #[must_use]
    pub fn implicit(mut self, implicit: bool) -> Self {
        self.implicit = implicit;
        self
    }

    /// How the program names itself in `X-Client-Info`, for example `foyer/0.1.0`.
    #[must_use]
    pub fn client_info(mut self, client_info: String) -> Self {
        self.client_info = client_info;
        self
    }

    /// How requests reach the server.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where randomness comes from.
    #[must_use]
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.random = random;
        self
    }

    /// Builds the client. Nothing is read or sent yet: begin with [`Client::restore`].
    #[must_use]
    pub fn build(self) -> Client {
        let Self { project, store, redirect, implicit, client_info, transport, clock, random } = self;
        let transport = transport.unwrap_or_else(|| Arc::new(HttpTransport::new(&project)));
        let saver = Saver::new(store, Arc::clone(&clock));
        let (times, chance) = (Arc::clone(&clock), Arc::clone(&random));
        let flows = Flows::new(project.clone(), Arc::clone(&saver), times, chance, redirect.clone());
        let gateway = Arc::new(Gateway { project, client_info, transport, clock });
        let session = Session::new(Arc::clone(&gateway), Arc::clone(&saver), random);
        let tokens = Arc::new(Arc::clone(&session));
        let authorized = Authorized::new(Arc::clone(&gateway), tokens);
        let (exchanges, exchanging) = (SingleFlight::new(), tokio::sync::Mutex::default());
        let (last_unsolicited, keys) = (LastUnsolicitedLink::default(), Keys::new(Arc::clone(&gateway)));
        Client {
            inner: Arc::new(Inner {
                gateway,
                session,
                saver,
                flows,
                authorized,
                home: redirect.clone(),
                exchanges,
                exchanging,
                implicit,
                last_unsolicited,
                keys,
            }),
            options: Arc::new(RequestOptions { redirect, ..RequestOptions::default() }),
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientBuilder({})", self.project.store_key_prefix())
    }
}

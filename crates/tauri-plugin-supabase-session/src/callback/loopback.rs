//! The way back that every project lets through: a web server on this machine, for one sign-in, at
//! `http://127.0.0.1:<port>/auth/callback` (RFC 8252 section 7.3).
//!
//! It answers one path and is closed as soon as its flow is over. A request that belongs to no pending flow changes
//! nothing, so whoever else can reach the port can neither end the flow nor use it.

use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderName};
use hyper::{Method, Request, Response, StatusCode};
use supabase_session::Secret;
use url::{Host, Url};

use super::{LinkOutcome, Queue, page};
use crate::local_server::language::PageSettings;
use crate::local_server::page::Page;
use crate::local_server::{Handler, LONGEST_BODY, Port, bare, header_text, html};

/// The path that is answered, as in the app's own links.
const PATH: &str = "/auth/callback";

/// Longest query or fragment that is read: as long as a link may be (the client looks at no longer one). Tokens in a
/// fragment grow with the user's metadata. A browser sends addresses of this length, and the server under this one takes
/// them.
const LONGEST: usize = LONGEST_BODY;

/// A port that waits for one flow.
pub(crate) struct Loopback {
    port: Port,
    redirect_to: Url,
}

impl Loopback {
    /// A port that is free.
    ///
    /// # Errors
    /// When none can be had.
    pub(crate) async fn open() -> io::Result<Self> {
        Self::new(Port::open(0).await?)
    }

    /// The port of a flow that was begun before the app was restarted.
    ///
    /// # Errors
    /// When somebody else has it by now.
    pub(crate) async fn reopen(redirect_to: &Url) -> io::Result<Self> {
        let number = redirect_to.port().ok_or(io::ErrorKind::InvalidInput)?;
        Self::new(Port::open(number).await?)
    }

    fn new(port: Port) -> io::Result<Self> {
        let redirect_to =
            port.origin().join(PATH).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self { port, redirect_to })
    }

    /// Where links must lead.
    #[must_use]
    pub(crate) fn redirect_to(&self) -> &Url {
        &self.redirect_to
    }

    /// Whether this is the address of such a port.
    #[must_use]
    pub(crate) fn is_address(url: &Url) -> bool {
        let is_here = matches!(url.host(), Some(Host::Ipv4(address)) if address == Ipv4Addr::LOCALHOST);
        url.scheme() == "http" && is_here && url.port().is_some() && url.path() == PATH
    }

    /// Answers until the flow is over, with pages of the app. `implicit`: tokens in the fragment are read.
    pub(crate) async fn serve(
        self,
        pages: PageSettings,
        queue: Queue,
        implicit: bool,
        over: impl Future<Output = ()>,
    ) {
        let callback = Callback { pages, base: self.redirect_to, queue, implicit };
        self.port.serve(Arc::new(callback), over).await;
    }
}

struct Callback {
    pages: PageSettings,
    base: Url,
    queue: Queue,
    implicit: bool,
}

#[async_trait]
impl Handler for Callback {
    async fn handle(&self, request: Request<Secret<String>>) -> Response<Full<Bytes>> {
        if request.uri().path() != PATH {
            return bare(StatusCode::NOT_FOUND);
        }
        let language = self.pages.language(header_text(&request, header::ACCEPT_LANGUAGE));
        let app_name = &*self.pages.app_name;
        let query = request.uri().query().unwrap_or_default().to_owned();
        if query.len() > LONGEST {
            return bare(StatusCode::URI_TOO_LONG);
        }
        match *request.method() {
            // A page somewhere, which lets its visitors' browsers ask for this address, is no sign-in that comes back.
            Method::GET if !is_visit(&request) => bare(StatusCode::FORBIDDEN),
            // Tokens may be in the fragment, which only the page sees: it sends them here.
            Method::GET if self.implicit && !says_something(&query) => {
                shown(page::fragment(app_name, language))
            }
            Method::GET => shown(page::done(app_name, self.take(&query, None).await, language)),
            Method::POST if self.implicit && self.is_own_page(&request) => {
                let outcome = self.take(&query, Some(request.body())).await;
                shown(page::done(app_name, outcome, language))
            }
            // A mail scanner that asks with HEAD burns nothing.
            _ => bare(StatusCode::METHOD_NOT_ALLOWED),
        }
    }
}

impl Callback {
    fn is_own_page(&self, request: &Request<Secret<String>>) -> bool {
        header_text(request, header::ORIGIN) == Some(self.base.origin().ascii_serialization().as_str())
    }

    async fn take(&self, query: &str, fragment: Option<&Secret<String>>) -> LinkOutcome {
        let fragment = fragment.map(|text| format!("#{}", text.expose())).unwrap_or_default();
        self.queue.ask(format!("{}?{query}{fragment}", self.base)).await
    }
}

/// Whether a browser opens the address in a tab, as far as it says so (W3C "Fetch Metadata Request Headers"): it does not
/// for an image, a script or a frame of another page.
fn is_visit(request: &Request<Secret<String>>) -> bool {
    let destination = HeaderName::from_static("sec-fetch-dest");
    header_text(request, destination).is_none_or(|destination| destination == "document")
}

/// Whether the server put its answer into the query.
fn says_something(query: &str) -> bool {
    let answers = ["code", "error", "error_code", "message", "token_hash"];
    query.split('&').filter_map(|pair| pair.split('=').next()).any(|key| answers.contains(&key))
}

fn shown(page: Page) -> Response<Full<Bytes>> {
    html(page.html, &page.policy)
}

#[cfg(test)]
#[path = "loopback_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "loopback_hostile_tests.rs"]
mod hostile_tests;

//! The way back that every project lets through: a web server on this machine, for one sign-in, at
//! `http://127.0.0.1:<port>/auth/callback` (RFC 8252 section 7.3).
//!
//! It listens on 127.0.0.1 only, answers one path, and is closed as soon as its flow is over. A request that
//! belongs to no pending flow changes nothing, so whoever else can reach the port can neither end the flow nor use it.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use supabase_session::Secret;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use url::{Host, Url};

use super::{Outcome, Queue, page};

/// The path that is answered, as in the app's own links.
const PATH: &str = "/auth/callback";

/// Longest query or fragment that is read. Real ones have less than 400 bytes.
const LONGEST: usize = 2048;

/// So many connections are served at once; a browser opens one or two.
const CONNECTIONS: usize = 8;

/// A request must be there within this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// The last answer may take this long to leave.
const FAREWELL: Duration = Duration::from_secs(5);

/// A port that waits for one flow.
pub struct Loopback {
    listener: TcpListener,
    redirect_to: Url,
}

impl Loopback {
    /// A port that is free.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn open() -> io::Result<Self> {
        Self::bind(0).await
    }

    /// The port of a flow that was begun before the app was restarted.
    ///
    /// # Errors
    /// When somebody else has it by now.
    pub async fn reopen(redirect_to: &Url) -> io::Result<Self> {
        let port = redirect_to.port().ok_or(io::ErrorKind::InvalidInput)?;
        Self::bind(port).await
    }

    async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let redirect_to = Url::parse(&format!("http://127.0.0.1:{port}{PATH}"))
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self { listener, redirect_to })
    }

    /// Where links must lead.
    #[must_use]
    pub fn redirect_to(&self) -> &Url {
        &self.redirect_to
    }

    /// Whether this is the address of such a port.
    #[must_use]
    pub fn is_address(url: &Url) -> bool {
        let is_here = matches!(url.host(), Some(Host::Ipv4(address)) if address == Ipv4Addr::LOCALHOST);
        url.scheme() == "http" && is_here && url.port().is_some() && url.path() == PATH
    }

    /// Answers until the flow is over, then lets the last answer leave. `implicit`: tokens in the fragment are read.
    pub async fn serve(self, queue: Queue, implicit: bool, over: impl Future<Output = ()>) {
        let site = Arc::new(Site { base: self.redirect_to, queue, implicit });
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut visits = JoinSet::new();
        tokio::pin!(over);
        loop {
            let place = tokio::select! {
                () = &mut over => break,
                place = Arc::clone(&places).acquire_owned() => place,
            };
            let accepted = tokio::select! {
                () = &mut over => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    let site = Arc::clone(&site);
                    visits.spawn(async move {
                        visit(stream, site).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(kind = %error.kind(), "a connection to the loopback port failed")
                }
            }
            while visits.try_join_next().is_some() {}
        }
        drop(self.listener);
        let all = async { while visits.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, all).await.is_err() {
            tracing::debug!("a browser did not take the loopback port's answer in time");
        }
    }
}

struct Site {
    base: Url,
    queue: Queue,
    implicit: bool,
}

async fn visit(stream: TcpStream, site: Arc<Site>) {
    let service = service_fn(move |request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(site.answer(request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to the loopback port broke");
    }
}

impl Site {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        if !self.is_meant(&request) {
            return bare(StatusCode::NOT_FOUND);
        }
        let language = page::language(header_text(&request, header::ACCEPT_LANGUAGE));
        let query = request.uri().query().unwrap_or_default().to_owned();
        if query.len() > LONGEST {
            return bare(StatusCode::URI_TOO_LONG);
        }
        match *request.method() {
            // Tokens may be in the fragment, which only the page sees: it sends them here.
            Method::GET if self.implicit && !says_something(&query) => html(page::fragment(language)),
            Method::GET => html(page::done(self.take(&query, None).await, language)),
            Method::POST if self.implicit && self.is_own_page(&request) => match fragment(request).await {
                Some(fragment) => html(page::done(self.take(&query, Some(&fragment)).await, language)),
                None => bare(StatusCode::BAD_REQUEST),
            },
            // A mail scanner that asks with HEAD burns nothing.
            _ => bare(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    /// Exactly our path, asked for by exactly our address: a name that was made to point here is not it.
    fn is_meant(&self, request: &Request<Incoming>) -> bool {
        let authority = self.base.authority();
        header_text(request, header::HOST) == Some(authority) && request.uri().path() == PATH
    }

    fn is_own_page(&self, request: &Request<Incoming>) -> bool {
        header_text(request, header::ORIGIN) == Some(self.base.origin().ascii_serialization().as_str())
    }

    async fn take(&self, query: &str, fragment: Option<&Secret<String>>) -> Outcome {
        let fragment = fragment.map(|text| format!("#{}", text.expose())).unwrap_or_default();
        self.queue.ask(format!("{}?{query}{fragment}", self.base)).await
    }
}

fn header_text(request: &Request<Incoming>, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

/// Whether the server put its answer into the query.
fn says_something(query: &str) -> bool {
    let answers = ["code", "error", "error_code", "message", "token_hash"];
    query.split('&').filter_map(|pair| pair.split('=').next()).any(|key| answers.contains(&key))
}

async fn fragment(request: Request<Incoming>) -> Option<Secret<String>> {
    let body = Limited::new(request.into_body(), LONGEST).collect().await.ok()?.to_bytes();
    String::from_utf8(body.to_vec()).ok().map(Secret::from)
}

fn bare(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

fn html(page: page::Page) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(page.html)));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    match header::HeaderValue::from_str(&page.policy) {
        Ok(policy) => drop(headers.insert(header::CONTENT_SECURITY_POLICY, policy)),
        Err(_) => return bare(StatusCode::INTERNAL_SERVER_ERROR),
    }
    response
}

#[cfg(test)]
#[path = "loopback_tests.rs"]
mod tests;

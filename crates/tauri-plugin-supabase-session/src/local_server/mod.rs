//! A small web server on this machine, for one purpose and as long as that lasts: on 127.0.0.1 only, for one browser.
//! What it answers is decided by its [`Handler`].

pub(crate) mod language;
pub(crate) mod page;
pub(crate) mod sentences;
mod visitors;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use supabase_session::Secret;
use tokio::net::{TcpListener, TcpStream};
use url::Url;

#[cfg(test)]
pub(crate) use visitors::CONNECTIONS;
use visitors::{HasAsked, Visitors};

/// A request's head must be there within this time, and its body within the same again.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Longest head of a request: an address of 16 KiB, and the cookies of whatever else ran on this machine's ports. The
/// server takes one that is up to twice as long when it comes in one piece.
const LONGEST_HEAD: usize = 64 << 10;

/// Longest body of a request: as long as a link may be.
pub(crate) const LONGEST_BODY: usize = 16 << 10;

/// The last answer may take this long to leave.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// No connection is taken for so long after one could not be taken: where the process has no file left to open, the
/// next attempt fails at once as well, and would take the whole processor to do so.
const ACCEPT_PAUSE: Duration = Duration::from_millis(250);

/// What a port answers.
#[async_trait]
pub(crate) trait Handler: Send + Sync + 'static {
    /// The answer to a request that was made by the port's own name, and whose body has arrived.
    async fn handle(&self, request: Request<Secret<String>>) -> Response<Full<Bytes>>;
}

/// A port that listens.
pub(crate) struct Port {
    listener: TcpListener,
    origin: Url,
}

impl Port {
    /// A port of this number; 0 is any that is free.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(crate) async fn open(number: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, number)).await?;
        let origin = Url::parse(&format!("http://{}", listener.local_addr()?))
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self { listener, origin })
    }

    /// Where it is reached, for example `http://127.0.0.1:49152/`.
    #[must_use]
    pub(crate) fn origin(&self) -> &Url {
        &self.origin
    }

    /// Answers until it is over, then lets the last answer leave.
    pub(crate) async fn serve(self, handler: Arc<dyn Handler>, over: impl Future<Output = ()>) {
        serve(self.listener, self.origin.authority(), handler, over).await;
    }
}

/// Where connections come from. A trait, so that a test can let them fail.
trait Listen {
    fn accept(&self) -> impl Future<Output = io::Result<TcpStream>> + Send;
}

impl Listen for TcpListener {
    async fn accept(&self) -> io::Result<TcpStream> {
        Ok(Self::accept(self).await?.0)
    }
}

async fn serve(listener: impl Listen, host: &str, handler: Arc<dyn Handler>, over: impl Future<Output = ()>) {
    let server = Arc::new(NamedServer { host: host.to_owned(), handler });
    let mut visitors = Visitors::default();
    tokio::pin!(over);
    loop {
        let next = async {
            let stream = next(&listener).await;
            visitors.make_room().await;
            stream
        };
        let stream = tokio::select! {
            () = &mut over => break,
            stream = next => stream,
        };
        visitors.admit(|has_asked| serve_connection(stream, Arc::clone(&server), has_asked));
    }
    drop(listener);
    if tokio::time::timeout(SHUTDOWN_GRACE, visitors.all_gone()).await.is_err() {
        tracing::debug!("a browser did not take a local port's answer in time");
    }
}

/// The next connection, however many fail before it.
async fn next(listener: &impl Listen) -> TcpStream {
    let mut has_failed = false;
    loop {
        match listener.accept().await {
            Ok(stream) => return stream,
            Err(error) => {
                // Once is enough: it fails in the same way until something else ends.
                if !std::mem::replace(&mut has_failed, true) {
                    tracing::warn!(kind = %error.kind(), "a connection to a local port failed");
                }
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve_connection(stream: TcpStream, server: Arc<NamedServer>, has_asked: HasAsked) {
    let service = service_fn(move |request| {
        let (server, has_asked) = (Arc::clone(&server), has_asked.clone());
        async move { Ok::<_, Infallible>(server.answer(request, &has_asked).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIMEOUT)
        .max_buf_size(LONGEST_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to a local port broke");
    }
}

/// A server on a port, and the name that it answers by.
struct NamedServer {
    host: String,
    handler: Arc<dyn Handler>,
}

impl NamedServer {
    async fn answer(&self, request: Request<Incoming>, has_asked: &HasAsked) -> Response<Full<Bytes>> {
        if !self.is_meant(&request) {
            return bare(StatusCode::NOT_FOUND);
        }
        let (head, body) = request.into_parts();
        match tokio::time::timeout(REQUEST_TIMEOUT, text(body)).await {
            Err(_) => bare(StatusCode::REQUEST_TIMEOUT),
            Ok(None) => bare(StatusCode::BAD_REQUEST),
            Ok(Some(body)) => {
                has_asked.set();
                self.handler.handle(Request::from_parts(head, body)).await
            }
        }
    }

    /// Only by its own name, wherever the request says it: another name that was made to point here belongs to a page
    /// that should not get in.
    fn is_meant(&self, request: &Request<Incoming>) -> bool {
        let mut names = request.headers().get_all(header::HOST).into_iter();
        let is_named = names.next().is_some_and(|name| *name == *self.host) && names.next().is_none();
        is_named && request.uri().authority().is_none_or(|authority| *authority == *self.host)
    }
}

/// The body as text, when it is no longer than [`LONGEST_BODY`].
async fn text(body: Incoming) -> Option<Secret<String>> {
    let bytes = Limited::new(body, LONGEST_BODY).collect().await.ok()?.to_bytes();
    String::from_utf8(bytes.to_vec()).ok().map(Secret::from)
}

/// A header's text.
#[must_use]
pub(crate) fn header_text<B>(request: &Request<B>, name: HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

/// An answer without a body.
#[must_use]
pub(crate) fn bare(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

/// A page, with the content security policy that it comes with. It is kept nowhere and says nothing to where it leads.
#[must_use]
pub(crate) fn html(html: String, policy: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(html)));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    match HeaderValue::from_str(policy) {
        Ok(policy) => drop(headers.insert(header::CONTENT_SECURITY_POLICY, policy)),
        Err(_) => return bare(StatusCode::INTERNAL_SERVER_ERROR),
    }
    response
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Fails as a listener does in a process that has opened as many files as it may, until it has failed so often.
    struct Exhausted {
        listener: TcpListener,
        failures: usize,
        attempts: AtomicUsize,
    }

    impl Listen for &Exhausted {
        async fn accept(&self) -> io::Result<TcpStream> {
            let attempt = self.attempts.fetch_add(1, Ordering::Relaxed);
            if attempt >= self.failures {
                return Listen::accept(&self.listener).await;
            }
            // It does not wait, so that whoever spins is stopped by nothing else.
            assert!(attempt < 10_000, "it spins");
            // What `accept` says with EMFILE.
            Err(io::Error::from_raw_os_error(24))
        }
    }

    struct Hello;

    #[async_trait]
    impl Handler for Hello {
        async fn handle(&self, _: Request<Secret<String>>) -> Response<Full<Bytes>> {
            bare(StatusCode::OK)
        }
    }

    async fn exhausted(failures: usize) -> Exhausted {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        Exhausted { listener, failures, attempts: AtomicUsize::default() }
    }

    #[tokio::test(start_paused = true)]
    async fn a_port_that_can_take_no_connection_tries_a_few_times_a_second_and_still_ends_when_it_is_over() {
        let listener = exhausted(usize::MAX).await;
        let minute = tokio::time::sleep(Duration::from_secs(60));

        serve(&listener, "127.0.0.1:1", Arc::new(Hello), minute).await;

        let attempts = listener.attempts.load(Ordering::Relaxed);
        assert!((100..=300).contains(&attempts), "{attempts} attempts in a minute");
    }

    #[tokio::test]
    async fn a_port_answers_again_once_connections_can_be_taken() {
        let listener = exhausted(2).await;
        let address = listener.listener.local_addr().unwrap();
        let ask = async {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        };

        serve(&listener, &address.to_string(), Arc::new(Hello), ask).await;
    }
}

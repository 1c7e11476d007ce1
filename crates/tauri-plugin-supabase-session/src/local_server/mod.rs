//! A small web server on this machine, for one purpose and as long as that lasts: on 127.0.0.1 only, for one browser.
//! What it answers is decided by its [`Handler`].

pub(crate) mod page;

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
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use url::Url;

/// So many connections are served at once; a browser opens one or two.
pub(crate) const CONNECTIONS: usize = 8;

/// A request must be there within this time.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// The last answer may take this long to leave.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// No connection is taken for so long after one could not be taken: where the process has no file left to open, the
/// next attempt fails at once as well, and would take the whole processor to do so.
const ACCEPT_PAUSE: Duration = Duration::from_millis(250);

/// What a port answers.
#[async_trait]
pub(crate) trait Handler: Send + Sync + 'static {
    /// The answer to a request that was made by the port's own name.
    async fn handle(&self, request: Request<Incoming>) -> Response<Full<Bytes>>;
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
    let host: Arc<str> = host.into();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    tokio::pin!(over);
    loop {
        let next = async { (Arc::clone(&places).acquire_owned().await, next(&listener).await) };
        let (place, stream) = tokio::select! {
            () = &mut over => break,
            next = next => next,
        };
        let (handler, host) = (Arc::clone(&handler), Arc::clone(&host));
        connections.spawn(async move {
            serve_connection(stream, handler, host).await;
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(SHUTDOWN_GRACE, all).await.is_err() {
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

async fn serve_connection(stream: TcpStream, handler: Arc<dyn Handler>, host: Arc<str>) {
    let service = service_fn(move |request| {
        let (handler, host) = (Arc::clone(&handler), Arc::clone(&host));
        async move {
            // Only by its own name: another name that was made to point here is a page that should not get in.
            let is_meant = header_text(&request, header::HOST) == Some(&*host);
            let answer = if is_meant { handler.handle(request).await } else { bare(StatusCode::NOT_FOUND) };
            Ok::<_, Infallible>(answer)
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to a local port broke");
    }
}

/// A header's text.
#[must_use]
pub(crate) fn header_text(request: &Request<Incoming>, name: HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

/// The body as text, up to this many bytes.
pub(crate) async fn body(request: Request<Incoming>, longest: usize) -> Option<String> {
    let bytes = Limited::new(request.into_body(), longest).collect().await.ok()?.to_bytes();
    String::from_utf8(bytes.to_vec()).ok()
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
        async fn handle(&self, _: Request<Incoming>) -> Response<Full<Bytes>> {
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

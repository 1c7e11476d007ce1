//! HTTP: the small [`Transport`] trait, what goes through it, and its one implementation on the network.
//! What an answer means is decided in `http/fault.rs`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use tokio::sync::OnceCell;
use url::Url;

use crate::error::CertificateProblem;
use crate::project::{Project, is_loopback};
use crate::secret::Secret;

/// Longest time until a connection stands.
pub const CONNECT_DEADLINE: Duration = Duration::from_secs(10);
/// Longest time for a whole call of the API.
pub const CALL_DEADLINE: Duration = Duration::from_secs(30);
/// Longest time for an object up or down.
pub const OBJECT_DEADLINE: Duration = Duration::from_secs(300);
/// Largest answer of an API call. Real ones have a few KiB.
pub const CALL_LIMIT: usize = 1 << 20;
/// Largest object that is downloaded.
pub const OBJECT_LIMIT: usize = 16 << 20;
/// An upload is handed to the socket in pieces of this size, so that its progress means something.
const UPLOAD_CHUNK: usize = 16 << 10;

/// How requests reach a server. Tests answer in process.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends the request and reads the whole answer. Dropping the future aborts the request.
    ///
    /// # Errors
    /// When there is no whole answer. An answer with an error status is an answer.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}

/// What is done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

/// A request. `Debug` shows neither its query nor its headers' values nor its body.
#[derive(Clone)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The URL. Its query may hold a flow's nonce.
    pub url: Url,
    /// Names in small letters.
    pub headers: Vec<(Cow<'static, str>, Secret<String>)>,
    /// What is sent along.
    pub body: Body,
    /// Longest time until the answer is there, whole.
    pub deadline: Duration,
    /// Largest answer in bytes.
    pub limit: usize,
}

/// What a request carries.
#[derive(Clone)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON text; it may hold a password or a token.
    Json(Secret<Vec<u8>>),
    /// An object for Storage.
    Object {
        /// The object's content.
        bytes: Bytes,
        /// Told of every piece.
        progress: Progress,
    },
}

/// Told how many bytes of how many were handed to the socket.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(u64, u64) + Send + Sync>);

/// An answer. `Debug` shows its status and size only.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Bytes,
}

/// Why there is no whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection, or the connection broke.
    #[error("no connection")]
    Unreachable,
    /// The certificate of whatever answers is not trusted. Nothing was sent.
    #[error(transparent)]
    Untrusted(CertificateProblem),
    /// No whole answer within the deadline.
    #[error("no answer in time")]
    Timeout,
    /// The answer is larger than [`Request::limit`].
    #[error("the answer is too large")]
    TooLarge,
    /// A request over plain HTTP to another machine was not sent.
    #[error("not sent over an unprotected connection")]
    Insecure,
}

impl Request {
    /// A request without body, with the limits of an API call.
    #[must_use]
    pub fn new(method: Method, url: Url) -> Self {
        let (body, deadline, limit) = (Body::Empty, CALL_DEADLINE, CALL_LIMIT);
        Self { method, url, headers: Vec::new(), body, deadline, limit }
    }

    /// A call of an API, as against an object that is downloaded and may be anything.
    pub(crate) fn is_call(&self) -> bool {
        self.limit <= CALL_LIMIT
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret<String>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with one more pair in its query.
    #[must_use]
    pub fn query(mut self, key: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(key, value);
        self
    }

    /// The same with a JSON body.
    #[must_use]
    pub fn json(mut self, body: &serde_json::Value) -> Self {
        self.body = Body::Json(Secret::new(body.to_string().into_bytes()));
        self.header("content-type", "application/json;charset=UTF-8")
    }
}

impl Progress {
    /// Calls `told(sent, total)`.
    pub fn new(told: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }

    /// Reports that `sent` of `total` bytes were handed to the socket.
    pub fn tell(&self, sent: u64, total: u64) {
        (self.0)(sent, total);
    }
}

impl Response {
    /// An answer with the headers of an HTTP library. A header whose value is not ASCII text is left out: no API sends
    /// one.
    pub fn new<N: AsRef<str>, V: AsRef<[u8]>>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl Into<Bytes>,
    ) -> Self {
        let text = |(name, value): (N, V)| {
            let value = std::str::from_utf8(value.as_ref()).ok().filter(|value| value.is_ascii())?;
            Some((name.as_ref().to_ascii_lowercase(), value.to_owned()))
        };
        Self { status, headers: headers.into_iter().filter_map(text).collect(), body: body.into() }
    }

    /// A page for people, which no API answers: a captive portal's, for example.
    pub(crate) fn is_web_page(&self) -> bool {
        let is_html =
            self.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/html"));
        is_html || self.body.trim_ascii_start().starts_with(b"<")
    }

    /// A redirect to another host than the one that was asked, as captive portals send it.
    pub(crate) fn leads_elsewhere(&self, asked: &Url) -> bool {
        let location = self.header("location").filter(|_| (300..400).contains(&self.status));
        let target = location.and_then(|location| asked.join(location).ok());
        target.is_some_and(|target| target.host() != asked.host())
    }

    /// The value of the first header of this name (in small letters).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.url.path())
            .field("headers", &names)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(text) => write!(f, "Json({} bytes)", text.expose().len()),
            Self::Object { bytes, .. } => write!(f, "Object({} bytes)", bytes.len()),
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(..)")
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// HTTP on the network: TLS with the system's trust store, no redirects followed (a redirect would carry the
/// credentials elsewhere), no decompression (so no bombs), answers read up to their limit and no further.
///
/// The trust store is read for the first request and not before, as an app that starts has better things to do: it is a
/// hundred files and more.
#[derive(Clone)]
pub struct HttpTransport {
    is_loopback: bool,
    /// A project on this machine without TLS: nothing is trusted, and nothing needs to be.
    is_plain: bool,
    /// `None` where TLS cannot be set up.
    client: Arc<OnceCell<Option<reqwest::Client>>>,
}

impl HttpTransport {
    /// For one project. A project on this machine is reached without the system's proxy.
    #[must_use]
    pub fn new(project: &Project) -> Self {
        let is_plain = project.url().scheme() == "http";
        Self { is_loopback: project.is_loopback(), is_plain, client: Arc::default() }
    }

    /// The client; `None` where there can be none.
    async fn client(&self) -> Option<&reqwest::Client> {
        let (is_loopback, is_plain) = (self.is_loopback, self.is_plain);
        let connected = self.client.get_or_init(|| async move {
            // Reads files.
            tokio::task::spawn_blocking(move || client(is_loopback, is_plain)).await.ok().flatten()
        });
        connected.await.as_ref()
    }
}

/// Reads the trust store, unless `is_plain`.
fn client(is_loopback: bool, is_plain: bool) -> Option<reqwest::Client> {
    let builder = || {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_DEADLINE)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        if is_loopback { builder.no_proxy() } else { builder }
    };
    // A system without a list of trusted certificates trusts none: a project on this machine needs none either.
    let trusting = if is_plain { builder().tls_certs_only([]) } else { builder() };
    let client = trusting.build().or_else(|error| {
        tracing::error!(%error, "no trusted certificates can be read: no server is trusted over https");
        builder().tls_certs_only([]).build()
    });
    client.inspect_err(|error| tracing::error!(%error, "TLS cannot be set up: no request will be sent")).ok()
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpTransport")
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        if request.url.scheme() != "https" && !is_loopback(&request.url) {
            return Err(TransportError::Insecure);
        }
        let client = self.client().await.ok_or(TransportError::Unreachable)?;
        let limit = request.limit;
        let outgoing = outgoing(client, request)?;
        let answer = client.execute(outgoing).await.map_err(reason)?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Ok(Response::new(status, &headers, read(answer, limit).await?))
    }
}

fn outgoing(client: &reqwest::Client, request: Request) -> Result<reqwest::Request, TransportError> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client.request(method, request.url).timeout(request.deadline);
    for (name, value) in &request.headers {
        // A value that is no header (line breaks in a content type) cannot be sent.
        let mut value = reqwest::header::HeaderValue::from_str(value.expose())
            .map_err(|_| TransportError::Unreachable)?;
        // Keeps the value out of the logs of the libraries below.
        value.set_sensitive(true);
        builder = builder.header(&**name, value);
    }
    let builder = match request.body {
        Body::Empty => builder,
        Body::Json(text) => builder.body(text.expose().clone()),
        Body::Object { bytes, progress } => {
            builder.header("content-length", bytes.len()).body(in_pieces(bytes, progress))
        }
    };
    builder.build().map_err(reason)
}

/// A body that tells how much of it was taken.
fn in_pieces(bytes: Bytes, progress: Progress) -> reqwest::Body {
    let total = bytes.len() as u64;
    reqwest::Body::wrap_stream(stream::unfold(bytes, move |mut rest| {
        let piece = rest.split_to(rest.len().min(UPLOAD_CHUNK));
        let next = (!piece.is_empty()).then(|| {
            progress.tell(total - rest.len() as u64, total);
            (Ok::<_, std::io::Error>(piece), rest)
        });
        std::future::ready(next)
    }))
}

async fn read(mut answer: reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    if answer.content_length().is_some_and(|length| length > limit as u64) {
        return Err(TransportError::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(reason)? {
        if body.len() + piece.len() > limit {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// The library's error text names the URL with its query, so only its kind goes further.
fn reason(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::Timeout
    } else {
        certificate_problem(&error).map_or(TransportError::Unreachable, TransportError::Untrusted)
    }
}

/// The TLS library's own errors are not of a public type here, so their text has to tell. Some of them come with the
/// times and names that they are about, others bare, by the name of their variant; it depends on the system.
fn certificate_problem(error: &reqwest::Error) -> Option<CertificateProblem> {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let text = causes.map(ToString::to_string).find(|text| text.contains("peer certificate"))?;
    let text = text.to_ascii_lowercase().replace(' ', "");
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Some(if says(&["certificate:expired", "certificateexpired", "notvalidyet", "notyetvalid"]) {
        CertificateProblem::OutOfDate
    } else if says(&["notvalidforname"]) {
        CertificateProblem::OtherHost
    } else {
        CertificateProblem::UnknownIssuer
    })
}

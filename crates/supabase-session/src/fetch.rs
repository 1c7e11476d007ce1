//! Requests of a page that must not see a token: what supabase-js would send by itself goes through here, with the
//! page's credentials left out and the session's put in. Only the project's own data APIs are reached.

use std::fmt;

use bytes::Bytes;
use url::Url;

use crate::client::Client;
use crate::error::{HttpError, ServerCode};
use crate::http::transport::{Body, Method, OBJECT_DEADLINE, Progress, Request, Response};
use crate::project::Project;
use crate::secret::Secret;
use crate::session::authorized::Unsent;
use crate::state::State;

/// Largest body in bytes, sent or received. Hosted projects take objects of 50 MB unless their owner raises it.
pub const FETCH_LIMIT: usize = 64 << 20;

/// The APIs that a page may call. Not Auth's: it issues tokens.
const SERVICES: [&str; 3] = ["rest", "storage", "functions"];

/// Bytes of an address. Gateways take 8 KiB or less.
const LONGEST_ADDRESS: usize = 16 * 1024;

/// How often a path may be encoded over and over.
const DECODINGS: usize = 4;

/// Most headers of one request, and most bytes of their names and values. Browsers' servers take about as much.
const HEADER_COUNT: usize = 64;
const HEADER_BYTES: usize = 16 << 10;

/// Headers that are left out of a page's request: credentials, which are put in here, and those that browsers do not
/// let pages set (the Fetch standard's forbidden request headers).
const OWN_HEADERS: [&str; 29] = [
    "authorization",
    "apikey",
    "cookie",
    "cookie2",
    "proxy-authorization",
    "x-client-info",
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "date",
    "dnt",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
    "x-http-method-override",
];

/// How the names of further such headers begin.
const OWN_HEADER_BEGINNINGS: [&str; 3] = ["proxy-", "sec-", "x-forwarded-"];

/// Answer headers that a page sees although the server does not expose them: the Fetch standard's safelist, and what
/// supabase-js reads. (A server exposes others only in the answer to a request with an `Origin`.)
const SHOWN_HEADERS: [&str; 24] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
    "content-disposition",
    "content-location",
    "content-profile",
    "content-range",
    "date",
    "etag",
    "location",
    "preference-applied",
    "proxy-status",
    "range-unit",
    "retry-after",
    "sb-error-code",
    "sb-request-id",
    "x-region",
    "x-relay-error",
    "x-request-id",
    "x-sb-error-code",
];

/// Answer headers that a page never sees, whatever the server says.
const SECRET_HEADERS: [&str; 6] =
    ["authorization", "apikey", "proxy-authorization", "set-cookie", "set-cookie2", "cookie"];

/// A request as a page makes it. `Debug` shows neither its query nor its headers' values nor its body.
#[derive(Clone, Default)]
pub struct FetchRequest {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`, in capitals.
    pub method: String,
    /// The whole address, on the project's own origin and below `/rest/v1`, `/storage/v1` or `/functions/v1`.
    pub url: String,
    /// Names and values. Credentials among them are left out.
    pub headers: Vec<(String, String)>,
    /// What is sent along, up to [`FETCH_LIMIT`].
    pub body: Option<Bytes>,
}

/// An answer as a page may see it, whatever its status. `Debug` shows its status and size only.
#[derive(Clone)]
pub struct FetchResponse {
    /// The HTTP status, from 200 to 599 and no redirect.
    pub status: u16,
    /// The headers that a browser shows to a page of another origin, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Bytes,
}

/// Why there is no answer for the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Another origin, another API of the project (Auth's among them), or an address that servers may read in more than
    /// one way. Nothing was sent.
    #[error("only the project's own /rest/v1, /storage/v1 and /functions/v1 can be asked")]
    AddressRefused,
    /// Not a method of these APIs, or a body with one that has none. Nothing was sent.
    #[error("this method cannot be sent")]
    MethodRefused,
    /// Not a header, or too many of them. Nothing was sent.
    #[error("the headers cannot be sent")]
    HeadersRefused,
    /// The body is larger than [`FETCH_LIMIT`]. Nothing was sent.
    #[error("the body is larger than 64 MiB")]
    BodyTooLarge,
    /// The answer is a redirect. It was not followed, because the credentials would go to where it leads.
    #[error("the answer is a redirect, which is not followed")]
    Redirected,
    /// The answer contains the access token, so the page does not get it.
    #[error("the answer repeats the access token")]
    RepeatsToken,
    /// The stored session cannot be read yet, for example as the keychain is locked. Nothing was sent: who asks is not known.
    #[error("the session cannot be read yet")]
    NotRestored,
    /// The session ended while the request was under way.
    #[error("nobody is signed in any more")]
    SignedOut,
    /// The server refused to give a token.
    #[error("the server refused to refresh the session ({0})")]
    RefreshRefused(ServerCode),
    /// No whole answer.
    #[error(transparent)]
    Http(#[from] HttpError),
}

impl Client {
    /// Sends a request to the project's tables, objects or functions for a page that must not see a token. Whoever is
    /// signed in sends it, otherwise anybody, as supabase-js does. Dropping the future aborts the request.
    ///
    /// A token that a service refuses is replaced by a new one, and the request is sent once more. A function is never
    /// run twice for that: only a refusal that carries the mark of the gateway before the functions (the header
    /// `sb-error-code: UNAUTHORIZED_..`) counts, and every other 401 of a function is its answer. The answer is given
    /// as it is, errors of the API included.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let authorized = &self.inner.authorized;
        let request = outgoing(request, self.project(), &authorized.gateway.client_info)?;
        let (response, token) = match self.restore().await {
            State::SignedIn(_) => {
                let (response, bearer) = authorized.exchange(request).await?;
                (response, Some(bearer.token))
            }
            State::Restoring => return Err(FetchError::NotRestored),
            State::SignedOut(_) => {
                let key = Secret::from(self.project().key());
                (authorized.gateway.exchange_as(request, &key).await?, None)
            }
        };
        incoming(response, token.as_ref())
    }
}

/// The request with the page's credentials left out. The session's bearer is still to come.
fn outgoing(request: FetchRequest, project: &Project, client_info: &str) -> Result<Request, FetchError> {
    let method = method(&request.method)?;
    let address = address(&request.url, project)?;
    let mut outgoing =
        Request::new(method, address).header("apikey", project.key()).header("x-client-info", client_info);
    outgoing.deadline = OBJECT_DEADLINE;
    outgoing.limit = FETCH_LIMIT;
    for (name, value) in headers(request.headers)? {
        outgoing = outgoing.header(name, value);
    }
    match request.body {
        Some(_) if matches!(method, Method::Get | Method::Head) => return Err(FetchError::MethodRefused),
        Some(bytes) if bytes.len() > FETCH_LIMIT => return Err(FetchError::BodyTooLarge),
        Some(bytes) => outgoing.body = Body::Object { bytes, progress: Progress::new(|_, _| {}) },
        None => {}
    }
    Ok(outgoing)
}

fn method(name: &str) -> Result<Method, FetchError> {
    match name {
        "GET" => Ok(Method::Get),
        "HEAD" => Ok(Method::Head),
        "POST" => Ok(Method::Post),
        "PUT" => Ok(Method::Put),
        "PATCH" => Ok(Method::Patch),
        "DELETE" => Ok(Method::Delete),
        _ => Err(FetchError::MethodRefused),
    }
}

/// The address on the project's own origin, below one of the [`SERVICES`].
///
/// An address counts only if it is written as it is read: a parser of URLs takes a backslash for a slash, leaves out
/// control characters and goes up at `..`, and the servers behind the project's gateway may do so once more, or
/// otherwise.
fn address(text: &str, project: &Project) -> Result<Url, FetchError> {
    if text.len() > LONGEST_ADDRESS {
        return Err(FetchError::AddressRefused);
    }
    let (authority, path) = written(text).ok_or(FetchError::AddressRefused)?;
    let url = Url::parse(text).map_err(|_| FetchError::AddressRefused)?;
    let has_user = authority.contains('@') || !url.username().is_empty() || url.password().is_some();
    let is_elsewhere = authority.is_empty() || url.origin() != project.url().origin();
    if has_user || is_elsewhere || !is_unambiguous(path) {
        return Err(FetchError::AddressRefused);
    }
    let base = project.url().path().trim_end_matches('/');
    let endpoint = url.path().strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
    let endpoint = endpoint.filter(|endpoint| is_of_service(endpoint)).ok_or(FetchError::AddressRefused)?;
    let mut address = project.endpoint(endpoint);
    address.set_query(url.query());
    Ok(address)
}

/// Authority and path of an absolute URL as they are written; `None` where there is none, or a character that no URL
/// has.
fn written(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let is_plain = text.chars().all(|c| c.is_ascii_graphic() || !c.is_ascii()) && !rest.contains('\\');
    is_plain.then(|| rest.split_at(rest.find('/').unwrap_or(rest.len())))
}

/// Whether the endpoint is `rest/v1` or lies below it, and so on for each service.
fn is_of_service(endpoint: &str) -> bool {
    let mut segments = endpoint.split('/');
    let (service, version) = (segments.next().unwrap_or_default(), segments.next());
    SERVICES.contains(&service) && version == Some("v1")
}

/// Whether every server reads this path in the same way, however often it decodes it: no dot segments, no empty ones
/// (but at the end), no backslashes, no control characters. One that is encoded more often than [`DECODINGS`] is none.
fn is_unambiguous(path: &str) -> bool {
    let mut bytes = path.as_bytes().to_vec();
    for _ in 0..=DECODINGS {
        let segments: Vec<&[u8]> = bytes.split(|byte| *byte == b'/').collect();
        let inner = segments.len().saturating_sub(1);
        let is_empty = segments.iter().take(inner).skip(1).any(|segment| segment.is_empty());
        let has_dots = segments.iter().any(|segment| matches!(*segment, b"." | b".."));
        if is_empty || has_dots || bytes.iter().any(|byte| *byte == b'\\' || byte.is_ascii_control()) {
            return false;
        }
        match decoded(&bytes) {
            Some(once_more) => bytes = once_more,
            None => return true,
        }
    }
    false
}

/// The bytes with their percent encodings decoded; `None` when there are none.
fn decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let digit =
        |at: usize| char::from(*bytes.get(at)?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high * 16 + low);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    (decoded.len() < bytes.len()).then_some(decoded)
}

/// The headers that the page may send, names in small letters.
fn headers(given: Vec<(String, String)>) -> Result<Vec<(String, String)>, FetchError> {
    let size: usize = given.iter().map(|(name, value)| name.len() + value.len()).sum();
    if given.len() > HEADER_COUNT || size > HEADER_BYTES {
        return Err(FetchError::HeadersRefused);
    }
    let mut kept = Vec::with_capacity(given.len());
    for (name, value) in given {
        if !is_header_name(&name) || !is_header_value(&value) {
            return Err(FetchError::HeadersRefused);
        }
        let name = name.to_ascii_lowercase();
        let is_own = OWN_HEADERS.contains(&name.as_str())
            || OWN_HEADER_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
        if !is_own {
            kept.push((name, value));
        }
    }
    Ok(kept)
}

/// RFC 9110 section 5.6.2: a token.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// RFC 9110 section 5.5, ASCII only: supabase-js encodes what is not.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
}

/// The answer as the page may see it. `token`: the one that was sent.
fn incoming(response: Response, token: Option<&Secret<String>>) -> Result<FetchResponse, FetchError> {
    match response.status {
        301 | 302 | 303 | 307 | 308 => return Err(FetchError::Redirected),
        200..=599 => {}
        _ => return Err(HttpError::NotSupabase.into()),
    }
    let exposed = exposed(&response);
    let is_shown = |name: &str| {
        let by_server = exposed.iter().any(|exposed| exposed == name || exposed == "*");
        !SECRET_HEADERS.contains(&name) && (SHOWN_HEADERS.contains(&name) || by_server)
    };
    let headers: Vec<(String, String)> =
        response.headers.into_iter().filter(|(name, _)| is_shown(name)).collect();
    if token.is_some_and(|token| repeats(token, &headers, &response.body)) {
        return Err(FetchError::RepeatsToken);
    }
    Ok(FetchResponse { status: response.status, headers, body: response.body })
}

/// What the server names in `Access-Control-Expose-Headers`, in small letters.
fn exposed(response: &Response) -> Vec<String> {
    let lists = response.headers.iter().filter(|(name, _)| name == "access-control-expose-headers");
    lists.flat_map(|(_, list)| list.split(',')).map(|name| name.trim().to_ascii_lowercase()).collect()
}

/// Whether the token stands in what the page would see: a function of the project's may answer with what it was sent.
fn repeats(token: &Secret<String>, headers: &[(String, String)], body: &[u8]) -> bool {
    let token = token.expose();
    // Of a JWT the signature alone, without which the rest is of no use.
    let sought = token.rsplit_once('.').map_or(token.as_str(), |(_, signature)| signature).as_bytes();
    let is_in = |place: &[u8]| {
        place.windows(sought.len()).any(|window| window.first() == sought.first() && window == sought)
    };
    !sought.is_empty() && (is_in(body) || headers.iter().any(|(_, value)| is_in(value.as_bytes())))
}

impl From<Unsent> for FetchError {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::SignedOut => Self::SignedOut,
            Unsent::Http(error) => Self::Http(error),
            Unsent::Refused(code) | Unsent::TokenRefused(code) => Self::RefreshRefused(code),
        }
    }
}

impl fmt::Debug for FetchRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.body.as_ref().map_or(0, Bytes::len);
        write!(f, "FetchRequest({}, {} headers, {size} bytes)", self.method, self.headers.len())
    }
}

impl fmt::Debug for FetchResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FetchResponse({}, {} bytes)", self.status, self.body.len())
    }
}

//! The fetch itself: names are resolved and checked, redirects followed by hand, the answer read up to its limit.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, LOCATION, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Response, StatusCode};
use tokio::time::timeout;
use url::Url;

use crate::address::{AddressError, checked_address};
use crate::range::is_public;

/// The redirects that are followed. Pictures of providers have one or none.
pub const MOST_REDIRECTS: usize = 3;

/// Who asks, for the logs of servers: it says nothing of the person, nor of the app.
const NAME: &str = concat!("public-fetch/", env!("CARGO_PKG_VERSION"));

/// Longest time until a connection stands.
const CONNECT_DEADLINE: Duration = Duration::from_secs(10);

/// How names become addresses, and how addresses are reached. A trait, so that tests have names of their own.
#[async_trait]
pub trait Network: Send + Sync {
    /// The addresses of a host's name.
    ///
    /// # Errors
    /// When the name cannot be resolved.
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;

    /// Where the server with this address is reached, which has been checked. Port 0 stands for that of `https`.
    fn route(&self, address: IpAddr) -> SocketAddr {
        SocketAddr::new(address, 0)
    }
}

/// The network as the system sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNetwork;

#[async_trait]
impl Network for SystemNetwork {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 443)).await?.map(|address| address.ip()).collect())
    }
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address, or one that it redirects to, is not asked.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Its name leads to an address that is not of the public internet. Nothing was sent.
    #[error("the name leads to an address that is not of the public internet")]
    PrivateAddress,
    /// More redirects than [`MOST_REDIRECTS`], or one to nowhere.
    #[error("the address redirects too often, or to nowhere")]
    Redirect,
    /// The server answers with this status instead of a file.
    #[error("the server answers with status {0}")]
    Status(u16),
    /// The file is larger than the limit.
    #[error("the file is too large")]
    TooLarge,
    /// The server cannot be reached, is not trusted, or broke off.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The file was not there before the deadline.
    #[error("the file was not there in time")]
    Timeout,
}

impl FetchError {
    /// Whether the same address may have a file later on. A name that leads to a private address may be one that a
    /// network's sign-in page has caught.
    #[must_use]
    pub fn is_passing(self) -> bool {
        match self {
            Self::PrivateAddress | Self::Unreachable | Self::Timeout => true,
            Self::Status(status) => matches!(status, 408 | 425 | 429 | 500..),
            Self::Address(_) | Self::Redirect | Self::TooLarge => false,
        }
    }

    /// Whether the server says that there is no such file (any more).
    #[must_use]
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Status(404 | 410))
    }
}

/// Fetches files from the public internet. Clones share everything.
#[derive(Clone)]
pub struct PublicFetcher {
    client: Option<Client>,
}

impl PublicFetcher {
    /// With the system's names and trusted certificates.
    #[must_use]
    pub fn new() -> Self {
        Self::build(Arc::new(SystemNetwork), |client| client)
    }

    /// With these names, and trusting these certificates alone. For tests.
    #[must_use]
    pub fn on(network: Arc<dyn Network>, trusted: Vec<Certificate>) -> Self {
        Self::build(network, |client| client.tls_certs_only(trusted))
    }

    fn build(network: Arc<dyn Network>, trust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let builder = Client::builder()
            .dns_resolver(Arc::new(Checked(network)))
            // A proxy would resolve the name itself, and could not be told what it must not reach.
            .no_proxy()
            .https_only(true)
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(CONNECT_DEADLINE)
            // The next fetch is checked anew.
            .pool_max_idle_per_host(0);
        let client = trust(builder).build();
        if let Err(error) = &client {
            tracing::error!(%error, "TLS cannot be set up: nothing will be fetched");
        }
        Self { client: client.ok() }
    }

    /// The file at this address: at most `limit` bytes, whole before `deadline` is over. Dropping the future aborts the
    /// request.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn get(&self, address: &str, limit: usize, deadline: Duration) -> Result<Bytes, FetchError> {
        let client = self.client.as_ref().ok_or(FetchError::Unreachable)?;
        timeout(deadline, follow(client, address, limit)).await.unwrap_or(Err(FetchError::Timeout))
    }
}

impl Default for PublicFetcher {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for PublicFetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicFetcher")
    }
}

async fn follow(client: &Client, address: &str, limit: usize) -> Result<Bytes, FetchError> {
    let mut url = checked_address(address)?;
    for _ in 0..=MOST_REDIRECTS {
        let answer = ask(client, url.clone()).await?;
        match answer.status() {
            StatusCode::OK => return read(answer, limit).await,
            status if status.is_redirection() => {
                let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
                url = next(&url, location)?;
            }
            status => return Err(FetchError::Status(status.as_u16())),
        }
    }
    Err(FetchError::Redirect)
}

/// Where a redirect leads to.
fn next(from: &Url, location: Option<&str>) -> Result<Url, FetchError> {
    let target = location.and_then(|location| from.join(location).ok()).ok_or(FetchError::Redirect)?;
    Ok(checked_address(target.as_str())?)
}

async fn ask(client: &Client, url: Url) -> Result<Response, FetchError> {
    // Some servers refuse requests without a name.
    let request = client.get(url).header(ACCEPT, "image/*").header(USER_AGENT, NAME);
    request.send().await.map_err(|error| reason(&error))
}

async fn read(mut answer: Response, limit: usize) -> Result<Bytes, FetchError> {
    if answer.content_length().is_some_and(|length| length > limit as u64) {
        return Err(FetchError::TooLarge);
    }
    let mut file = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| reason(&error))? {
        if file.len() + piece.len() > limit {
            return Err(FetchError::TooLarge);
        }
        file.extend_from_slice(&piece);
    }
    Ok(file.freeze())
}

/// The library's error text names the address with its query, so only its kind goes further.
fn reason(error: &reqwest::Error) -> FetchError {
    let mut causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    if causes.any(|cause| cause.is::<NotPublic>()) {
        FetchError::PrivateAddress
    } else if error.is_timeout() {
        FetchError::Timeout
    } else {
        FetchError::Unreachable
    }
}

/// Hands a connection only addresses of the public internet: those that the name has at this moment. The connection goes
/// to one of them, and the name is not resolved once more for it.
struct Checked(Arc<dyn Network>);

/// One of a name's addresses is not of the public internet.
#[derive(Debug, thiserror::Error)]
#[error("an address of this name is not of the public internet")]
struct NotPublic;

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let network = Arc::clone(&self.0);
        Box::pin(async move {
            let found = network.addresses(name.as_str()).await?;
            // One private address among public ones is how a name leads to a private one at the second try.
            if !found.iter().all(|address| is_public(*address)) {
                return Err(NotPublic.into());
            }
            let routes: Vec<SocketAddr> = found.into_iter().map(|address| network.route(address)).collect();
            Ok(Box::new(routes.into_iter()) as Addrs)
        })
    }
}

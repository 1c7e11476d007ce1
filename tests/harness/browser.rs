//! The person's browser, as far as it matters: it follows redirects, agrees at the stand-in provider, and leaves links
//! of other schemes to the desktop.

use reqwest::{Client, redirect};
use url::Url;

use crate::fault::{Fault, Outcome};

/// More redirects than this are a loop.
const REDIRECTS: usize = 10;

/// A browser without a window.
#[derive(Debug)]
pub struct Browser {
    http: Client,
}

/// What a page showed in the end.
#[derive(Debug)]
pub enum Shown {
    /// A page: its address, status and text.
    Page {
        /// Its address.
        url: Url,
        /// Its HTTP status.
        status: u16,
        /// Its text.
        text: String,
    },
    /// A link of another scheme, which the desktop opens.
    Link(String),
}

impl Browser {
    /// A new browser, without cookies.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> Outcome<Self> {
        Ok(Self { http: Client::builder().redirect(redirect::Policy::none()).no_proxy().build()? })
    }

    /// Opens an address and follows where it leads.
    ///
    /// # Errors
    /// When a server does not answer.
    pub async fn open(&self, address: &str) -> Outcome<Shown> {
        let mut url = Url::parse(address)?;
        for _ in 0..REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") {
                return Ok(Shown::Link(url.into()));
            }
            let answer = self.http.get(url.clone()).send().await?;
            let location = answer.headers().get("location").and_then(|location| location.to_str().ok());
            match location.map(|location| url.join(location)) {
                Some(next) => url = next?,
                None => {
                    let status = answer.status().as_u16();
                    return Ok(Shown::Page { url, status, text: answer.text().await? });
                }
            }
        }
        Err(Fault::new(format!("{address} leads round and round")))
    }

    /// Sends a text to an address as its own page does, and answers what comes back.
    ///
    /// # Errors
    /// When the server does not answer, or refuses.
    pub async fn send(&self, address: &str, text: &str) -> Outcome<String> {
        let origin = Url::parse(address)?.origin().ascii_serialization();
        let answer = self.http.post(address).header("origin", origin).body(text.to_owned()).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if status.is_success() { Ok(text) } else { Err(Fault::new(format!("{address}: {status} {text}"))) }
    }

    /// Opens an address that leads to the provider's consent page, and decides there as a person with this address.
    ///
    /// # Errors
    /// When it leads elsewhere.
    pub async fn decide(&self, address: &str, email: &str, agrees: bool) -> Outcome<Shown> {
        let Shown::Page { url, text, .. } = self.open(address).await? else {
            return Err(Fault::new(format!("{address} led to no page")));
        };
        let hidden =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let (Some(redirect_uri), Some(state)) = (hidden("redirect_uri"), hidden("state")) else {
            return Err(Fault::new(format!("{url} is no consent page: {text}")));
        };
        let decision = if agrees { "authorize" } else { "cancel" };
        let form = [
            ("redirect_uri", redirect_uri.as_str()),
            ("state", &state),
            ("login", "octocat"),
            ("name", "Octo Cat"),
            ("email", email),
            ("verified", "true"),
            ("decision", decision),
        ];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let posted = self.http.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
        let answer = posted.body(body).send().await?;
        let location = answer.headers().get("location").and_then(|location| location.to_str().ok());
        let location = location.ok_or_else(|| Fault::new("the provider sends nobody back"))?;
        self.open(url.join(location)?.as_str()).await
    }
}

impl Shown {
    /// The link that is the desktop's business.
    ///
    /// # Errors
    /// When a page was shown instead.
    pub fn link(self) -> Outcome<String> {
        match self {
            Self::Link(link) => Ok(link),
            Self::Page { url, status, text } => {
                Err(Fault::new(format!("{url} showed a page ({status}): {text}")))
            }
        }
    }

    /// The page's text.
    ///
    /// # Errors
    /// When a link was opened instead.
    pub fn page(self) -> Outcome<String> {
        match self {
            Self::Page { text, .. } => Ok(text),
            Self::Link(link) => Err(Fault::new(format!("{link} was opened instead of a page"))),
        }
    }
}

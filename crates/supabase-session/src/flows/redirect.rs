//! Where links lead back to. Which link belongs to which flow is decided in `auth/callback.rs`.

use url::Url;

use crate::secret::Secret;

/// Where links lead back to, and whether they say which flow they belong to. Which form a project lets through is
/// found out with [`Client::probe_redirect`](crate::Client::probe_redirect).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    url: Url,
    carries_flow: bool,
}

impl Redirect {
    /// Links come back with `flow=<nonce>` in their query: several flows may wait at once, and a link that does not
    /// carry the nonce of one of them does nothing. The project's list of redirect URLs must let the query through
    /// (an entry that ends in `*`); a loopback address (`http://127.0.0.1:<port>/...`) needs no entry.
    #[must_use]
    pub fn with_flow(url: Url) -> Self {
        Self { url, carries_flow: true }
    }

    /// Links come back to the URL just as it is, for a project that lets nothing else through. They do not say which
    /// flow they belong to, so one such flow waits at a time: beginning another ends it. That a code is this flow's is
    /// proven by PKCE alone (the server refuses the verifier for any other). An error proves nothing: whoever makes
    /// somebody open a link with one ends the flow, and can do no more than that.
    #[must_use]
    pub fn bare(url: Url) -> Self {
        Self { url, carries_flow: false }
    }

    /// The URL, without a nonce.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether links say which flow they belong to.
    #[must_use]
    pub fn carries_flow(&self) -> bool {
        self.carries_flow
    }

    /// What a link to it begins with.
    pub(crate) fn base(&self) -> &str {
        redirect_base(self.url.as_str())
    }

    /// What the server is told for the flow of this nonce.
    pub(crate) fn for_flow(&self, nonce: &Secret<String>) -> Url {
        let mut url = self.url.clone();
        if self.carries_flow {
            url.query_pairs_mut().append_pair("flow", nonce.expose());
        }
        url
    }
}

/// A link up to its query: what has to be our redirect URL, to the letter. Text, because a URL parser forgives case,
/// dots, control characters and default ports.
pub(crate) fn redirect_base(link: &str) -> &str {
    link.split(['?', '#']).next().unwrap_or_default()
}

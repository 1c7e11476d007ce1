//! What the parser needs to know of the web server on this machine: its address.

use url::{Host, Url};

/// As the plugin has it.
pub(crate) struct Loopback;

impl Loopback {
    /// Whether this is the address of such a server.
    pub(crate) fn is_address(url: &Url) -> bool {
        let is_here = matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback());
        url.scheme() == "http" && is_here && url.port().is_some() && url.path() == "/auth/callback"
    }
}

//! Which addresses may be asked, as far as their text tells.

use std::net::IpAddr;

use url::{Host, Url};

use crate::range::is_public;

/// What browsers take as an address at most, in bytes.
pub const LONGEST_ADDRESS: usize = 2048;

/// Names that are never of the public internet: this machine, local networks, what is resolved by other means, and what
/// is reserved for tests (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476). Hosts of one word are not either.
const PRIVATE_ENDINGS: [&str; 12] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "onion",
    "alt",
    "test",
    "invalid",
    "in-addr.arpa",
];

/// Why an address is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address, too long, or of no `https` server.
    #[error("not an https address")]
    NotHttps,
    /// A user name or a password stands in it.
    #[error("credentials stand in the address")]
    Credentials,
    /// It names another port than that of `https`.
    #[error("another port than that of https")]
    Port,
    /// Its host is of this machine, of a local network, or of a range that is not of the public internet.
    #[error("the host is not of the public internet")]
    Private,
}

/// The address as it is asked: in the form that browsers give it (`https://0x7f.1` is 127.0.0.1 there), without its
/// fragment and without a dot at the end of its host.
///
/// # Errors
/// See [`AddressError`].
pub fn checked_address(text: &str) -> Result<Url, AddressError> {
    if text.len() > LONGEST_ADDRESS {
        return Err(AddressError::NotHttps);
    }
    let mut url = Url::parse(text).map_err(|_| AddressError::NotHttps)?;
    if url.scheme() != "https" {
        return Err(AddressError::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    // The parser leaves the scheme's own port out.
    if url.port().is_some() {
        return Err(AddressError::Port);
    }
    let name = match url.host() {
        Some(Host::Ipv4(address)) => return public(url, address.into()),
        Some(Host::Ipv6(address)) => return public(url, address.into()),
        Some(Host::Domain(name)) => name.strip_suffix('.').unwrap_or(name).to_owned(),
        None => return Err(AddressError::NotHttps),
    };
    if !is_public_name(&name) {
        return Err(AddressError::Private);
    }
    url.set_host(Some(&name)).map_err(|_| AddressError::NotHttps)?;
    url.set_fragment(None);
    Ok(url)
}

fn public(mut url: Url, address: IpAddr) -> Result<Url, AddressError> {
    url.set_fragment(None);
    if is_public(address) { Ok(url) } else { Err(AddressError::Private) }
}

/// Names are in small letters here, and in ASCII.
fn is_public_name(name: &str) -> bool {
    let ends_with = |ending: &str| {
        name.strip_suffix(ending).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    name.contains('.')
        && !name.split('.').any(str::is_empty)
        && !PRIVATE_ENDINGS.iter().any(|ending| ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_public_internet_is_asked_in_its_usual_form() {
        for (text, asked) in [
            ("https://pictures.example.com/a.png", "https://pictures.example.com/a.png"),
            ("HTTPS://Pictures.EXAMPLE.com:443/a.png#face", "https://pictures.example.com/a.png"),
            ("https://pictures.example.com./a", "https://pictures.example.com/a"),
            (" https://pictures.example.com/a\n", "https://pictures.example.com/a"),
            (
                "https://lh3.googleusercontent.com/a/AbC=s96-c",
                "https://lh3.googleusercontent.com/a/AbC=s96-c",
            ),
            (
                "https://avatars.githubusercontent.com/u/1?v=4",
                "https://avatars.githubusercontent.com/u/1?v=4",
            ),
            ("https://bücher.example.com/ä", "https://xn--bcher-kva.example.com/%C3%A4"),
            ("https://93.184.216.34/a", "https://93.184.216.34/a"),
            ("https://0x5DB8D822/a", "https://93.184.216.34/a"),
            ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
            ("https://notlocalhost.example.com/", "https://notlocalhost.example.com/"),
            ("https://localhost.example.com/", "https://localhost.example.com/"),
        ] {
            assert_eq!(checked_address(text).map(String::from).as_deref(), Ok(asked), "{text}");
        }
    }

    #[test]
    fn all_others_are_refused_before_anything_is_sent() {
        use AddressError::{Credentials, NotHttps, Port, Private};

        let long = format!("https://pictures.example.com/{}", "a".repeat(LONGEST_ADDRESS));
        for (text, reason) in [
            ("", NotHttps),
            ("a.png", NotHttps),
            ("/a.png", NotHttps),
            ("../x", NotHttps),
            ("//pictures.example.com/a", NotHttps),
            ("http://pictures.example.com/a", NotHttps),
            ("ftp://pictures.example.com/a", NotHttps),
            ("file:///etc/passwd", NotHttps),
            ("data:image/png;base64,AAAA", NotHttps),
            ("javascript:alert(1)", NotHttps),
            ("avatar://localhost/current/1", NotHttps),
            ("https://", NotHttps),
            ("https://%00/", NotHttps),
            ("https://a b.example.com/", NotHttps),
            ("https://1.2.3.4.5/", NotHttps),
            ("https://256.256.256.256/", NotHttps),
            (&long, NotHttps),
            ("https://ada@pictures.example.com/", Credentials),
            ("https://ada:secret@pictures.example.com/", Credentials),
            ("https://:secret@pictures.example.com/", Credentials),
            ("https://pictures.example.com@127.0.0.1/", Credentials),
            ("https://pictures.example.com:8443/", Port),
            ("https://pictures.example.com:80/", Port),
            ("https://127.0.0.1:22/", Port),
            // This machine and its neighbours, in all the forms that browsers take.
            ("https://127.0.0.1/", Private),
            ("https://127.1/", Private),
            ("https://2130706433/", Private),
            ("https://0x7f000001/", Private),
            ("https://0x7f.1/", Private),
            ("https://0177.0.0.1/", Private),
            ("https://017700000001/", Private),
            ("https://127.0.0.1./", Private),
            ("https://①②⑦.⓪.⓪.①/", Private),
            ("https://１２７.0.0.1/", Private),
            ("https://127。0。0。1/", Private),
            ("https://%31%32%37.0.0.1/", Private),
            ("https://0/", Private),
            ("https://0.0.0.0/", Private),
            ("https://10.0.0.1/", Private),
            ("https://100.64.0.1/", Private),
            ("https://169.254.169.254/latest/meta-data/", Private),
            ("https://0xa9fea9fe/", Private),
            ("https://172.16.0.1/", Private),
            ("https://192.168.0.1/", Private),
            ("https://224.0.0.251/", Private),
            ("https://255.255.255.255/", Private),
            ("https://[::1]/", Private),
            ("https://[::]/", Private),
            ("https://[0:0:0:0:0:0:0:1]/", Private),
            ("https://[::ffff:127.0.0.1]/", Private),
            ("https://[::ffff:7f00:1]/", Private),
            ("https://[::127.0.0.1]/", Private),
            ("https://[64:ff9b::7f00:1]/", Private),
            ("https://[fe80::1]/", Private),
            ("https://[fd00::1]/", Private),
            ("https://[ff02::1]/", Private),
            ("https://localhost/", Private),
            ("https://localhost./", Private),
            ("https://LOCALHOST/", Private),
            ("https://ｌｏｃａｌｈｏｓｔ/", Private),
            ("https://ada.localhost/", Private),
            ("https://router/", Private),
            ("https://router./", Private),
            ("https://nas.local/", Private),
            ("https://metadata.google.internal/", Private),
            ("https://fritz.lan/", Private),
            ("https://printer.home.arpa/", Private),
            ("https://pictures.example.com../", Private),
            ("https://.example.com/", Private),
        ] {
            assert_eq!(checked_address(text), Err(reason), "{text}");
        }
    }
}

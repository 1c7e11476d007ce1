//! Which project is talked to: its URL and its public key, checked once. No I/O.

use sha2::{Digest, Sha256};
use url::{Host, Url};

use crate::jwt::{access_token, claims};
use crate::secret::Secret;

/// A Supabase project: where it is and the key that an app may carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    url: Url,
    key: String,
}

/// Why a URL or a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    /// Not a URL of a server (or one with user, query or fragment).
    #[error("this is not the URL of a project")]
    UrlInvalid,
    /// `http` is accepted for this machine only.
    #[error("the URL must begin with https:// (http is accepted for this machine only)")]
    UrlInsecure,
    /// Neither a publishable key nor a JWT of the role `anon`.
    #[error("this is not a publishable or anon key")]
    KeyInvalid,
    /// `sb_secret_...`, or a JWT whose role is `service_role`. It passes every policy and must never be in an app.
    #[error("this is a secret key, which must never be in an app")]
    KeySecret,
}

impl Project {
    /// Checks both parts. The URL may end in a slash; a path in it is kept (self-hosted behind a prefix).
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn new(url: &str, key: &str) -> Result<Self, ProjectError> {
        Ok(Self { url: checked_url(url.trim())?, key: checked_key(key.trim())? })
    }

    /// The URL, without a slash at the end of its path where it has one.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The publishable or anon key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether the server is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// What tells this project from every other: scheme, host, port and path of its URL, without a slash at the end.
    /// The URL's own rules apply: a host in capitals or the scheme's own port make no other project, a path in capitals
    /// does.
    #[must_use]
    pub fn address(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// What every key of this project in a store begins with, and no key of another project.
    ///
    /// A project at `https://<ref>.supabase.co` is the only one with its first host label, and its keys are named as
    /// supabase-js names them: `sb-<ref>`. Other hosts may have several projects with the same label (`api.`,
    /// `supabase.`, the ports of one machine), so a hash of the [`address`](Self::address) follows it: `sb-<first host
    /// label>-<16 hex digits>`.
    #[must_use]
    pub fn store_key_prefix(&self) -> String {
        let prefix = self.supabase_js_key_prefix();
        if self.is_hosted() {
            return prefix;
        }
        let hash = Sha256::digest(self.address());
        hash.iter().take(8).fold(prefix + "-", |name, byte| name + &format!("{byte:02x}"))
    }

    /// What supabase-js begins the names of its keys with: `sb-<first host label>`.
    pub(crate) fn supabase_js_key_prefix(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        format!("sb-{}", host.split('.').next().unwrap_or_default())
    }

    /// Whether Supabase hosts the project, under a name that no other project has.
    fn is_hosted(&self) -> bool {
        let label = self.url.host_str().and_then(|host| host.strip_suffix(".supabase.co"));
        label.is_some_and(|label| !label.contains('.')) && self.address().ends_with(".supabase.co")
    }

    /// Whether a session that lies under a name which projects may share (supabase-js's) can be this project's: not
    /// when its access token names the Auth server of another one (`iss`). A token that names none, or something that
    /// is no web address, may be this project's; a text that is no session is no project's.
    #[must_use]
    pub fn may_have_issued(&self, stored_session: &Secret<String>) -> bool {
        let Some(access_token) = access_token(stored_session) else { return false };
        self.has_issued(&access_token).unwrap_or(true)
    }

    /// Whether an access token names this project's Auth server as the one that has issued it; `None` when it names none
    /// (a self-hosted server that was not told its own address). Nothing is verified.
    pub(crate) fn has_issued(&self, access_token: &Secret<String>) -> Option<bool> {
        issuer(access_token).map(|issuer| self.is_at(&issuer))
    }

    /// Whether an issuer's address is that of this project's Auth server.
    fn is_at(&self, issuer: &Url) -> bool {
        let here = is_loopback(issuer) && is_loopback(&self.url);
        let same_host = issuer.host() == self.url.host() || here;
        let same_port = issuer.port_or_known_default() == self.url.port_or_known_default();
        let base = self.url.path().trim_end_matches('/');
        let path = issuer.path().trim_end_matches('/');
        let same_path = path == base || path.strip_suffix("/auth/v1").is_some_and(|path| path == base);
        issuer.scheme() == self.url.scheme() && same_host && same_port && same_path
    }

    /// The URL of an endpoint. `path` begins without a slash and is already encoded.
    pub(crate) fn endpoint(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}"));
        url
    }
}

/// Whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        // Not `*.localhost`: what a resolver answers for such a name is up to the network it asks.
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn checked_url(text: &str) -> Result<Url, ProjectError> {
    let url = Url::parse(text).map_err(|_| ProjectError::UrlInvalid)?;
    if url.host_str().is_none_or(str::is_empty) || !url.username().is_empty() || url.password().is_some() {
        return Err(ProjectError::UrlInvalid);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(ProjectError::UrlInvalid);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(ProjectError::UrlInsecure),
        _ => Err(ProjectError::UrlInvalid),
    }
}

fn checked_key(key: &str) -> Result<String, ProjectError> {
    if key.starts_with("sb_secret_") {
        return Err(ProjectError::KeySecret);
    }
    let printable = !key.is_empty() && key.len() <= 2048 && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !printable {
        return Err(ProjectError::KeyInvalid);
    }
    if key.starts_with("sb_publishable_") {
        return Ok(key.to_owned());
    }
    match jwt_role(key).as_deref() {
        Some("anon") => Ok(key.to_owned()),
        Some("service_role" | "supabase_admin") => Err(ProjectError::KeySecret),
        Some(_) | None => Err(ProjectError::KeyInvalid),
    }
}

/// The Auth server that an access token names (`iss`), where that is a web address.
fn issuer(access_token: &Secret<String>) -> Option<Url> {
    let claims = claims(access_token.expose())?;
    Url::parse(claims.get("iss")?.as_str()?).ok().filter(Url::has_host)
}

/// The `role` claim of a legacy key, unverified: it only decides whether we refuse to carry it.
fn jwt_role(key: &str) -> Option<String> {
    if key.split('.').count() != 3 {
        return None;
    }
    claims(key)?.get("role")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn jwt(role: &str) -> String {
        let payload = URL_SAFE_NO_PAD.encode(format!(r#"{{"role":"{role}","iss":"supabase"}}"#));
        format!("eyJhbGciOiJIUzI1NiJ9.{payload}.c2ln")
    }

    #[test]
    fn a_hosted_project_names_its_store_keys_as_supabase_js_does() {
        let project = Project::new("https://abcd.supabase.co/", "sb_publishable_x").unwrap();

        assert_eq!(project.store_key_prefix(), "sb-abcd");
        assert_eq!(project.endpoint("auth/v1/token").as_str(), "https://abcd.supabase.co/auth/v1/token");
        assert!(!project.is_loopback());
    }

    fn project(url: &str) -> Project {
        Project::new(url, "sb_publishable_x").unwrap()
    }

    #[test]
    fn projects_that_share_a_first_host_label_have_keys_of_their_own() {
        let urls = [
            "http://127.0.0.1:54399",
            "http://127.0.0.1:9123",
            "https://127.0.0.1:9123",
            "http://127.0.0.2:9123",
            "https://supabase.a.example",
            "https://supabase.b.example",
            "https://supabase.a.example/one",
            "https://supabase.a.example/two",
            "https://supabase.a.example/ONE",
            "https://abcd.supabase.co",
            "https://abcd.supabase.co:8443",
            "https://abcd.supabase.co/one",
            "https://abcd.example.supabase.co",
            "https://abcd.supabase.co.example",
            "https://abcd.example",
        ];
        let prefixes: std::collections::BTreeSet<_> =
            urls.iter().map(|url| project(url).store_key_prefix()).collect();

        assert_eq!(prefixes.len(), urls.len(), "{prefixes:?}");
    }

    #[test]
    fn one_project_has_one_name_however_its_url_is_written() {
        for (one, same) in [
            ("https://supabase.a.example", "https://SUPABASE.a.example:443/"),
            ("http://127.0.0.1:54321/x", " http://127.0.0.1:54321/x/ "),
            ("https://abcd.supabase.co", "https://abcd.supabase.co:443/"),
        ] {
            assert_eq!(project(one).store_key_prefix(), project(same).store_key_prefix(), "{one}");
            assert_eq!(project(one).address(), project(same).address(), "{one}");
        }
    }

    #[test]
    fn a_session_under_a_shared_name_belongs_to_the_project_that_its_token_names() {
        let stored = |claims: &str| {
            let access = format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims));
            let session = serde_json::json!({"access_token": access, "refresh_token": "r", "expires_at": 1});
            Secret::from(session.to_string())
        };
        let issued_by = |issuer: &str| stored(&format!(r#"{{"iss":"{issuer}"}}"#));
        let here = project("http://127.0.0.1:54321");
        let prefixed = project("https://api.example/one");
        for (project, issuer, expected) in [
            (&here, "http://127.0.0.1:54321/auth/v1", true),
            (&here, "http://localhost:54321/auth/v1/", true),
            (&here, "http://127.0.0.1:9123/auth/v1", false),
            (&here, "https://127.0.0.1:54321/auth/v1", false),
            (&here, "http://127.0.0.1:54321/other/auth/v1", false),
            (&prefixed, "https://api.example/one/auth/v1", true),
            (&prefixed, "https://api.example/two/auth/v1", false),
            (&prefixed, "https://api.other.example/one/auth/v1", false),
            (&prefixed, "supabase", true),
        ] {
            assert_eq!(project.may_have_issued(&issued_by(issuer)), expected, "{issuer}");
        }
        assert!(here.may_have_issued(&stored("{}")));
        assert!(here.may_have_issued(&Secret::from(r#"{"access_token":"opaque"}"#)));
        for text in ["", "null", "[]", "{}", "verifier"] {
            assert!(!here.may_have_issued(&Secret::from(text)), "{text}");
        }
    }

    #[test]
    fn a_path_before_the_api_is_kept() {
        let project = Project::new("https://example.com/supabase/", "sb_publishable_x").unwrap();

        assert_eq!(project.endpoint("rest/v1/t").as_str(), "https://example.com/supabase/rest/v1/t");
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let key = jwt("anon");

        assert!(Project::new("http://127.0.0.1:54321", &key).unwrap().is_loopback());
        assert!(Project::new("http://[::1]:54321", &key).is_ok());
        assert!(Project::new("http://localhost:54321", &key).is_ok());
        assert!(Project::new("http://127.8.9.10:54321", &key).is_ok());
        assert_eq!(Project::new("http://project.localhost:54321", &key), Err(ProjectError::UrlInsecure));
        assert_eq!(Project::new("http://example.com", &key), Err(ProjectError::UrlInsecure));
        assert_eq!(Project::new("http://127.0.0.1.evil.example", &key), Err(ProjectError::UrlInsecure));
        assert_eq!(Project::new("http://notlocalhost", &key), Err(ProjectError::UrlInsecure));
    }

    #[test]
    fn what_is_no_url_of_a_server_is_refused() {
        for url in [
            "",
            "abcd",
            "ftp://x.example",
            "https://u:p@x.example",
            "https://x.example/?a=1",
            "https://x.example/#a",
        ] {
            assert_eq!(Project::new(url, "sb_publishable_x"), Err(ProjectError::UrlInvalid), "{url}");
        }
    }

    #[test]
    fn secret_keys_are_refused_and_public_ones_taken() {
        let url = "https://abcd.supabase.co";

        assert_eq!(Project::new(url, "sb_secret_abc"), Err(ProjectError::KeySecret));
        assert_eq!(Project::new(url, &jwt("service_role")), Err(ProjectError::KeySecret));
        assert_eq!(Project::new(url, &jwt("authenticated")), Err(ProjectError::KeyInvalid));
        assert_eq!(Project::new(url, "hello"), Err(ProjectError::KeyInvalid));
        assert_eq!(Project::new(url, "a b"), Err(ProjectError::KeyInvalid));
        assert_eq!(Project::new(url, ""), Err(ProjectError::KeyInvalid));
        assert!(Project::new(url, &format!(" {} \n", jwt("anon"))).is_ok());
    }
}

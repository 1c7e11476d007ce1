//! Which project is talked to: its URL and its public key, checked once. No I/O.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Host, Url};

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

    /// What every key of this project in a store begins with: `sb-<first host label>`, as supabase-js names it.
    #[must_use]
    pub fn store_key_prefix(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        format!("sb-{}", host.split('.').next().unwrap_or_default())
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
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
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

/// The `role` claim of a legacy key, unverified: it only decides whether we refuse to carry it.
fn jwt_role(key: &str) -> Option<String> {
    let mut parts = key.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    claims.get("role")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
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

//! What all visits share: the project, the connections to it, the address under which browsers know this site.

use std::sync::Arc;

use axum::http::Uri;
use supabase_session::{Client, HttpTransport, Project, Transport};
use url::Url;

use crate::cookies::Cookies;
use crate::store::CookieStore;

/// Where a visitor goes who did not say where.
const WELCOME: &str = "/private";

/// This site and its project.
pub(crate) struct Site {
    origin: Url,
    project: Project,
    transport: Arc<dyn Transport>,
}

impl Site {
    pub(crate) fn new(project: Project, origin: Url) -> Self {
        let transport = Arc::new(HttpTransport::new(&project));
        Self { origin, project, transport }
    }

    /// The store of one visit, with the cookies that came with it.
    pub(crate) fn store(&self, held: Cookies) -> CookieStore {
        CookieStore::new(held, &self.project)
    }

    /// The client of one visit: nothing of it outlives the request but what its store puts into cookies.
    pub(crate) fn client(&self, store: Arc<CookieStore>) -> Client {
        Client::builder(self.project.clone(), store)
            .transport(Arc::clone(&self.transport))
            .redirect_to(self.at("/auth/confirm"))
            .client_info(concat!("foyer-example-server/", env!("CARGO_PKG_VERSION")).to_owned())
            .build()
    }

    /// Whether browsers reach it by https, so that cookies may ask for that.
    pub(crate) fn is_secure(&self) -> bool {
        self.origin.scheme() == "https"
    }

    /// Whether an `Origin` header names this site.
    pub(crate) fn is_origin(&self, origin: &str) -> bool {
        self.origin.origin().ascii_serialization() == origin
    }

    /// The address that a browser has asked for, without `next`, which is this site's own addition to a link.
    pub(crate) fn link(&self, uri: &Uri) -> String {
        let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
        let kept: Vec<&str> = pairs.filter(|pair| !pair.starts_with("next=")).collect();
        let mut link = self.at(uri.path());
        link.set_query(Some(kept.join("&")).as_deref().filter(|query| !query.is_empty()));
        link.to_string()
    }

    /// The link of a mail whose hash is this.
    pub(crate) fn hash_link(&self, token_hash: &str, kind: &str) -> String {
        let mut link = self.at("/auth/confirm");
        link.query_pairs_mut().append_pair("token_hash", token_hash).append_pair("type", kind);
        link.to_string()
    }

    /// Where to go next: only ever a page of this site, whatever a link says.
    pub(crate) fn local_path(&self, next: Option<&str>) -> String {
        next.and_then(|next| self.path_of(next)).unwrap_or_else(|| WELCOME.to_owned())
    }

    /// The path and query that `next` leads to, as browsers take it, where that is on this site.
    fn path_of(&self, next: &str) -> Option<String> {
        let page = self.origin.join(Some(next).filter(|next| next.starts_with('/'))?).ok()?;
        let path = &page[url::Position::BeforePath..url::Position::AfterQuery];
        // The path is what is sent, so that is what must lead there: of `/.//elsewhere` there remains `//elsewhere`,
        // which is another host.
        let sent = self.origin.join(path).ok()?;
        let is_here = [&page, &sent].into_iter().all(|url| url.origin() == self.origin.origin());
        // Parsing leaves a backslash in the query as it is; RFC 3986 has none in a URI, which is what `Location` holds.
        (is_here && sent.path() == page.path()).then(|| path.replace('\\', "%5C"))
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.origin.clone();
        url.set_path(path);
        url.set_query(None);
        url
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn site() -> Site {
        let project = Project::new("http://127.0.0.1:54321", "sb_publishable_x").unwrap();
        Site::new(project, "https://site.example".parse().unwrap())
    }

    #[test]
    fn a_link_leads_to_a_page_of_this_site_or_to_the_private_one() {
        let site = site();

        assert_eq!(site.local_path(Some("/a/b?c=d#e")), "/a/b?c=d");
        assert_eq!(site.local_path(Some("/?\\")), "/?%5C");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "evil",
            "",
            "/.//evil.example",
            "/..//evil.example",
            "/%2e//evil.example",
            "/%2E%2e//evil.example",
            "/a/..//evil.example",
            "/.\\/evil.example",
            "/.\t//evil.example",
            "/.\n/\r/evil.example",
            "/\\\\evil.example",
            "/./\\evil.example",
        ] {
            assert_eq!(site.local_path(Some(elsewhere)), "/private", "{elsewhere}");
        }
        assert_eq!(site.local_path(None), "/private");
    }

    proptest! {
        #[test]
        fn whatever_a_link_says_the_browser_stays_on_this_site(
            next in "[/\\\\.%2eE5cCfF@:?#a\t\n\r ]{0,12}(evil\\.example)?[/\\\\.:@]{0,3}|\\PC{0,20}",
        ) {
            let site = site();
            let location = site.local_path(Some(&next));

            let arrived = site.origin.join(&location).unwrap();
            prop_assert_eq!(arrived.origin(), site.origin.origin());
            prop_assert!(arrived.username().is_empty() && location.starts_with('/'));
            let plain = location.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
            prop_assert!(plain && !location.starts_with("//"), "{}", location);
            prop_assert_eq!(site.local_path(Some(&location)), location);
        }
    }

    #[test]
    fn only_the_site_itself_is_its_origin() {
        let site = site();

        assert!(site.is_secure() && site.is_origin("https://site.example"));
        for other in ["http://site.example", "https://site.example:444", "https://evil.example", "null", ""] {
            assert!(!site.is_origin(other), "{other}");
        }
    }
}

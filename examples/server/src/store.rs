//! The session store of one visit: it begins with the request's cookies and ends as `Set-Cookie` headers. How a value
//! lies in cookies is `cookies.rs`.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use supabase_session::{FLOW_LIFETIME, Project, Secret, SessionStore, StoreError, StoreKey};

use crate::cookies::{self, Cookies, SESSION_AGE};

/// What was set or removed during a visit, over what the browser holds.
///
/// The session lies where `@supabase/ssr` keeps it, under a name that projects may share; and a browser sends its cookies
/// to every port of a host. So a session that another project has issued counts as none, and stays as it is until
/// somebody signs in here.
pub(crate) struct CookieStore {
    held: Cookies,
    session: StoreKey,
    shared: StoreKey,
    /// The session that the browser holds is another project's.
    is_foreign: bool,
    changed: Mutex<BTreeMap<String, Option<Secret<String>>>>,
}

impl CookieStore {
    pub(crate) fn new(held: Cookies, project: &Project) -> Self {
        let (session, shared) = (StoreKey::session(project), StoreKey::supabase_js_session(project));
        let stored = cookies::read(&held, shared.as_str()).map(Secret::from);
        let is_foreign = stored.is_some_and(|stored| !project.may_have_issued(&stored));
        Self { held, session, shared, is_foreign, changed: Mutex::default() }
    }

    /// The `Set-Cookie` values that the answer needs.
    pub(crate) fn set_cookies(&self, secure: bool) -> Vec<String> {
        let changed = self.changed();
        let of = |(name, value): (&String, &Option<Secret<String>>)| {
            let age = if is_flow(name) { FLOW_LIFETIME.as_secs() } else { SESSION_AGE };
            let text = value.as_ref().map(|value| value.expose().as_str());
            cookies::changes(&self.held, name, text, age, secure)
        };
        changed.iter().flat_map(of).collect()
    }

    /// The cookie of a key; `None` for the one whose cookie is the session's already. Pending flows have names of their
    /// own: where supabase-js keeps its verifier, it expects its own form.
    fn name(&self, key: &StoreKey) -> Option<String> {
        if *key == self.session {
            return Some(self.shared.as_str().to_owned());
        }
        (*key != self.shared).then(|| key.as_str().replace("-code-verifier", "-flows"))
    }

    fn changed(&self) -> MutexGuard<'_, BTreeMap<String, Option<Secret<String>>>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this is what a pending flow needs, which is over after an hour.
fn is_flow(name: &str) -> bool {
    name.contains("-flows")
}

#[async_trait]
impl SessionStore for CookieStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let Some(name) = self.name(key) else { return Ok(None) };
        match self.changed().get(&name) {
            Some(value) => Ok(value.clone()),
            None if *key == self.session && self.is_foreign => Ok(None),
            None => Ok(cookies::read(&self.held, &name).map(Secret::from)),
        }
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        if let Some(name) = self.name(key) {
            self.changed().insert(name, Some(value.clone()));
        }
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        let Some(name) = self.name(key) else { return Ok(()) };
        let mut changed = self.changed();
        if *key == self.session && self.is_foreign && !changed.contains_key(&name) {
            return Ok(());
        }
        changed.insert(name, None);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn project(port: u16) -> Project {
        Project::new(&format!("http://127.0.0.1:{port}"), "sb_publishable_x").unwrap()
    }

    /// A session that the project at this port has issued, as `@supabase/ssr` keeps it.
    fn browser(port: u16) -> Cookies {
        let claims = format!(r#"{{"iss":"http://127.0.0.1:{port}/auth/v1"}}"#);
        let access = format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims));
        let session = format!(r#"{{"access_token":"{access}","refresh_token":"r","expires_at":1}}"#);
        let cookie = format!("base64-{}", URL_SAFE_NO_PAD.encode(session));
        [("sb-127-auth-token".to_owned(), cookie)].into_iter().collect()
    }

    #[tokio::test]
    async fn a_browsers_session_counts_for_the_project_that_issued_it_and_for_no_other() {
        let held = async |store: &CookieStore, key: &StoreKey| {
            store.get(key).await.unwrap().map(|value| value.expose().clone())
        };
        let (own, key) = (project(54399), StoreKey::session(&project(54399)));
        let store = CookieStore::new(browser(54399), &own);
        assert!(held(&store, &key).await.is_some());
        assert_eq!(held(&store, &StoreKey::supabase_js_session(&own)).await, None, "it is there once");

        let (other, key) = (project(9123), StoreKey::session(&project(9123)));
        let store = CookieStore::new(browser(54399), &other);
        assert_eq!(held(&store, &key).await, None);
        store.remove(&key).await.unwrap();
        assert!(store.set_cookies(false).is_empty(), "another project's session stays");
        store.set(&key, &Secret::from("{}")).await.unwrap();
        assert_eq!(held(&store, &key).await.as_deref(), Some("{}"));
        store.remove(&key).await.unwrap();
        assert_eq!(held(&store, &key).await, None);
    }
}

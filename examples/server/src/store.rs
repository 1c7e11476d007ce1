//! The session store of one visit: it begins with the request's cookies and ends as `Set-Cookie` headers. How a value
//! lies in cookies is `cookies.rs`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use supabase_session::{FLOW_LIFETIME, Secret, SessionStore, StoreError, StoreKey};

use crate::cookies::{self, Cookies, SESSION_AGE};

/// What was set or removed during a visit, over what the browser holds.
pub(crate) struct CookieStore {
    held: Cookies,
    changed: Mutex<BTreeMap<String, Option<Secret<String>>>>,
}

impl CookieStore {
    pub(crate) fn new(held: Cookies) -> Self {
        Self { held, changed: Mutex::default() }
    }

    /// The `Set-Cookie` values that the answer needs.
    pub(crate) fn set_cookies(&self, secure: bool) -> Vec<String> {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |(name, value): (&String, &Option<Secret<String>>)| {
            let age = if is_flow(name) { FLOW_LIFETIME.as_secs() } else { SESSION_AGE };
            let text = value.as_ref().map(|value| value.expose().as_str());
            cookies::changes(&self.held, name, text, age, secure)
        };
        changed.iter().flat_map(of).collect()
    }
}

/// Whether this is what a pending flow needs, which is over after an hour.
fn is_flow(name: &str) -> bool {
    name.contains("-flows")
}

/// The cookie of a key. Pending flows have names of their own: where supabase-js keeps its verifier, it expects its own
/// form.
fn name(key: &StoreKey) -> String {
    key.as_str().replace("-code-verifier", "-flows")
}

#[async_trait]
impl SessionStore for CookieStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let name = name(key);
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        match changed.get(&name) {
            Some(value) => Ok(value.clone()),
            None => Ok(cookies::read(&self.held, &name).map(Secret::from)),
        }
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(name(key), Some(value.clone()));
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(name(key), None);
        Ok(())
    }
}

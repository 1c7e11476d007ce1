//! A session that another client has kept in supabase-js's form becomes the session of this one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::auth::attempt::Attempt;
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::secret::Secret;
use crate::session::install::{NotInstalled, Replaces};
use crate::session::token_grant;
use crate::shared::spawn_to_completion;
use crate::state::SignOutCause;
use crate::store::StoreKey;
use crate::user::User;

/// Longest text that is read as a session, in bytes. A session has a few thousand; metadata of the user and a provider's
/// tokens add to that, and a browser keeps at most 5 MiB for all.
const LONGEST: usize = 256 * 1024;

/// What `@supabase/ssr` puts before a session that it has encoded in base64url.
const ENCODED: &str = "base64-";

/// A session that was kept elsewhere and is this client's now.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedSession {
    /// Who is signed in.
    pub user: User,
    /// Whether the store holds the session. `false`: it is in memory, and is tried to be stored again; until then the copy
    /// elsewhere is the only one that outlives this program.
    pub is_saved: bool,
}

/// Why a session that was kept elsewhere is not this client's now. The server was asked only for
/// [`Ended`](Self::Ended), [`Superseded`](Self::Superseded) and [`Request`](Self::Request).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is no session in supabase-js's form, or longer than any.
    #[error("this is no session in supabase-js's form")]
    Unreadable,
    /// Its access token names the Auth server of another project, or names none and was kept under another name than
    /// supabase-js gives to this project's.
    #[error("this session is another project's")]
    OtherProject,
    /// Somebody is signed in here: it never replaces them.
    #[error("somebody is signed in here")]
    SignedIn,
    /// Somebody has signed in or out while the server was asked, and that counts: what the server issued was ended
    /// there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// The server says that the session is over: ended elsewhere, or its refresh token was used already.
    #[error("this session has ended")]
    Ended(SignOutCause),
    /// No answer, or one that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Takes over a session that another client of the same project has kept: what supabase-js keeps under
    /// `sb-<ref>-auth-token`, or `@supabase/ssr` in cookies of that name (`base64-...`, its chunks joined). `key` is the
    /// name that it was kept under.
    ///
    /// The session is refreshed, which spends the refresh token of the copy: from then on the copy is good for nothing.
    /// Remove it once [`is_saved`](ImportedSession::is_saved) says that the store holds the session. Whose session it is
    /// says the server, not the copy. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`ImportError`]. When no answer came ([`ImportError::Request`]) the same copy can be tried again.
    #[doc(alias = "setSession")]
    pub async fn import_session(
        &self,
        key: &str,
        copy: Secret<String>,
    ) -> Result<ImportedSession, ImportError> {
        self.restored().await;
        let (client, key) = (self.clone(), key.to_owned());
        spawn_to_completion(async move { import(&client, &key, &copy).await }).await
    }
}

async fn import(client: &Client, key: &str, copy: &Secret<String>) -> Result<ImportedSession, ImportError> {
    let Inner { session, .. } = &*client.inner;
    let copy = SessionCopy::read(copy).ok_or(ImportError::Unreadable)?;
    // A refresh token is shown to nobody but the server that has issued it.
    let project = &session.gateway.project;
    let is_named_for_it = || key == StoreKey::supabase_js_session(project).as_str();
    if !project.has_issued(&copy.access).unwrap_or_else(is_named_for_it) {
        return Err(ImportError::OtherProject);
    }
    let attempt = Attempt::begin(session, Replaces::Nobody).await;
    // One at a time: two windows may hold the same copy.
    let _one = client.inner.exchanging.lock().await;
    attempt.check(session)?;
    match token_grant::refresh(&session.gateway, &copy.refresh).await {
        Ok(Ok(issued)) => {
            let user = attempt.install(session, issued).await?;
            Ok(ImportedSession { user, is_saved: session.is_saved().await })
        }
        Ok(Err(fault)) => Err(match fault.ends_session() {
            Some(cause) => ImportError::Ended(cause),
            None => ImportError::Request(fault.into()),
        }),
        Err(error) => Err(RequestError::from(error).into()),
    }
}

/// What is read of the copy. Its user and its times are not: the server's answer has them.
struct SessionCopy {
    access: Secret<String>,
    refresh: Secret<String>,
}

impl SessionCopy {
    fn read(text: &Secret<String>) -> Option<Self> {
        #[derive(Deserialize)]
        struct Wire {
            access_token: String,
            refresh_token: String,
        }

        if text.expose().len() > LONGEST {
            return None;
        }
        let text = text.expose().trim();
        let decoded = match text.strip_prefix(ENCODED) {
            Some(encoded) => Secret::new(URL_SAFE_NO_PAD.decode(encoded.trim_end_matches('=')).ok()?),
            None => Secret::new(text.as_bytes().to_vec()),
        };
        let wire: Wire = serde_json::from_slice(decoded.expose()).ok()?;
        let copy = Self { access: wire.access_token.into(), refresh: wire.refresh_token.into() };
        (!copy.refresh.expose().is_empty()).then_some(copy)
    }
}

impl From<NotInstalled> for ImportError {
    fn from(reason: NotInstalled) -> Self {
        match reason {
            // A copy has no owner: it is another account's only where somebody is signed in.
            NotInstalled::SignedIn | NotInstalled::OtherAccount => Self::SignedIn,
            NotInstalled::Superseded => Self::Superseded,
        }
    }
}

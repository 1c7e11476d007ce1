//! What a sign-in has led to: its session is installed, or ended on the server when it comes too late.

use crate::auth::sign_out;
use crate::client::Client;
use crate::flows::flow::Flow;
use crate::session::Session;
use crate::session::install::{NotInstalled, Replaces, Since};
use crate::session::tokens::Issued;
use crate::user::User;

/// A sign-in that has begun. Made before the server is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    since: Since,
    replaces: Replaces,
}

impl Attempt {
    /// Begins: whatever happens to the session from now on wins over what the server issues.
    pub(crate) async fn begin(session: &Session, replaces: Replaces) -> Self {
        Self { since: session.begin().await, replaces }
    }

    /// A sign-in through this handle, which replaces anybody or, where the handle says so, nobody.
    ///
    /// # Errors
    /// Why the server need not be asked: what it issued could not be installed.
    pub(crate) async fn of_handle(client: &Client) -> Result<Self, NotInstalled> {
        let session = &client.inner.session;
        let replaces = if client.options.replaces_nobody { Replaces::Nobody } else { Replaces::Anybody };
        let attempt = Self::begin(session, replaces).await;
        attempt.check(session)?;
        Ok(attempt)
    }

    /// What a link or a typed code of this flow may do: bring in somebody where nobody is, or change the account of the
    /// flow's owner, who has to be signed in ([`check`](Self::check)).
    ///
    /// # Errors
    /// [`NotInstalled::OtherAccount`] for a flow that changes an account and does not say whose.
    pub(crate) async fn of_flow(session: &Session, flow: &Flow) -> Result<Self, NotInstalled> {
        let replaces = match flow.owner {
            Some(owner) => Replaces::Own(owner),
            None if flow.kind.signs_in() => Replaces::Nobody,
            // A version that did not write down who began a flow has stored this one: its owner is not known.
            None => return Err(NotInstalled::OtherAccount),
        };
        Ok(Self::begin(session, replaces).await)
    }

    /// Whether asking the server is still of use.
    pub(crate) fn check(self, session: &Session) -> Result<(), NotInstalled> {
        session.check(self.since, self.replaces)
    }

    /// Makes what the server issued the session of this program. Where that may not be, the issued session is ended on
    /// the server, so that nobody is left signed in with tokens that are thrown away.
    pub(crate) async fn install(self, session: &Session, issued: Issued) -> Result<User, NotInstalled> {
        self.install_if(session, issued, || true).await
    }

    /// As [`install`](Self::install), and only if `is_wanted` is still true once the session cannot change any more.
    pub(crate) async fn install_if(
        self,
        session: &Session,
        issued: Issued,
        is_wanted: impl FnOnce() -> bool,
    ) -> Result<User, NotInstalled> {
        let access = issued.tokens.access.clone();
        let installed = session.install(self.since, self.replaces, issued, is_wanted).await;
        if let Err(reason) = installed {
            let server = sign_out::end_unused(&session.gateway, &access).await;
            tracing::info!(?reason, ?server, "a session came too late and was ended");
        }
        installed
    }
}

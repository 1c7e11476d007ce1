//! Links that nobody here asked for, looked at and accepted.

use std::sync::Arc;

use super::Client;
use crate::auth::attempt::Attempt;
use crate::auth::unsolicited;
use crate::callback::outcome::Completed;
use crate::callback::unsolicited::Unasked;
use crate::error::UnaskedError;
use crate::session::Replaces;
use crate::shared::to_its_end;
use crate::user::User;

impl Client {
    /// Whom a link that nobody here asked for would sign in. `None` when it carries a hash: the server tells only
    /// once it is used. Changes nothing.
    ///
    /// # Errors
    /// See [`UnaskedError`].
    pub async fn inspect(&self, unasked: &Unasked) -> Result<Option<User>, UnaskedError> {
        unsolicited::inspect(&self.inner.session, unasked).await
    }

    /// Signs in with a link that nobody here asked for. Call it only when the person has said that they want it.
    /// Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`UnaskedError`].
    pub async fn accept(&self, unasked: Unasked) -> Result<Completed, UnaskedError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move {
            let attempt = Attempt::begin(&inner.session, Replaces::Nobody).await;
            // One at a time: a hash is taken once.
            let _one = inner.exchanging.lock().await;
            unsolicited::accept(&inner.session, attempt, &unasked).await
        })
        .await
    }
}

//! Links that come back, and what they complete.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Client;
use crate::auth::exchange;
use crate::callback::{Answer, Callback};
use crate::error::CallbackError;
use crate::pending::FlowId;
use crate::shared::to_its_end;
use crate::state::State;
use crate::user::User;

/// What a link or a typed code completed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Completed {
    /// Its user is signed in.
    SignedIn(User),
    /// Its user is signed in, to choose a new password next.
    Recovery(User),
    /// The first of two confirmations of a new address: the mail at the other address is still to be confirmed. The
    /// flow lives on, and nothing else has changed.
    EmailChangeHalf,
    /// The new address stands. Its user is signed in.
    EmailChanged(User),
}

impl Client {
    /// Takes a link that came back, for example through a deep link. Nothing is sent unless it is exactly of the form
    /// of the redirect URL and carries the nonce of a pending flow. The same link given many times is exchanged once.
    /// Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`CallbackError`], which says for each whether the flow lives on.
    pub async fn complete(&self, link: &str) -> Result<Completed, CallbackError> {
        let redirect_to = self.inner.redirect_to.as_ref().ok_or(CallbackError::Malformed)?;
        let callback = Callback::parse(link, redirect_to).map_err(|reason| {
            tracing::warn!(%reason, "a link was refused");
            CallbackError::Malformed
        })?;
        // A link may start the program: it must not come before its flow.
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let flow = callback.flow.ok_or(CallbackError::Unknown)?;
        let id = FlowId::of(flow.expose());
        let inner = Arc::clone(&self.inner);
        match callback.answer {
            Answer::Code(code) => {
                if inner.flows.find(&id).is_none() {
                    return Err(inner.flows.absent(&id));
                }
                let key = (id.clone(), Sha256::digest(code.expose()).into());
                let exchanges = Arc::clone(&inner.exchanges);
                let work = async move {
                    let _one = inner.exchanging.lock().await;
                    exchange::exchange(&inner.session, &inner.flows, &id, &code).await
                };
                exchanges.join(key, work).await
            }
            Answer::Halfway => exchange::halfway(&inner.flows, &id),
            Answer::Refusal { error, code } => {
                let work = async move { exchange::refused(&inner.flows, &id, &error, code.as_deref()).await };
                Err(to_its_end(work).await)
            }
        }
    }
}

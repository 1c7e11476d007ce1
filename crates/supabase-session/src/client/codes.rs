//! Codes that came by mail and are typed instead of a link being opened.

use super::Client;
use crate::auth::attempt::Attempt;
use crate::auth::otp::{self};
use crate::callback::outcome::Completed;
use crate::error::CodeError;
use crate::flows::flow::FlowId;
use crate::flows::verify_kind::VerifyKind;
use crate::secret::Secret;
use crate::shared::to_its_end;
use crate::state::State;

impl Client {
    /// Completes a pending flow with the code that came in its mail. Spaces and dashes in it do not matter. For an
    /// e-mail change the code of either mail will do. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`CodeError`]; the flow lives on.
    pub async fn verify_code(&self, id: &FlowId, code: Secret<String>) -> Result<Completed, CodeError> {
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let ((inner, terms), id) = (self.parts(), id.clone());
        to_its_end(async move {
            let flow = inner.flows.find(&id).ok_or(CodeError::Unknown)?;
            let attempt = Attempt::of_flow(&inner.session, &flow).await?;
            attempt.check(&inner.session)?;
            // Not beside an exchange of the same flow's link.
            let _one = inner.exchanging.lock().await;
            let outcome = otp::flow_code(&inner.session, &inner.flows, &terms, attempt, &id, &code).await;
            if outcome == Err(CodeError::Wrong) {
                // Mistyped, or spent together with the link that something else has opened; the server does not say.
                inner.flows.note_spent(&id).await;
            }
            outcome
        })
        .await
    }

    /// Signs in with a code that nobody here asked for, for example an invitation's. Whoever types address and code
    /// wants this account: it replaces a session that was there when this began. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub async fn verify_code_for(
        &self,
        email: &str,
        kind: VerifyKind,
        code: Secret<String>,
    ) -> Result<Completed, CodeError> {
        let ((inner, terms), email) = (self.parts(), email.to_owned());
        to_its_end(async move { otp::typed_code(&inner.session, &terms, &email, kind, &code).await }).await
    }
}

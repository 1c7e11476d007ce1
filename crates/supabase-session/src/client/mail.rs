//! What goes by mail: links that sign in, sent, sent again, given up.

use std::sync::Arc;

use super::Client;
use crate::auth::magic_link::{self, Mail};
use crate::auth::resend;
use crate::error::{MailError, ResendError};
#[cfg(doc)]
use crate::flows::flow::FlowKind;
use crate::flows::flow::{FlowId, PendingFlow};
use crate::shared::to_its_end;
use crate::store::StoreError;

impl Client {
    /// Sends a link that signs in without a password. With `create_user`, an address without an account gets one.
    /// Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send_magic_link(&self, email: &str, create_user: bool) -> Result<PendingFlow, MailError> {
        self.send_mail(Mail::MagicLink { create_user }, email).await
    }

    /// Sends a link that signs in to choose a new password ([`Completed::Recovery`](crate::Completed::Recovery)).
    /// For an address without an account the answer looks the same. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send_recovery(&self, email: &str) -> Result<PendingFlow, MailError> {
        self.send_mail(Mail::Recovery, email).await
    }

    /// Sends the mail that confirms the address of a sign-up once more, where its flow is not pending here (it was begun
    /// on another device, or is over). The server's answer looks the same, and no mail is sent, for an address without
    /// an account and for one that is confirmed already. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send_confirmation(&self, email: &str) -> Result<PendingFlow, MailError> {
        self.send_mail(Mail::Confirmation, email).await
    }

    async fn send_mail(&self, mail: Mail, email: &str) -> Result<PendingFlow, MailError> {
        let ((inner, terms), email) = (self.parts(), email.to_owned());
        to_its_end(async move { magic_link::send(&inner.gateway, &inner.flows, &terms, mail, &email).await })
            .await
    }

    /// Sends the mail of a pending flow once more. The link in every mail of a flow completes it, and all lead back to
    /// where the first did.
    ///
    /// A sign-up whose link or code was refused as spent gets a link that signs in instead ([`FlowKind::MagicLink`],
    /// which the flow is from then on): whatever opened the link first has confirmed the address, and for a confirmed
    /// address the server would send no mail of a sign-up.
    ///
    /// # Errors
    /// See [`ResendError`].
    pub async fn resend(&self, id: &FlowId) -> Result<PendingFlow, ResendError> {
        let ((inner, terms), id) = (self.parts(), id.clone());
        to_its_end(async move {
            resend::resend(&inner.session, &inner.authorized, &inner.flows, &terms, &id).await
        })
        .await
    }

    /// Gives a pending flow up. A link that still comes for it does nothing.
    ///
    /// # Errors
    /// When the store could not forget it; here it is forgotten in any case, and the store is tried again.
    pub async fn cancel(&self, id: &FlowId) -> Result<(), StoreError> {
        let (inner, id) = (Arc::clone(&self.inner), id.clone());
        // Not between the look at whether the flow is pending and the sign-in that it leads to.
        to_its_end(async move { inner.session.undisturbed(inner.flows.remove(&id)).await }).await
    }
}

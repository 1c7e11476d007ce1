//! Flows that wait: their mail once more, giving them up, and links that a person pastes.

use supabase_session::{Client, FlowId, ResendError};
use supabase_session_contract::view::NoticeCode;

use crate::callback::pasted::{self, Unusable, WaysIn};
use crate::error::Error;
use crate::supabase::Supabase;

/// A flow's id as a page names it.
pub(super) fn flow_id(text: &str) -> Result<FlowId, Error> {
    text.parse().map_err(|_| Error::FlowUnknown)
}

impl Supabase {
    /// Sends the mail of a waiting flow once more.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`], or why no mail is sent.
    pub async fn resend_flow(&self, id: &str) -> Result<(), Error> {
        let id = &flow_id(id)?;
        let attempt = |client: Client| async move {
            match client.resend(id).await {
                // Another program has opened the links, so the flow is complete.
                Err(ResendError::Confirmed) => Ok(true),
                sent => Ok(sent.map(|_| false)?),
            }
        };
        if self.with_captcha(&self.connection()?, attempt).await? {
            self.notify(NoticeCode::EmailChanged);
        }
        Ok(())
    }

    /// Gives a waiting flow, or a captcha, up: a link that still comes for it does nothing.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`], or that the store cannot be written.
    pub async fn cancel_flow(&self, id: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        if let Some(captcha) = connection.flow_state().captcha(id) {
            captcha.cancel();
            return Ok(());
        }
        Ok(connection.client().cancel(&flow_id(id)?).await?)
    }

    /// Takes a link out of a text that a person pasted, as if it had been opened. What came of it is said in a notice.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub async fn paste_link(&self, text: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        let pending = connection.client().pending();
        let ways = WaysIn { deep_link: connection.deep_link(), pending: &pending };
        match pasted::read(text, &ways) {
            Ok(link) => {
                connection.context().queue.ask(link).await;
            }
            Err(Unusable::NoLink) => self.notify(NoticeCode::LinkMalformed),
            Err(Unusable::NoType) => self.notify(NoticeCode::LinkIncomplete),
            Err(Unusable::Sealed) => self.notify(NoticeCode::LinkSealed),
        }
        Ok(())
    }

    /// The person said no to the link that nobody here asked for.
    ///
    /// # Errors
    /// [`Error::LinkOver`] when another question is asked by now.
    pub fn decline_link(&self, id: &str) -> Result<(), Error> {
        if !self.connection()?.flow_state().decline(id) {
            return Err(Error::LinkOver);
        }
        self.publish();
        Ok(())
    }
}

//! A flow that waits for one of the app's own links, begun anew so that it comes back through a port of this machine:
//! for browsers and desktops from which the app's own links do not come back.

use std::sync::Arc;

use supabase_session::{Client, EmailChange, FlowKind, MagicLinkError, PendingFlow};
use supabase_session_contract::view::{NoticeCode, RedirectMode};

use crate::error::Error;
use crate::project::Connection;
use crate::supabase::Supabase;

impl Supabase {
    /// Begins a waiting flow anew, so that it comes back through a port of this machine.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`], or why it does not begin.
    pub async fn restart_flow_by_loopback(&self, id: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        let pending = connection.client().pending();
        let old = pending.into_iter().find(|flow| flow.id.as_str() == id).ok_or(Error::FlowUnknown)?;
        match old.kind {
            FlowKind::OAuth | FlowKind::LinkIdentity => in_browser(self, &connection, &old).await?,
            _ => by_mail(self, &connection, &old).await?,
        }
        // Where the new flow has not taken its place already. A link of it that still comes does nothing from now on.
        Ok(connection.client().cancel(&old.id).await?)
    }
}

async fn in_browser(
    supabase: &Supabase,
    connection: &Arc<Connection>,
    old: &PendingFlow,
) -> Result<(), Error> {
    // After a restart it is not known any more, and the page does not offer it.
    let provider = connection.flow_state().address(&old.id).ok_or(Error::FlowUnknown)?.provider;
    let (name, kind) = (&provider, old.kind);
    let begin = |client: Client| async move {
        match kind {
            FlowKind::LinkIdentity => client.begin_link(name, &[]).await,
            _ => client.begin_oauth(name, &[]).await,
        }
    };
    supabase.continue_in_browser(RedirectMode::Loopback, connection, &provider, begin).await
}

async fn by_mail(supabase: &Supabase, connection: &Arc<Connection>, old: &PendingFlow) -> Result<(), Error> {
    let email = old.email.as_deref().ok_or(Error::FlowUnknown)?;
    let begin = |client: Client| async move {
        let flow = mail_again(&client, old.kind, email).await?;
        Ok((flow.is_none(), flow))
    };
    let attempt = |client: Client| connection.begin_flow_by(RedirectMode::Loopback, client, &begin);
    if supabase.with_captcha(connection, attempt).await? {
        supabase.notify(NoticeCode::EmailChanged);
    }
    Ok(())
}

/// Sends the mail of a flow of this kind. `None` where an address turns out to be changed already.
async fn mail_again(client: &Client, kind: FlowKind, email: &str) -> Result<Option<PendingFlow>, Error> {
    let sent = match kind {
        // The link of a sign-up that did not come back has confirmed the address all the same, and for a confirmed
        // address the server sends no mail of a sign-up.
        FlowKind::SignUp => match client.send_magic_link(email, false).await {
            Err(MagicLinkError::NoAccount | MagicLinkError::SignUpDisabled) => {
                client.send_confirmation(email).await
            }
            sent => sent,
        },
        FlowKind::MagicLink => client.send_magic_link(email, false).await,
        FlowKind::Recovery => client.send_recovery(email).await,
        FlowKind::EmailChange => {
            return match client.change_email(email).await? {
                EmailChange::ConfirmationSent(flow) => Ok(Some(flow)),
                EmailChange::Done(_) => Ok(None),
            };
        }
        _ => return Err(Error::FlowUnknown),
    };
    Ok(Some(sent?))
}

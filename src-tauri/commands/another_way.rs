//! A flow that waits for one of the app's own links, begun anew so that it comes back through a port of this machine:
//! for browsers and desktops from which the app's own links do not come back.

use std::sync::Arc;

use foyer_contract::session::ComeBackByPort;
use foyer_contract::view::{NoticeCode, WayBack};
use supabase_session::{Client, EmailChange, FlowKind, MagicLinkError, PendingFlow};

use super::session::continue_in_browser_by;
use super::{Answer, TheApp};
use crate::app::App;
use crate::connection::Connection;
use crate::error::{Failure, unknown_flow};

/// See [`ComeBackByPort`].
#[tauri::command]
pub async fn come_back_by_port(request: ComeBackByPort, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    let pending = connection.client().pending();
    let old = pending.into_iter().find(|flow| flow.id.as_str() == request.id).ok_or_else(unknown_flow)?;
    match old.kind {
        FlowKind::OAuth | FlowKind::LinkIdentity => in_browser(&app, &connection, &old).await?,
        _ => by_mail(&app, &connection, &old).await?,
    }
    // Where the new flow has not taken its place already. A link of it that still comes does nothing from now on.
    Ok(connection.client().cancel(&old.id).await?)
}

async fn in_browser(app: &App, connection: &Arc<Connection>, old: &PendingFlow) -> Answer<()> {
    // After a restart it is not known any more, and the page does not offer it.
    let provider = connection.elsewhere().address(&old.id).ok_or_else(unknown_flow)?.provider;
    let (name, kind) = (&provider, old.kind);
    let begin = |client: Client| async move {
        match kind {
            FlowKind::LinkIdentity => client.begin_link(name, &[]).await,
            _ => client.begin_oauth(name, &[]).await,
        }
    };
    continue_in_browser_by(WayBack::Loopback, app, connection, &provider, begin).await
}

async fn by_mail(app: &App, connection: &Arc<Connection>, old: &PendingFlow) -> Answer<()> {
    let email = old.email.as_deref().ok_or_else(unknown_flow)?;
    let begin = |client: Client| async move {
        let flow = mail_again(&client, old.kind, email).await?;
        Ok((flow.is_none(), flow))
    };
    let attempt = |client: Client| connection.begin_flow_by(WayBack::Loopback, client, &begin);
    if app.past_captcha(connection, attempt).await? {
        app.notify(NoticeCode::EmailChanged);
    }
    Ok(())
}

/// Sends the mail of a flow of this kind. `None` where an address turns out to be changed already.
async fn mail_again(client: &Client, kind: FlowKind, email: &str) -> Result<Option<PendingFlow>, Failure> {
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
        _ => return Err(unknown_flow()),
    };
    Ok(Some(sent?))
}

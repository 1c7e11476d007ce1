//! Ways in and out.

use std::sync::Arc;

use foyer_contract::ErrorCode;
use foyer_contract::session::{
    AcceptLink, CancelFlow, CopyAddress, DeclineLink, OpenAgain, OpenLocalInbox, PasteLink, ResendLink,
    SendConfirmation, SendMagicLink, SendRecovery, ShowSecondFactor, SignIn, SignInAnonymously,
    SignInWithProvider, SignOut, SignUp, TypeCode, TypeForeignCode, Wake,
};
use foyer_contract::view::{NoticeCode, WayBack};
use supabase_session::{
    Client, Completed, FlowId, OAuthError, OtpError, PendingFlow, ResendError, Secret, SignUpOutcome,
    VerifyKind,
};
use url::Url;

use super::security::factor_id;
use super::{Answer, TheApp};
use crate::account::profile;
use crate::app::App;
use crate::arrival::is_new_by_invitation;
use crate::callback::pasted::{self, Unusable, WaysIn};
use crate::connection::Connection;
use crate::elsewhere::Address;
use crate::error::{Failure, link_over, unknown_flow};

/// See [`SignUp`].
#[tauri::command]
pub async fn sign_up(request: SignUp, app: TheApp<'_>) -> Answer<()> {
    let full_name = profile::full_name(&request.full_name)?;
    let password = Secret::from(request.password.0);
    let wish = supabase_session::SignUp { email: request.email, password, full_name };
    let begin = |client: Client| {
        let wish = wish.clone();
        async move {
            let flow = match client.sign_up(wish).await? {
                SignUpOutcome::ConfirmationSent(flow) => Some(flow),
                SignUpOutcome::SignedIn(_) => None,
            };
            Ok(((), flow))
        }
    };
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    app.begin(&connection, begin).await
}

/// See [`SignIn`].
#[tauri::command]
pub async fn sign_in(request: SignIn, app: TheApp<'_>) -> Answer<()> {
    let password = Secret::from(request.password.0);
    let attempt = |client: Client| {
        let (email, password) = (&request.email, password.clone());
        async move { Ok(client.sign_in_with_password(email, password).await.map(drop)?) }
    };
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    app.past_captcha(&connection, attempt).await
}

/// See [`SendMagicLink`].
#[tauri::command]
pub async fn send_magic_link(request: SendMagicLink, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let takes_new_people = connection.offers().is_none_or(|offers| offers.sign_up);
    let email = &request.email;
    let begin = |client: Client| async move {
        Ok(((), Some(client.send_magic_link(email, takes_new_people).await?)))
    };
    app.begin(&connection, begin).await
}

/// See [`SendConfirmation`].
#[tauri::command]
pub async fn send_confirmation(request: SendConfirmation, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let email = &request.email;
    let begin = |client: Client| async move { Ok(((), Some(client.send_confirmation(email).await?))) };
    app.begin(&connection, begin).await
}

/// See [`SendRecovery`].
#[tauri::command]
pub async fn send_recovery(request: SendRecovery, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let email = &request.email;
    let begin = |client: Client| async move { Ok(((), Some(client.send_recovery(email).await?))) };
    app.begin(&connection, begin).await
}

/// See [`SignInAnonymously`].
#[tauri::command]
pub async fn sign_in_anonymously(request: SignInAnonymously, app: TheApp<'_>) -> Answer<()> {
    let SignInAnonymously {} = request;
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let attempt = |client: Client| async move { Ok(client.sign_in_anonymously().await.map(drop)?) };
    app.past_captcha(&connection, attempt).await
}

/// See [`SignInWithProvider`].
#[tauri::command]
pub async fn sign_in_with_provider(request: SignInWithProvider, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let provider = &request.provider;
    let begin = |client: Client| async move { client.begin_oauth(provider, &[]).await };
    continue_in_browser(&app, &connection, provider, begin).await
}

/// Begins something with a provider, opens the browser where it continues, and remembers where that is. A browser that
/// does not open ends nothing: the address can be copied.
pub(super) async fn continue_in_browser<F>(
    app: &App,
    connection: &Arc<Connection>,
    provider: &str,
    begin: impl FnOnce(Client) -> F,
) -> Answer<()>
where
    F: Future<Output = Result<(PendingFlow, Url), OAuthError>>,
{
    let way = connection.best_way_back().await;
    continue_in_browser_by(way, app, connection, provider, begin).await
}

/// The same, where the way back is known.
pub(super) async fn continue_in_browser_by<F>(
    way: WayBack,
    app: &App,
    connection: &Arc<Connection>,
    provider: &str,
    begin: impl FnOnce(Client) -> F,
) -> Answer<()>
where
    F: Future<Output = Result<(PendingFlow, Url), OAuthError>>,
{
    let begin = |client| async move {
        let (flow, url) = begin(client).await?;
        Ok(((flow.id.clone(), url), Some(flow)))
    };
    let (flow, url) = connection.begin_flow_by(way, connection.client().clone(), begin).await?;
    let address = Address { provider: provider.to_owned(), url: url.clone() };
    connection.elsewhere().opened(&flow, address);
    connection.changed();
    if !app.desktop().open_in_browser(&url).await {
        app.notify(NoticeCode::BrowserNotOpened);
    }
    Ok(())
}

/// See [`OpenAgain`].
#[tauri::command]
pub async fn open_again(request: OpenAgain, app: TheApp<'_>) -> Answer<()> {
    let url = address(&app, &request.id)?;
    open(&app, &url).await
}

/// See [`CopyAddress`].
#[tauri::command]
pub async fn copy_address(request: CopyAddress, app: TheApp<'_>) -> Answer<()> {
    if app.desktop().copy(address(&app, &request.id)?.as_str()) {
        return Ok(());
    }
    Err(Failure::new(ErrorCode::ClipboardUnavailable, "the clipboard cannot be written"))
}

/// See [`OpenLocalInbox`].
#[tauri::command]
pub async fn open_local_inbox(request: OpenLocalInbox, app: TheApp<'_>) -> Answer<()> {
    let OpenLocalInbox {} = request;
    let inbox = app.connection()?.inbox();
    let inbox = inbox.ok_or_else(|| Failure::new(ErrorCode::Forbidden, "the project has no local inbox"))?;
    open(&app, &inbox).await
}

async fn open(app: &App, url: &Url) -> Answer<()> {
    if app.desktop().open_in_browser(url).await {
        return Ok(());
    }
    Err(Failure::new(ErrorCode::BrowserUnavailable, "the browser could not be opened"))
}

fn flow_id(text: &str) -> Result<FlowId, Failure> {
    text.parse().map_err(|_| unknown_flow())
}

/// Where a waiting flow continues.
fn address(app: &App, id: &str) -> Answer<Url> {
    let connection = app.connection()?;
    if let Some(asked) = connection.elsewhere().captcha(id) {
        return Ok(asked.url);
    }
    let id = flow_id(id)?;
    connection.elsewhere().address(&id).map(|address| address.url).ok_or_else(unknown_flow)
}

/// See [`TypeCode`].
#[tauri::command]
pub async fn type_code(request: TypeCode, app: TheApp<'_>) -> Answer<()> {
    let id = flow_id(&request.id)?;
    let connection = app.connection()?;
    let completed = connection.client().verify_code(&id, Secret::from(request.code.0)).await?;
    app.arrived(&connection, completed);
    Ok(())
}

/// See [`TypeForeignCode`].
#[tauri::command]
pub async fn type_foreign_code(request: TypeForeignCode, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_out()?;
    let (client, code) = (connection.client(), Secret::from(request.code.0));
    // What the code is for only the mail says. A wrong guess burns nothing.
    let mut outcome = Err(OtpError::Wrong);
    for kind in [VerifyKind::Email, VerifyKind::Invite, VerifyKind::Recovery] {
        outcome = client.verify_code_for(&request.email, kind, code.clone()).await;
        if !matches!(outcome, Err(OtpError::Wrong)) {
            break;
        }
    }
    let completed = outcome?;
    if let Completed::SignedIn(user) = &completed
        && is_new_by_invitation(user)
    {
        connection.elsewhere().choose_password(user.id);
    }
    app.arrived(&connection, completed);
    Ok(())
}

/// See [`PasteLink`].
#[tauri::command]
pub async fn paste_link(request: PasteLink, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    let pending = connection.client().pending();
    let ways = WaysIn { deep_link: connection.deep_link(), pending: &pending };
    // What came of it is said in a notice, as for a link that was opened.
    match pasted::read(&request.link.0, &ways) {
        Ok(link) => {
            connection.surroundings().queue.ask(link).await;
        }
        Err(Unusable::NoLink) => app.notify(NoticeCode::LinkMalformed),
        Err(Unusable::NoType) => app.notify(NoticeCode::LinkIncomplete),
        Err(Unusable::Sealed) => app.notify(NoticeCode::LinkSealed),
    }
    Ok(())
}

/// See [`AcceptLink`].
#[tauri::command]
pub async fn accept_link(request: AcceptLink, app: TheApp<'_>) -> Answer<()> {
    app.accept_link(&request.id).await
}

/// See [`DeclineLink`].
#[tauri::command]
pub async fn decline_link(request: DeclineLink, app: TheApp<'_>) -> Answer<()> {
    if !app.connection()?.elsewhere().decline(&request.id) {
        return Err(link_over());
    }
    app.publish();
    Ok(())
}

/// See [`ResendLink`].
#[tauri::command]
pub async fn resend_link(request: ResendLink, app: TheApp<'_>) -> Answer<()> {
    let id = &flow_id(&request.id)?;
    let attempt = |client: Client| async move {
        match client.resend(id).await {
            // Something else has opened the links: there is nothing left to wait for.
            Err(ResendError::Confirmed) => Ok(true),
            sent => Ok(sent.map(|_| false)?),
        }
    };
    if app.past_captcha(&app.connection()?, attempt).await? {
        app.notify(NoticeCode::EmailChanged);
    }
    Ok(())
}

/// See [`CancelFlow`].
#[tauri::command]
pub async fn cancel_flow(request: CancelFlow, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    if let Some(asked) = connection.elsewhere().captcha(&request.id) {
        asked.cancel();
        return Ok(());
    }
    let id = flow_id(&request.id)?;
    Ok(connection.client().cancel(&id).await?)
}

/// See [`ShowSecondFactor`].
#[tauri::command]
pub async fn show_second_factor(request: ShowSecondFactor, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_signed_in()?;
    let code = Secret::from(request.code.0);
    connection.client().verify_totp(factor_id(&request.factor)?, code).await?;
    // The same user as before is signed in, with more rights: that is no change of the client's state.
    connection.poke();
    app.publish();
    Ok(())
}

/// See [`Wake`].
#[tauri::command]
pub async fn wake(request: Wake, app: TheApp<'_>) -> Answer<()> {
    let Wake {} = request;
    if let Ok(connection) = app.connection() {
        connection.client().refresh_soon().await;
        connection.poke_if_behind();
    }
    Ok(())
}

/// See [`SignOut`].
#[tauri::command]
pub async fn sign_out(request: SignOut, app: TheApp<'_>) -> Answer<()> {
    let SignOut {} = request;
    let connection = app.connection()?;
    connection.leave();
    connection.client().sign_out().await;
    Ok(())
}

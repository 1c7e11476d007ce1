//! What guards the account.

use foyer_contract::ErrorCode;
use foyer_contract::security::{
    ChangeEmail, ChangePassword, ConfirmFactor, DeleteAccount, EnrollFactor, FactorEnrollment, LinkProvider,
    RemoveFactor, SignOutEverywhere, SignOutOthers, SkipNewPassword, UnlinkIdentity,
};
use foyer_contract::session::OneTimeCode;
use foyer_contract::view::NoticeCode;
use supabase_session::{Client, EmailChange, PasswordChange, PasswordChangeError, Secret};
use uuid::Uuid;

use super::session::continue_in_browser;
use super::{Answer, TheApp};
use crate::error::{Failure, nonce_needed};
use crate::qr;

/// Who issues the codes, as an authenticator shows it.
const ISSUER: &str = "Foyer";

/// See [`ChangePassword`].
#[tauri::command]
pub async fn change_password(request: ChangePassword, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let ChangePassword { password, current, nonce } = request;
    let wish = PasswordChange {
        password: Secret::from(password.0),
        current_password: current.map(|current| Secret::from(current.0)),
        nonce: nonce.map(|OneTimeCode(code)| Secret::from(code)),
    };
    match connection.client().change_password(wish).await {
        Ok(_) => {
            connection.elsewhere().chose_password();
            app.notify(NoticeCode::PasswordChanged);
            Ok(())
        }
        Err(PasswordChangeError::ReauthenticationNeeded) => {
            connection.client().reauthenticate().await?;
            Err(nonce_needed())
        }
        Err(error) => Err(error.into()),
    }
}

/// See [`SkipNewPassword`].
#[tauri::command]
pub async fn skip_new_password(request: SkipNewPassword, app: TheApp<'_>) -> Answer<()> {
    let SkipNewPassword {} = request;
    app.connection()?.elsewhere().chose_password();
    app.publish();
    Ok(())
}

/// See [`ChangeEmail`].
#[tauri::command]
pub async fn change_email(request: ChangeEmail, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let email = &request.email;
    let begin = |client: Client| async move {
        let changed = client.change_email(email).await?;
        let flow = match &changed {
            EmailChange::ConfirmationSent(flow) => Some(flow.clone()),
            EmailChange::Done(_) => None,
        };
        Ok((changed, flow))
    };
    if let EmailChange::Done(_) = app.begin(&connection, begin).await? {
        app.notify(NoticeCode::EmailChanged);
    }
    Ok(())
}

/// See [`EnrollFactor`].
#[tauri::command]
pub async fn enroll_factor(request: EnrollFactor, app: TheApp<'_>) -> Answer<FactorEnrollment> {
    let EnrollFactor {} = request;
    let connection = app.connection()?;
    connection.must_be_open()?;
    // The server wants names that differ.
    let name = format!("Authenticator {}", &Uuid::new_v4().simple().to_string()[..4]);
    let begun = connection.client().enroll_totp(&name, Some(ISSUER)).await?;
    let qr = qr::draw(begun.uri.expose())
        .ok_or_else(|| Failure::new(ErrorCode::Internal, "the second factor's code cannot be drawn"))?;
    let secret = begun.secret.expose().clone();
    Ok(FactorEnrollment { id: begun.factor_id.to_string(), secret, qr })
}

/// See [`ConfirmFactor`].
#[tauri::command]
pub async fn confirm_factor(request: ConfirmFactor, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let code = Secret::from(request.code.0);
    connection.client().verify_totp(factor_id(&request.factor)?, code).await?;
    app.notify(NoticeCode::FactorAdded);
    Ok(())
}

/// See [`RemoveFactor`].
#[tauri::command]
pub async fn remove_factor(request: RemoveFactor, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let counted = connection.client().assurance();
    connection.client().unenroll(factor_id(&request.factor)?).await?;
    // One that was begun and given up is nothing to speak of.
    if connection.client().assurance() == counted {
        app.publish();
    } else {
        app.notify(NoticeCode::FactorRemoved);
    }
    Ok(())
}

/// See [`LinkProvider`].
#[tauri::command]
pub async fn link_provider(request: LinkProvider, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let provider = &request.provider;
    let begin = |client: Client| async move { client.begin_link(provider, &[]).await };
    continue_in_browser(&app, &connection, provider, begin).await
}

/// See [`UnlinkIdentity`].
#[tauri::command]
pub async fn unlink_identity(request: UnlinkIdentity, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let id =
        request.id.parse().map_err(|_| Failure::new(ErrorCode::Forbidden, "this is no identity's id"))?;
    connection.client().unlink_identity(id).await?;
    app.publish();
    Ok(())
}

/// See [`SignOutOthers`].
#[tauri::command]
pub async fn sign_out_others(request: SignOutOthers, app: TheApp<'_>) -> Answer<()> {
    let SignOutOthers {} = request;
    let connection = app.connection()?;
    connection.must_be_open()?;
    connection.client().sign_out_others().await?;
    app.notify(NoticeCode::OthersSignedOut);
    Ok(())
}

/// See [`SignOutEverywhere`].
#[tauri::command]
pub async fn sign_out_everywhere(request: SignOutEverywhere, app: TheApp<'_>) -> Answer<()> {
    let SignOutEverywhere {} = request;
    let connection = app.connection()?;
    connection.leave();
    connection.client().sign_out_everywhere().await;
    Ok(())
}

/// See [`DeleteAccount`].
#[tauri::command]
pub async fn delete_account(request: DeleteAccount, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    let outcome = connection.account().delete(&request.confirmation).await?;
    app.notify(outcome);
    Ok(())
}

pub(super) fn factor_id(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::new(ErrorCode::FactorUnknown, "this is no second factor's id"))
}

//! Other devices, and the account's end.

use foyer_contract::security::{DeleteAccount, SignOutEverywhere, SignOutOthers};
use supabase_session_contract::session::SignOutScope;

use super::{Answer, TheApp};

/// See [`SignOutOthers`]. The page may not call the plugin's `sign_out`, which takes every scope: a sign-out of this
/// device has to go through [`App::sign_out`](crate::app::App::sign_out), which drops what was typed and not sent.
#[tauri::command]
pub async fn sign_out_others(request: SignOutOthers, app: TheApp<'_>) -> Answer<()> {
    let SignOutOthers {} = request;
    Ok(app.supabase().sign_out(SignOutScope::Others).await?)
}

/// See [`SignOutEverywhere`].
#[tauri::command]
pub async fn sign_out_everywhere(request: SignOutEverywhere, app: TheApp<'_>) -> Answer<()> {
    let SignOutEverywhere {} = request;
    app.sign_out(SignOutScope::Global).await
}

/// See [`DeleteAccount`].
#[tauri::command]
pub async fn delete_account(request: DeleteAccount, app: TheApp<'_>) -> Answer<()> {
    let outcome = app.account()?.authorized()?.delete(&request.confirmation).await?;
    app.notify(outcome);
    Ok(())
}

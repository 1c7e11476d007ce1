//! Other devices, and the account's end.

use foyer_contract::security::{DeleteAccount, SignOutEverywhere, SignOutOthers};
use supabase_session_contract::session::SignOutScope;

use super::{Answer, TheApp};

/// See [`SignOutOthers`].
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

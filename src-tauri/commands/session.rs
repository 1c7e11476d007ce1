//! Signing up and out, where the app adds something to what its session does.

use foyer_contract::session::{SignOut, SignUp, Wake};
use supabase_session_contract::session::SignOutScope;

use super::{Answer, TheApp};
use crate::account::profile;

/// See [`SignUp`].
#[tauri::command]
pub async fn sign_up(request: SignUp, app: TheApp<'_>) -> Answer<()> {
    let (email, password) = (request.email, request.password.0.into());
    let wish = supabase_session::SignUp { email, password, data: profile::metadata(&request.full_name)? };
    Ok(app.supabase().sign_up(wish).await?)
}

/// See [`Wake`].
#[tauri::command]
pub async fn wake(request: Wake, app: TheApp<'_>) -> Answer<()> {
    let Wake {} = request;
    app.wake().await;
    Ok(())
}

/// See [`SignOut`].
#[tauri::command]
pub async fn sign_out(request: SignOut, app: TheApp<'_>) -> Answer<()> {
    let SignOut {} = request;
    app.sign_out(SignOutScope::Local).await
}

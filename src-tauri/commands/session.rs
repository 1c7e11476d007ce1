//! Ways in and out.

use foyer_contract::session::{CancelFlow, ResendLink, SignIn, SignOut, SignUp};
use supabase_session::{FlowId, Secret};

use super::{Answer, TheApp};
use crate::error::unknown_flow;

/// See [`SignUp`].
#[tauri::command]
pub async fn sign_up(request: SignUp, app: TheApp<'_>) -> Answer<()> {
    let full_name = Some(request.full_name.trim().to_owned()).filter(|name| !name.is_empty());
    let password = Secret::from(request.password.0);
    let sign_up = supabase_session::SignUp { email: request.email, password, full_name };
    app.connection()?.client().sign_up(sign_up).await?;
    Ok(())
}

/// See [`SignIn`].
#[tauri::command]
pub async fn sign_in(request: SignIn, app: TheApp<'_>) -> Answer<()> {
    let password = Secret::from(request.password.0);
    app.connection()?.client().sign_in_with_password(&request.email, password).await?;
    Ok(())
}

/// See [`ResendLink`].
#[tauri::command]
pub async fn resend_link(request: ResendLink, app: TheApp<'_>) -> Answer<()> {
    let id: FlowId = request.id.parse().map_err(|_| unknown_flow())?;
    app.connection()?.client().resend(&id).await?;
    Ok(())
}

/// See [`CancelFlow`].
#[tauri::command]
pub async fn cancel_flow(request: CancelFlow, app: TheApp<'_>) -> Answer<()> {
    let id: FlowId = request.id.parse().map_err(|_| unknown_flow())?;
    Ok(app.connection()?.client().cancel(&id).await?)
}

/// See [`SignOut`].
#[tauri::command]
pub async fn sign_out(request: SignOut, app: TheApp<'_>) -> Answer<()> {
    let SignOut {} = request;
    app.connection()?.client().sign_out().await;
    Ok(())
}

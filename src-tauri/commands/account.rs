//! The account form.

use foyer_contract::ErrorCode;
use foyer_contract::account::{CopySql, FindPublicProfile, LoadAccount, ResolveEdit, SaveProfile};
use foyer_contract::view::ProfileView;

use super::{Answer, TheApp};
use crate::account::profile;
use crate::error::Failure;

/// See [`LoadAccount`].
#[tauri::command]
pub async fn load_account(request: LoadAccount, app: TheApp<'_>) -> Answer<()> {
    let LoadAccount {} = request;
    let connection = app.connection()?;
    connection.must_be_open()?;
    connection.account().load().await
}

/// See [`SaveProfile`].
#[tauri::command]
pub async fn save_profile(request: SaveProfile, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    connection.account().save(&request).await?;
    // What could not be sent is tried again.
    connection.poke_if_behind();
    Ok(())
}

/// See [`ResolveEdit`].
#[tauri::command]
pub async fn resolve_edit(request: ResolveEdit, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    connection.account().resolve_edit(&request).await?;
    connection.poke_if_behind();
    Ok(())
}

/// See [`FindPublicProfile`].
#[tauri::command]
pub async fn find_public_profile(request: FindPublicProfile, app: TheApp<'_>) -> Answer<Option<ProfileView>> {
    profile::find_public(app.connection()?.client(), &request.username).await
}

/// See [`CopySql`].
#[tauri::command]
pub async fn copy_sql(request: CopySql, app: TheApp<'_>) -> Answer<()> {
    let connection = app.connection()?;
    connection.must_be_open()?;
    if app.desktop().copy(&connection.account().owner_sql(request.adds)) {
        return Ok(());
    }
    Err(Failure::new(ErrorCode::ClipboardUnavailable, "the clipboard cannot be written"))
}

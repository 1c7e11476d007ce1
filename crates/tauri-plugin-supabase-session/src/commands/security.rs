//! Password, address, second factor, identities.

use supabase_session::PasswordChange;
use supabase_session_contract::security::{
    FactorEnrollment, LinkIdentity, MfaEnroll, MfaUnenroll, MfaVerify, SkipNewPassword, UnlinkIdentity,
    UpdateUserData, UpdateUserEmail, UpdateUserPassword,
};

use super::{Answer, TheSession};

/// See [`UpdateUserPassword`].
#[tauri::command]
pub(crate) async fn update_user_password(
    request: UpdateUserPassword,
    supabase: TheSession<'_>,
) -> Answer<()> {
    let (current, nonce) = (request.current.map(|it| it.0.into()), request.nonce.map(|it| it.0.into()));
    let change = PasswordChange { password: request.password.0.into(), current_password: current, nonce };
    supabase.update_user_password(change).await
}

/// See [`SkipNewPassword`].
#[tauri::command]
pub(crate) async fn skip_new_password(request: SkipNewPassword, supabase: TheSession<'_>) -> Answer<()> {
    let SkipNewPassword {} = request;
    supabase.skip_new_password()
}

/// See [`UpdateUserEmail`].
#[tauri::command]
pub(crate) async fn update_user_email(request: UpdateUserEmail, supabase: TheSession<'_>) -> Answer<()> {
    supabase.update_user_email(&request.email).await
}

/// See [`UpdateUserData`].
#[tauri::command]
pub(crate) async fn update_user_data(request: UpdateUserData, supabase: TheSession<'_>) -> Answer<()> {
    supabase.update_user_data(request.data).await
}

/// See [`MfaEnroll`].
#[tauri::command]
pub(crate) async fn mfa_enroll(request: MfaEnroll, supabase: TheSession<'_>) -> Answer<FactorEnrollment> {
    let MfaEnroll {} = request;
    supabase.mfa_enroll().await
}

/// See [`MfaVerify`].
#[tauri::command]
pub(crate) async fn mfa_verify(request: MfaVerify, supabase: TheSession<'_>) -> Answer<()> {
    supabase.mfa_verify(&request.factor, request.code.0.into()).await
}

/// See [`MfaUnenroll`].
#[tauri::command]
pub(crate) async fn mfa_unenroll(request: MfaUnenroll, supabase: TheSession<'_>) -> Answer<()> {
    supabase.mfa_unenroll(&request.factor).await
}

/// See [`LinkIdentity`].
#[tauri::command]
pub(crate) async fn link_identity(request: LinkIdentity, supabase: TheSession<'_>) -> Answer<()> {
    supabase.link_identity(&request.provider).await
}

/// See [`UnlinkIdentity`].
#[tauri::command]
pub(crate) async fn unlink_identity(request: UnlinkIdentity, supabase: TheSession<'_>) -> Answer<()> {
    supabase.unlink_identity(&request.id).await
}

//! Signing in and out.

use serde_json::Value;
use supabase_session::User;
use supabase_session_contract::session::{
    GetClaims, GetSession, GetUser, Resend, ResetPasswordForEmail, SignInAnonymously, SignInWithOAuth,
    SignInWithOtp, SignInWithPassword, SignOut, SignUp, VerifyOtp, Wake,
};

use super::{Answer, TheSession};
use crate::flows::user::claims_value;

/// See [`SignUp`].
#[tauri::command]
pub(crate) async fn sign_up(request: SignUp, supabase: TheSession<'_>) -> Answer<()> {
    let SignUp { email, password, data } = request;
    supabase.sign_up(supabase_session::SignUp { email, password: password.0.into(), data }).await
}

/// See [`SignInWithPassword`].
#[tauri::command]
pub(crate) async fn sign_in_with_password(
    request: SignInWithPassword,
    supabase: TheSession<'_>,
) -> Answer<()> {
    supabase.sign_in_with_password(&request.email, request.password.0.into()).await
}

/// See [`SignInWithOtp`].
#[tauri::command]
pub(crate) async fn sign_in_with_otp(request: SignInWithOtp, supabase: TheSession<'_>) -> Answer<()> {
    supabase.sign_in_with_otp(&request.email, request.should_create_user).await
}

/// See [`SignInWithOAuth`].
#[tauri::command]
pub(crate) async fn sign_in_with_oauth(request: SignInWithOAuth, supabase: TheSession<'_>) -> Answer<()> {
    supabase.sign_in_with_oauth(&request.provider).await
}

/// See [`SignInAnonymously`].
#[tauri::command]
pub(crate) async fn sign_in_anonymously(request: SignInAnonymously, supabase: TheSession<'_>) -> Answer<()> {
    let SignInAnonymously {} = request;
    supabase.sign_in_anonymously().await
}

/// See [`ResetPasswordForEmail`].
#[tauri::command]
pub(crate) async fn reset_password_for_email(
    request: ResetPasswordForEmail,
    supabase: TheSession<'_>,
) -> Answer<()> {
    supabase.reset_password_for_email(&request.email).await
}

/// See [`Resend`].
#[tauri::command]
pub(crate) async fn resend(request: Resend, supabase: TheSession<'_>) -> Answer<()> {
    supabase.resend(&request.email).await
}

/// See [`VerifyOtp`].
#[tauri::command]
pub(crate) async fn verify_otp(request: VerifyOtp, supabase: TheSession<'_>) -> Answer<()> {
    supabase.verify_otp(&request.email, request.code.0.into(), request.kind).await
}

/// See [`SignOut`].
#[tauri::command]
pub(crate) async fn sign_out(request: SignOut, supabase: TheSession<'_>) -> Answer<()> {
    supabase.sign_out(request.scope).await
}

/// See [`GetUser`].
#[tauri::command]
pub(crate) async fn get_user(request: GetUser, supabase: TheSession<'_>) -> Answer<User> {
    let GetUser {} = request;
    supabase.get_user().await
}

/// See [`GetSession`].
#[tauri::command]
pub(crate) async fn get_session(request: GetSession, supabase: TheSession<'_>) -> Answer<Option<User>> {
    let GetSession {} = request;
    supabase.get_session().await
}

/// See [`GetClaims`].
#[tauri::command]
pub(crate) async fn get_claims(request: GetClaims, supabase: TheSession<'_>) -> Answer<Value> {
    let GetClaims {} = request;
    Ok(claims_value(supabase.get_claims().await?))
}

/// See [`Wake`].
#[tauri::command]
pub(crate) async fn wake(request: Wake, supabase: TheSession<'_>) -> Answer<()> {
    let Wake {} = request;
    supabase.wake().await;
    Ok(())
}

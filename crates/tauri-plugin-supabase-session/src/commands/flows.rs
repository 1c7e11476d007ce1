//! What was begun here and continues in a mail or a browser.

use supabase_session_contract::flows::{
    CancelFlow, CopyFlowAddress, OpenFlow, OpenLocalInbox, ResendFlow, RestartFlowByLoopback, VerifyFlowCode,
};

use super::{Answer, TheSession};

/// See [`OpenFlow`].
#[tauri::command]
pub(crate) async fn open_flow(request: OpenFlow, supabase: TheSession<'_>) -> Answer<()> {
    supabase.open_flow(&request.id).await
}

/// See [`CopyFlowAddress`].
#[tauri::command]
pub(crate) async fn copy_flow_address(request: CopyFlowAddress, supabase: TheSession<'_>) -> Answer<()> {
    supabase.copy_flow_address(&request.id)
}

/// See [`OpenLocalInbox`].
#[tauri::command]
pub(crate) async fn open_local_inbox(request: OpenLocalInbox, supabase: TheSession<'_>) -> Answer<()> {
    let OpenLocalInbox {} = request;
    supabase.open_local_inbox().await
}

/// See [`RestartFlowByLoopback`].
#[tauri::command]
pub(crate) async fn restart_flow_by_loopback(
    request: RestartFlowByLoopback,
    supabase: TheSession<'_>,
) -> Answer<()> {
    supabase.restart_flow_by_loopback(&request.id).await
}

/// See [`VerifyFlowCode`].
#[tauri::command]
pub(crate) async fn verify_flow_code(request: VerifyFlowCode, supabase: TheSession<'_>) -> Answer<()> {
    supabase.verify_flow_code(&request.id, request.code.0.into()).await
}

/// See [`ResendFlow`].
#[tauri::command]
pub(crate) async fn resend_flow(request: ResendFlow, supabase: TheSession<'_>) -> Answer<()> {
    supabase.resend_flow(&request.id).await
}

/// See [`CancelFlow`].
#[tauri::command]
pub(crate) async fn cancel_flow(request: CancelFlow, supabase: TheSession<'_>) -> Answer<()> {
    supabase.cancel_flow(&request.id).await
}

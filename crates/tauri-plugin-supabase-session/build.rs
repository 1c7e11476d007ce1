//! Writes a permission for each command, `allow-<command>` and `deny-<command>`. The sets and the default lie in
//! `permissions/`.

/// Those of `supabase-session-contract`; a test compares the two.
const COMMANDS: &[&str] = &[
    "watch",
    "dismiss_notice",
    "find_local_project",
    "connect_project",
    "disconnect_project",
    "sign_up",
    "sign_in_with_password",
    "sign_in_with_otp",
    "sign_in_with_oauth",
    "sign_in_anonymously",
    "reset_password_for_email",
    "resend",
    "verify_otp",
    "sign_out",
    "get_user",
    "get_session",
    "get_claims",
    "wake",
    "open_flow",
    "copy_flow_address",
    "open_local_inbox",
    "restart_flow_by_loopback",
    "verify_flow_code",
    "resend_flow",
    "cancel_flow",
    "paste_link",
    "accept_link",
    "decline_link",
    "update_user_password",
    "skip_new_password",
    "update_user_email",
    "update_user_data",
    "mfa_enroll",
    "mfa_verify",
    "mfa_unenroll",
    "link_identity",
    "unlink_identity",
    "set_protection",
    "restore_session",
    "set_session_aside",
    "fetch",
    "cancel_fetch",
    "import_session",
];

fn main() {
    if let Err(error) = tauri_plugin::Builder::new(COMMANDS).try_build() {
        println!("cargo::error=tauri-plugin: {error:#}");
    }
}

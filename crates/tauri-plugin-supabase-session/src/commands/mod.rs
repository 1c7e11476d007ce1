//! The commands: decode, one call. What a command means stands in `supabase-session-contract`; an error is made a code
//! where it is serialized.

mod fetch;
mod flows;
mod import_session;
mod links;
mod project;
mod protection;
mod security;
mod session;
mod watch;

#[cfg(test)]
mod tests;

use tauri::ipc::Invoke;
use tauri::{Runtime, State};

use crate::error::Error;
use crate::supabase::Supabase;

/// What every command gets: the one session.
type TheSession<'a> = State<'a, Supabase>;

/// What every command answers.
type Answer<T> = Result<T, Error>;

/// Every command of the contract. A test compares the list with the contract.
pub(crate) fn handler<R: Runtime>() -> Box<dyn Fn(Invoke<R>) -> bool + Send + Sync> {
    Box::new(tauri::generate_handler![
        watch::watch,
        watch::dismiss_notice,
        project::find_local_project,
        project::connect_project,
        project::disconnect_project,
        session::sign_up,
        session::sign_in_with_password,
        session::sign_in_with_otp,
        session::sign_in_with_oauth,
        session::sign_in_anonymously,
        session::reset_password_for_email,
        session::resend,
        session::verify_otp,
        session::sign_out,
        session::get_user,
        session::get_session,
        session::get_claims,
        session::wake,
        flows::open_flow,
        flows::copy_flow_address,
        flows::open_local_inbox,
        flows::restart_flow_by_loopback,
        flows::verify_flow_code,
        flows::resend_flow,
        flows::cancel_flow,
        links::paste_link,
        links::accept_link,
        links::decline_link,
        security::update_user_password,
        security::skip_new_password,
        security::update_user_email,
        security::update_user_data,
        security::mfa_enroll,
        security::mfa_verify,
        security::mfa_unenroll,
        security::link_identity,
        security::unlink_identity,
        protection::set_protection,
        protection::restore_session,
        protection::set_session_aside,
        fetch::fetch,
        fetch::cancel_fetch,
        import_session::import_session,
    ])
}

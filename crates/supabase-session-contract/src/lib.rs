//! What crosses the line between a page and `tauri-plugin-supabase-session`.
//!
//! Data only: no behaviour beyond naming, no access token, refresh token, code verifier, auth code or file path, and no
//! project key read back. What a person types (passwords, codes, a pasted link) crosses inwards only, and so does a session
//! that supabase-js has kept in the page ([`import_session`]); the one secret that crosses outwards is that of a new second
//! factor, which the person has to see.
//!
//! A page asks with a [`Command`], named on both sides by `NAME`, so that a rename is a compile error. It hears of
//! changes as [`SupabaseView`](view::SupabaseView)s on the channel that it opens with [`Watch`](view::Watch).
//! The crate needs serde and serde_json alone, so a page in Rust (WebAssembly) can share it with the backend.
//!
//! * [`view`] what a page shows,
//! * [`session`] signing in and out, [`flows`] what continues in a mail or a browser, [`links`] links that come back,
//!   [`security`] password, address, second factor, identities, [`protection`] the session at rest, [`project`] which
//!   project, [`fetch`] a page's own requests to the project's data, [`import_session`] a session that the page has kept,
//! * [`error`] the one form in which a failure crosses, [`credentials`] what is checked on both sides.

// First, so that its macro is known to the others.
#[macro_use]
pub mod names;

mod class;
mod command;
pub mod credentials;
pub mod error;
pub mod fetch;
pub mod flows;
pub mod import_session;
pub mod links;
pub mod project;
pub mod protection;
pub mod secret_text;
pub mod security;
pub mod session;
pub mod view;

pub use class::ErrorClass;
pub use command::Command;
pub(crate) use command::command;
pub use error::{CommandError, ErrorCode, Field};

/// The names of all commands but those of [`fetch`] and [`import_session`], in the order of the modules. The plugin
/// registers exactly these; a test there drives each of them.
pub const COMMAND_NAMES: &[&str] = &[
    view::Watch::NAME,
    view::DismissNotice::NAME,
    project::FindLocalProject::NAME,
    project::ConnectProject::NAME,
    project::DisconnectProject::NAME,
    session::SignUp::NAME,
    session::SignInWithPassword::NAME,
    session::SignInWithOtp::NAME,
    session::SignInWithOAuth::NAME,
    session::SignInAnonymously::NAME,
    session::ResetPasswordForEmail::NAME,
    session::Resend::NAME,
    session::VerifyOtp::NAME,
    session::SignOut::NAME,
    session::GetUser::NAME,
    session::GetSession::NAME,
    session::GetClaims::NAME,
    session::Wake::NAME,
    flows::OpenFlow::NAME,
    flows::CopyFlowAddress::NAME,
    flows::OpenLocalInbox::NAME,
    flows::RestartFlowByLoopback::NAME,
    flows::VerifyFlowCode::NAME,
    flows::ResendFlow::NAME,
    flows::CancelFlow::NAME,
    links::PasteLink::NAME,
    links::AcceptLink::NAME,
    links::DeclineLink::NAME,
    security::UpdateUserPassword::NAME,
    security::SkipNewPassword::NAME,
    security::UpdateUserEmail::NAME,
    security::UpdateUserData::NAME,
    security::MfaEnroll::NAME,
    security::MfaVerify::NAME,
    security::MfaUnenroll::NAME,
    security::LinkIdentity::NAME,
    security::UnlinkIdentity::NAME,
    protection::SetProtection::NAME,
    protection::RestoreSession::NAME,
    protection::SetSessionAside::NAME,
];

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

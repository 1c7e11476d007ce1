//! What crosses the line between the window and the backend.
//!
//! Data only: no behaviour beyond naming and [`names`], no token, code verifier, auth code, project key read back, or file
//! path that a command would take ([`desktop::FindDataFolder`] answers one for people to read).
//! What a person types (passwords, codes, a pasted link) crosses inwards only; the one secret that crosses outwards is
//! that of a new second factor, which the person has to see.
//! The window asks with a [`Command`], named on both sides by `NAME`, so that a rename is a compile error and not
//! a silent nothing. It hears of changes as [`Message`]s on the one channel that it opens with
//! [`view::WatchApp`]. There are no Tauri events in between: a page that may listen to events hears those of
//! the plugins too, the deep link with its auth code among them.
//!
//! What belongs to the session (who is signed in, ways in and out, links, what guards the account) crosses between the
//! window and `tauri-plugin-supabase-session` and is defined in [`supabase_session_contract`]; it is named here too, so
//! that the window has one contract. Its codes and notices stand within the app's, because the window has one sentence for each.
//!
//! * [`view`] what the window shows,
//! * [`project`], [`session`], [`account`], [`avatar`], [`security`] the questions it may ask,
//! * [`preferences`] what a person prefers on this computer,
//! * [`desktop`] what the settings ask of this computer,
//! * [`diagnostics`] what a person adds to a report about a problem,
//! * [`doctor`] the check of a connection,
//! * [`updates`] of the app itself,
//! * [`brand`] who the app is,
//! * [`names`] what a name may be, the one rule that both sides apply,
//! * [`error`] the one form in which a failure crosses.

pub mod account;
pub mod avatar;
pub mod brand;
mod class;
mod command;
pub mod desktop;
pub mod diagnostics;
pub mod doctor;
pub mod error;
mod from_session;
pub mod names;
pub mod preferences;
pub mod security;
pub mod session;
pub mod updates;
pub mod view;

use serde::{Deserialize, Serialize};

pub(crate) use command::command;
pub use error::{CommandError, ErrorCode, Field, SessionErrorCode};
pub use supabase_session_contract as session_contract;
pub use supabase_session_contract::{Command, ErrorClass, project};

/// What the backend tells every window, on the channel that the window opened with [`view::WatchApp`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// Without a tag beside the content, which may come last: reading would keep the content aside until then, in code of
// its own for every type.
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The state changed.
    App(Box<view::AppView>),
    /// An upload went on.
    AvatarProgress(avatar::AvatarProgress),
    /// A line of the check of the connection is there.
    Check(Box<doctor::CheckResult>),
    /// Somebody closes this window, in which something typed is not saved: the page asks, and answers with
    /// [`AnswerClose`](view::AnswerClose).
    CloseAsked,
    /// A person chose an item of the system's menu bar that this window's page does.
    MenuBar(view::MenuBarItem),
    /// Files are dragged over a window.
    Drag(avatar::Drag),
}

/// The names of the app's own commands, in the order of the modules. The shell registers exactly these; a test there
/// drives each of them, so a command that is missing from the shell or its permissions fails the build. Those of the
/// session are [`supabase_session_contract::COMMAND_NAMES`].
pub const COMMAND_NAMES: &[&str] = &[
    view::WatchApp::NAME,
    view::DismissNotice::NAME,
    view::OpenWindow::NAME,
    view::AnswerClose::NAME,
    session::SignUp::NAME,
    session::Wake::NAME,
    session::SignOut::NAME,
    security::SignOutOthers::NAME,
    security::SignOutEverywhere::NAME,
    security::DeleteAccount::NAME,
    account::LoadAccount::NAME,
    account::SaveProfile::NAME,
    account::KeepDraft::NAME,
    account::FindDraft::NAME,
    account::CheckUsername::NAME,
    account::ResolveEdit::NAME,
    account::FindPublicProfile::NAME,
    account::ViewPublicProfile::NAME,
    account::CopySql::NAME,
    avatar::ChooseAvatar::NAME,
    avatar::PasteAvatar::NAME,
    avatar::TakeDroppedAvatar::NAME,
    avatar::CropAvatar::NAME,
    avatar::UploadAvatar::NAME,
    avatar::CancelAvatar::NAME,
    avatar::RemoveAvatar::NAME,
    avatar::RestoreAvatar::NAME,
    diagnostics::CopyDiagnostics::NAME,
    preferences::SetTheme::NAME,
    preferences::SetLanguage::NAME,
    preferences::SetNotifications::NAME,
    desktop::FindRedirects::NAME,
    desktop::CheckRedirects::NAME,
    desktop::CopyRedirectEntry::NAME,
    desktop::LeaveProject::NAME,
    desktop::FindDataFolder::NAME,
    desktop::OpenFolder::NAME,
    desktop::ClearCache::NAME,
    desktop::FindLicenses::NAME,
    doctor::CheckConnection::NAME,
    doctor::CancelCheck::NAME,
    doctor::CopyCheck::NAME,
    doctor::CopyRemedy::NAME,
    updates::ChangeUpdate::NAME,
    preferences::LoadSentences::NAME,
];

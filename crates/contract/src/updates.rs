//! Updates of the app. Without a key and an endpoint of the app's owner there are none:
//! [`AppView::updates`](crate::view::AppView::updates) is `None` then, and the command here is refused.
//!
//! Nothing is downloaded or installed without a command of the person's. A failure of what is under way is told by the view.

use serde::{Deserialize, Serialize};
use supabase_session_contract::named;

use crate::command;

/// Does something about the updates, if it can be done now; else nothing happens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangeUpdate {
    /// What.
    pub action: UpdateAction,
}
command!(ChangeUpdate => "change_update", ());

named! {
    /// What a person can do about updates.
    pub enum UpdateAction {
        /// Asks whether there is a newer version. While something is under way or ready to be installed, nothing is asked.
        Check => "check",
        /// Downloads the version that was found, from its first byte, and checks its signature. The answer comes once the
        /// download has begun.
        Download => "download",
        /// Gives the download up. What has come of it is dropped.
        Cancel => "cancel",
        /// Saves the session, puts the downloaded version in the place of this one and starts it. Where the session cannot be
        /// saved it fails with [`StoreUnwritable`](crate::SessionErrorCode::StoreUnwritable), and nothing is replaced.
        Install => "install",
    }
}

/// How the updates stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdatesView {
    /// What is known and what is under way.
    pub step: UpdateStep,
    /// When the owner's server last said which version is the newest, in seconds since 1970.
    pub checked: Option<u64>,
    /// The newer version, for example `0.2.0`.
    pub version: Option<String>,
    /// What its owner wrote about it: plain text of others, cut where it is long.
    pub notes: Option<String>,
    /// Bytes of the download that have come.
    pub received: u64,
    /// Bytes of the download in all, where the server says how many.
    pub total: Option<u64>,
    /// Why the last thing that was done failed.
    pub problem: Option<UpdateProblem>,
}

named! {
    /// What is known of updates, and what is under way.
    #[derive(Default)]
    pub enum UpdateStep {
        /// Nobody has asked yet, or nobody has answered.
        #[default]
        Unknown => "unknown",
        /// The owner's server is being asked.
        Checking => "checking",
        /// This is the newest version.
        Newest => "newest",
        /// There is a newer version, and the app can replace itself by it.
        Available => "available",
        /// There is a newer version, which comes the way this one came: from the system's packages, or from whoever built it.
        Elsewhere => "elsewhere",
        /// The newer version is being downloaded.
        Downloading => "downloading",
        /// The newer version is here, and its signature is good.
        Ready => "ready",
        /// The newer version is taking this one's place.
        Installing => "installing",
    }
}

named! {
    /// Why something about updates failed.
    pub enum UpdateProblem {
        /// Nobody answers at the owner's address.
        Unreachable => "unreachable",
        /// What answers there names no version and no file.
        Unclear => "unclear",
        /// There is a newer version, but none for this system.
        NoBuild => "no_build",
        /// The download ended before its end.
        BrokenOff => "broken_off",
        /// The file is larger than any version of this app.
        TooLarge => "too_large",
        /// The file is not signed by the app's owner, or not as this version.
        NotSigned => "not_signed",
        /// The file could not be put in the place of this version.
        NotInstalled => "not_installed",
    }
}

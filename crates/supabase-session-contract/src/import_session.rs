//! A session that supabase-js has kept in a page becomes the plugin's, once.

use serde::{Deserialize, Serialize};

use crate::secret_text::KeptSession;
use crate::{Command, command};

/// The command of this module. An app that moves from supabase-js in the page to the plugin permits it; others do not.
pub const COMMAND_NAMES: &[&str] = &[ImportSession::NAME];

/// Takes over a session of this project that supabase-js has kept. Refused with
/// [`SignedIn`](crate::ErrorCode::SignedIn) while somebody is signed in,
/// [`SessionInvalid`](crate::ErrorCode::SessionInvalid) when it is none of this project, and
/// [`SessionOver`](crate::ErrorCode::SessionOver) when the server says that it has ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportSession {
    /// The name that it is kept under, for example `sb-abcd-auth-token`. Without the number of a chunk.
    pub key: String,
    /// What is kept there: supabase-js's JSON, or the `base64-` form of `@supabase/ssr`, all chunks joined.
    pub session: KeptSession,
}
command!(ImportSession => "import_session", ImportedSession);

/// A session that is the plugin's now. What the page has kept is good for nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedSession {
    /// Whether it is stored. `false`: it is in memory, and storing it is tried again; a page keeps its copy then.
    pub is_saved: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_session_does_not_show_in_debug_output() {
        let session = KeptSession("canary".into());
        let request = ImportSession { key: "sb-abcd-auth-token".into(), session };

        assert!(!format!("{request:?}").contains("canary"));
    }
}

//! What a person adds to a report about a problem.

use serde::{Deserialize, Serialize};

use crate::command;

/// Puts a text about this app and its machine on the clipboard: versions, modes of files, the last log lines. It never
/// crosses to the window, and holds no token, no key, no address, nothing of the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyDiagnostics {}
command!(CopyDiagnostics => "copy_diagnostics", ());

//! Which Supabase project the app talks to.

use serde::{Deserialize, Serialize};

use crate::command;

/// Looks for a local Supabase on this machine (`supabase-local` or the Supabase CLI, port 54321).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindLocalProject {}
command!(FindLocalProject => "find_local_project", Option<LocalProject>);

/// A local Supabase that answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalProject {
    /// Its URL.
    pub url: String,
}

/// Checks a project live and keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConnectProject {
    /// What the person typed, or the local project.
    pub target: ProjectTarget,
}
command!(ConnectProject => "connect_project", ());

/// Which project to connect to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ProjectTarget {
    /// The local Supabase found by [`FindLocalProject`].
    Local,
    /// A project by URL and key.
    Remote {
        /// For example `https://abcd.supabase.co`.
        url: String,
        /// The publishable key or the legacy anon key. Public by design, yet never sent back to the page.
        key: String,
    },
}

/// Forgets the project (only while signed out) and shows the connect page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DisconnectProject {}
command!(DisconnectProject => "disconnect_project", ());

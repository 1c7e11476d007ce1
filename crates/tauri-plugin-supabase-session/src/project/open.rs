//! Connecting to a project.

use std::sync::Arc;

use supabase_session::Project;

use super::background;
use super::connection::{Connection, ConnectionContext, OnChange};

impl Connection {
    /// Restores the project's session from the store and starts the tasks. No network is waited for.
    pub(crate) async fn open(project: Project, context: ConnectionContext, on_change: OnChange) -> Arc<Self> {
        let client = context.client(project, Arc::clone(&context.store));
        client.restore().await;
        let connection = Arc::new(Self::new(client, context, on_change));
        connection.follow_state();
        connection.reopen_ports().await;
        background::start(&connection);
        connection
    }
}

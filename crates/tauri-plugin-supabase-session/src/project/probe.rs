//! Questions to a project's server without side effects, before and while the project is used.

use std::sync::Arc;

use supabase_session::{HttpError, MemoryStore, Project, RedirectSupport};
use supabase_session_contract::view::RedirectMode;

use super::connection::{Connection, ConnectionContext};
use super::inbox;
use crate::error::Error;

/// A local Supabase listens here: `supabase-local` and the Supabase CLI alike.
pub const LOCAL_URL: &str = "http://127.0.0.1:54321";

/// The anon key that every local Supabase has had since 2021. It is printed in the Supabase documentation and opens
/// nothing but a developer's own machine.
pub const LOCAL_KEY: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9.CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0";

impl ConnectionContext {
    /// Asks whether a project with this key answers at its URL.
    ///
    /// # Errors
    /// [`Error::ProjectCheck`]: what answers instead.
    pub(crate) async fn check(&self, project: &Project) -> Result<(), Error> {
        let client = self.client(project.clone(), Arc::new(MemoryStore::default()));
        client.settings().await.map(drop).map_err(Error::ProjectCheck)
    }

    /// The local Supabase, if one answers.
    ///
    /// # Errors
    /// `LocalNotFound`.
    pub(crate) async fn local_project(&self) -> Result<Project, Error> {
        let project = Project::new(LOCAL_URL, LOCAL_KEY).map_err(|_| Error::LocalNotFound)?;
        self.check(&project).await.map_err(|_| Error::LocalNotFound)?;
        Ok(project)
    }
}

impl Connection {
    /// Asks the project how links may come back. One or two requests that change nothing.
    ///
    /// # Errors
    /// When the server gives no answer.
    pub async fn find_redirect_mode(&self) -> Result<RedirectMode, HttpError> {
        let mode = match self.client().probe_redirect(self.deep_link()).await? {
            RedirectSupport::WithFlow => RedirectMode::DeepLink,
            RedirectSupport::BareOnly => RedirectMode::BareDeepLink,
            RedirectSupport::Nowhere => RedirectMode::Loopback,
        };
        self.redirect_modes().remember(mode);
        Ok(mode)
    }

    /// Looks for the inbox of a project on this machine. True when there is nothing more to look for.
    pub async fn find_inbox(&self) -> bool {
        let project = self.client().project();
        if !project.is_loopback() {
            return true;
        }
        let Some(found) = inbox::find(project).await else { return false };
        self.set_inbox(found);
        true
    }

    /// The mode of the next flow: what the project lets through, unless the desktop would lose our links.
    pub async fn best_redirect_mode(&self) -> RedirectMode {
        let handler = &self.context().handler;
        let known = async {
            match self.redirect_modes().known() {
                Some(mode) => mode,
                // A server that does not answer now will not answer to the flow either, which then says so.
                None => self.find_redirect_mode().await.unwrap_or(RedirectMode::DeepLink),
            }
        };
        let (mode, before) = (known.await, handler.known());
        if mode == RedirectMode::Loopback {
            return mode;
        }
        let is_ours = handler.is_ours().await;
        if before != Some(is_ours) {
            self.changed();
        }
        usable(mode, is_ours)
    }

    /// How the next flow comes back, as far as project and desktop have been asked.
    #[must_use]
    pub fn redirect_mode(&self) -> Option<RedirectMode> {
        let mode = self.redirect_modes().known()?;
        if mode == RedirectMode::Loopback {
            return Some(mode);
        }
        Some(usable(mode, self.context().handler.known()?))
    }
}

/// The mode that works for the next flow. Where the desktop does not open our links with this app, that is a port of
/// this machine, which needs nobody's permission.
fn usable(mode: RedirectMode, is_ours: bool) -> RedirectMode {
    if is_ours { mode } else { RedirectMode::Loopback }
}

#[cfg(test)]
#[path = "probe_tests.rs"]
mod tests;

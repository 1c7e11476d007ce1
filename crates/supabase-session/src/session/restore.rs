//! The session is read from the store when the program starts.

use super::Session;
use crate::secret::Secret;
use crate::session::tokens::Issued;
use crate::state::{Event, SignedIn, State};
use crate::store::{StoreError, StoreKey};

impl Session {
    /// Reads the store. Does nothing once the state is known.
    ///
    /// A store that cannot be read now (a locked keychain) may hold a session: the state stays unknown, and the store is
    /// read again at the next call. What is damaged is lost.
    pub(crate) async fn restore(&self) -> State {
        let _changing = self.changing.lock().await;
        if self.state() != State::Restoring {
            return self.state();
        }
        let stored = match self.stored().await {
            Ok(None) => {
                self.mark(None);
                Ok(None)
            }
            Ok(Some(text)) => {
                self.mark(Some(&text));
                Issued::from_stored(&text, &*self.gateway.clock).map(Some).ok_or(StoreError::Corrupt)
            }
            Err(error) => Err(error),
        };
        match stored {
            Ok(Some(issued)) => {
                let user = issued.user.clone();
                self.take_new(issued.tokens, |generation| {
                    Event::Restored(Some(SignedIn { generation, user, verified: false }))
                });
            }
            Ok(None) => self.apply(Event::Restored(None)),
            Err(error @ StoreError::Corrupt) => {
                tracing::warn!(%error, "the stored session is lost");
                self.apply(Event::StoreLost);
            }
            Err(error) => tracing::warn!(%error, "the stored session cannot be read yet"),
        }
        self.state()
    }

    /// What the store holds for this project: under its own name, or else, once, under the one that supabase-js uses.
    async fn stored(&self) -> Result<Option<Secret<String>>, StoreError> {
        let own = self.saver.get(&self.key).await?;
        let shared_key = StoreKey::supabase_js_session(&self.gateway.project);
        if shared_key == self.key {
            return Ok(own);
        }
        let shared = match self.saver.get(&shared_key).await {
            Ok(shared) => shared.filter(|text| self.gateway.project.may_have_issued(text)),
            Err(error) => {
                tracing::warn!(%error, "what may lie under the name that supabase-js uses cannot be read");
                None
            }
        };
        let Some(shared) = shared else { return Ok(own) };
        if own.is_none() && self.saver.put(&self.key, Some(shared.clone())).await.is_err() {
            // Until the store takes the copy, both names keep what they hold.
            return Ok(Some(shared));
        }
        // Of two stored sessions of one project, the second would come back after a sign-out. A failure is tried again.
        let _pending = self.saver.put(&shared_key, None).await;
        Ok(own.or(Some(shared)))
    }
}

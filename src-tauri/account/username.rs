//! Whether a username can be had, asked while it is typed. Nothing depends on the answer: the unique index of the table has
//! the last word when it is saved.

use foyer_contract::account::UsernameState;
use foyer_contract::names;
use supabase_session::{ApiError, FilterValue};
use tokio::sync::watch;
use uuid::Uuid;

use super::Account;
use super::profile::TABLE;

/// The questions under way: a newer one ends the older ones.
#[derive(Default)]
pub(super) struct Questions(watch::Sender<()>);

impl Questions {
    /// Ends the questions under way, and begins one that ends with the next.
    fn begin(&self) -> watch::Receiver<()> {
        self.0.send_replace(());
        self.0.subscribe()
    }
}

/// What a column must say.
enum Condition<'a> {
    Is(&'a str),
    IsNot(Uuid),
}

impl FilterValue for Condition<'_> {
    fn condition(&self) -> String {
        match self {
            Self::Is(text) => text.condition(),
            Self::IsNot(id) => format!("neq.{id}"),
        }
    }
}

impl Account {
    /// Whether somebody else has this username, as far as whoever is signed in may see. The server compares, so it is
    /// compared as the column is.
    pub async fn check_username(&self, text: &str) -> UsernameState {
        let mut newer = self.usernames.begin();
        let asked = tokio::select! {
            asked = self.ask_for_username(text) => asked,
            _ = newer.changed() => return UsernameState::Unknown,
        };
        asked.unwrap_or_else(|error| {
            tracing::debug!(%error, "it cannot be known whether a username is free");
            UsernameState::Unknown
        })
    }

    async fn ask_for_username(&self, text: &str) -> Result<UsernameState, ApiError> {
        let (Ok(user), Ok(Some(username))) = (self.user(), names::username(text)) else {
            return Ok(UsernameState::Unknown);
        };
        if !self.schema.has_place_for("username") {
            return Ok(UsernameState::Unknown);
        }
        let (is_wanted, is_other) =
            (("username", Condition::Is(&username)), ("id", Condition::IsNot(user.id)));
        let rest = self.client.rest();
        if rest.exists(TABLE, "id", &[is_wanted, is_other]).await? {
            return Ok(UsernameState::Taken);
        }
        // Where a policy hides all others, the name may be taken all the same.
        let sees_others = rest.exists(TABLE, "id", &[("id", Condition::IsNot(user.id))]).await?;
        Ok(if sees_others { UsernameState::Free } else { UsernameState::Unknown })
    }
}

#[cfg(test)]
#[path = "username_tests.rs"]
mod tests;

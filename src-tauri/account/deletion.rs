//! The account's end: the pictures first, through the Storage API (servers refuse to delete objects by SQL), then the
//! account itself, through a function of our migration that deletes its caller and nobody else.

use foyer_contract::{ErrorCode, Field};
use serde_json::json;
use supabase_session::{ApiError, User};

use super::Account;
use super::avatar::BUCKET;
use crate::error::Failure;

/// The function, as in our migration.
const FUNCTION: &str = "delete_account";

/// What somebody without an address types.
const WORD: &str = "delete";

impl Account {
    /// Deletes the account of whoever is signed in, and signs out. Interrupted halfway it can be called again.
    ///
    /// # Errors
    /// `ConfirmationWrong` when what was typed is not the account's address, `ProjectNotPrepared` where the project
    /// lacks the function, or why the server refused. The account is still there then.
    pub async fn delete(&self, confirmation: &str) -> Result<(), Failure> {
        let user = self.user()?;
        let asked = user.email.as_deref().unwrap_or(WORD);
        if confirmation.trim().to_lowercase() != asked.to_lowercase() {
            let message = "what was typed is not the account's address";
            return Err(Failure::new(ErrorCode::ConfirmationWrong, message).on(Field::Confirmation));
        }
        self.delete_pictures(&user).await?;
        match self.client.rest().call::<_, ()>(FUNCTION, &json!({})).await {
            Ok(()) => {}
            Err(ApiError::MissingTable) => {
                let message = "the project lacks the function `delete_account`";
                return Err(Failure::new(ErrorCode::ProjectNotPrepared, message));
            }
            Err(error) => return Err(error.into()),
        }
        // Nobody can send any more what was typed and not sent.
        self.drop_edit();
        // The server's session went with the account; here it ends now.
        self.client.sign_out().await;
        Ok(())
    }

    async fn delete_pictures(&self, user: &User) -> Result<(), Failure> {
        let bucket = self.client.storage(BUCKET);
        let folder = user.id.to_string();
        loop {
            let paths = match bucket.list(&folder).await {
                Ok(paths) => paths,
                // A project without the bucket has no pictures.
                Err(ApiError::MissingTable) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            if paths.is_empty() {
                return Ok(());
            }
            for path in &paths {
                // One that does not go would be listed for ever.
                if !bucket.remove(path).await? {
                    return Err(Failure::new(
                        ErrorCode::Forbidden,
                        "a picture of the account cannot be removed",
                    ));
                }
            }
        }
    }
}

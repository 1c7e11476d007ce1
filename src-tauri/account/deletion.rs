//! The account's end: the pictures first, through the Storage API (servers refuse to delete objects by SQL), then the
//! account itself, through a function of our migration that deletes its caller and nobody else. Whether that can be done
//! is asked before anything is removed.

use foyer_contract::view::NoticeCode;
use foyer_contract::{ErrorCode, Field};
use foyer_doctor::remedy::DELETE_ACCOUNT;
use serde_json::json;
use supabase_session::{ApiError, User};

use super::Account;
use super::avatar::BUCKET;
use crate::error::Failure;

/// The function, as in our migration.
const FUNCTION: &str = "delete_account";

/// What somebody without an address types.
const WORD: &str = "delete";

/// The refusals of a function that would write, when it is called in a transaction that may only read: they show that
/// the function is there.
const WOULD_WRITE: [&str; 2] = ["25006", "PGRST101"];

impl Account {
    /// Deletes the account of whoever is signed in, and signs out. Interrupted halfway it can be called again. Answers
    /// what to tell the person: whether all of it is gone.
    ///
    /// # Errors
    /// `ConfirmationWrong` when what was typed is not the account's address, `FunctionMissing` where the project
    /// lacks the function, `PicturesStay` where it does not let pictures be removed, or why the server refused. The
    /// account is still there then.
    pub async fn delete(&self, confirmation: &str) -> Result<NoticeCode, Failure> {
        let user = self.user()?;
        let asked = user.email.as_deref().unwrap_or(WORD);
        if confirmation.trim().to_lowercase() != asked.to_lowercase() {
            let message = "what was typed is not the account's address";
            return Err(Failure::new(ErrorCode::ConfirmationWrong, message).on(Field::Confirmation));
        }
        self.must_be_deletable().await?;
        let all_gone = self.delete_pictures(&user).await?;
        match self.client.rest().call::<_, ()>(FUNCTION, &json!({})).await {
            Ok(()) => {}
            Err(ApiError::MissingTable) => return Err(function_missing()),
            Err(error) => return Err(error.into()),
        }
        // What was typed and not sent can never be sent any more.
        self.drop_unsaved();
        self.forget_orphans(&user);
        // The session on the server is gone with the account; on this machine it ends now.
        self.client.sign_out().await;
        Ok(if all_gone { NoticeCode::AccountDeleted } else { NoticeCode::AccountDeletedPicturesStay })
    }

    /// Asks whether the account itself could be deleted, before anything of it is.
    async fn must_be_deletable(&self) -> Result<(), Failure> {
        match self.client.rest().try_call(FUNCTION).await {
            Ok(()) => Ok(()),
            Err(ApiError::Unexpected { code }) if WOULD_WRITE.contains(&code.as_str()) => Ok(()),
            Err(ApiError::MissingTable) => Err(function_missing()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the pictures. False when one may have stayed that cannot be seen.
    async fn delete_pictures(&self, user: &User) -> Result<bool, Failure> {
        let bucket = self.client.storage(BUCKET);
        let folder = user.id.to_string();
        let mut own = self.own_picture(user);
        loop {
            let paths = match bucket.list(&folder).await {
                Ok(paths) => paths,
                // A project without the bucket has no pictures.
                Err(ApiError::MissingTable) => return Ok(true),
                Err(error) => return Err(error.into()),
            };
            if paths.is_empty() {
                // Where objects may not be listed they may not be removed either, and the server does not say so.
                let Some(unseen) = own else { return Ok(true) };
                return Ok(bucket.remove(&unseen).await?);
            }
            for path in &paths {
                // An object that is not removed would be listed for ever.
                if !bucket.remove(path).await? {
                    let message = "a picture of the account cannot be removed";
                    return Err(Failure::new(ErrorCode::PicturesStay, message));
                }
                own = own.filter(|own| own != path);
            }
        }
    }

    /// The picture below the user's own folder that their row names.
    fn own_picture(&self, user: &User) -> Option<String> {
        let row = self.shown_of(user, |shown| shown.row.clone()).flatten().flatten()?;
        row.avatar_url.filter(|path| path.starts_with(&format!("{}/", user.id)))
    }
}

fn function_missing() -> Failure {
    Failure::new(ErrorCode::FunctionMissing, "the project lacks the function `delete_account`")
        .named(FUNCTION.to_owned())
        .with_sql(DELETE_ACCOUNT)
}

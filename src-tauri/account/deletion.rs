//! The account's end: the pictures first, through the Storage API (servers refuse to delete objects by SQL), then the
//! account itself, through a function of our migration that deletes its caller and nobody else. Whether that can be done
//! is asked before anything is removed.

use std::collections::BTreeSet;

use foyer_contract::view::NoticeCode;
use foyer_contract::{ErrorCode, Field};
use foyer_doctor::remedy::DELETE_ACCOUNT;
use serde_json::json;
use supabase_session::{ApiError, Bucket, Listing, User};

use super::avatar::BUCKET;
use super::picture_source::PictureSource;
use super::{Account, Shown};
use crate::error::Failure;

/// The function, as in our migration.
const FUNCTION: &str = "delete_account";

/// What somebody without an address types.
const WORD: &str = "delete";

/// The refusals of a function that would write, when it is called in a transaction that may only read: they show that
/// the function is there.
const WOULD_WRITE: [&str; 2] = ["25006", "PGRST101"];

/// How many folders deep below the user's own one objects are looked for. Foyer puts them right into it, and no app is
/// known that goes deeper than two.
const DEEPEST: usize = 8;

/// How many listings, of up to 100 entries each, a deletion asks for at most.
const MOST_LISTINGS: usize = 1000;

/// What became of a folder.
struct Cleared {
    /// The objects that were removed.
    removed: BTreeSet<String>,
    /// Whether every folder that was listed in it could be looked through.
    is_whole: bool,
}

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

    /// Removes the pictures. False when a picture may have stayed that cannot be seen, or that lies outside the user's own
    /// folder.
    async fn delete_pictures(&self, user: &User) -> Result<bool, Failure> {
        let bucket = self.client.storage(BUCKET);
        let named = self.own_picture(user);
        let Some(cleared) = clear(&bucket, user.id.to_string()).await? else {
            // A project without the bucket has no pictures in it.
            return Ok(named.is_none_or(|(of, _)| of == BUCKET));
        };
        let is_gone = match named {
            None => true,
            // Where objects may not be listed they may not be removed either, and the server does not say so.
            Some((of, path)) if of == BUCKET && path.starts_with(&below(user)) => {
                cleared.removed.contains(&path) || bucket.remove(&path).await?
            }
            // The path of such an object does not say whose it is: others may show it too.
            Some(_) => false,
        };
        Ok(is_gone && cleared.is_whole)
    }

    /// The object that the user's row names as their picture: its bucket, and its path there.
    fn own_picture(&self, user: &User) -> Option<(String, String)> {
        let named = self.shown_of(user, Shown::avatar_path).flatten()?;
        match PictureSource::of(&named, self.client.project().url()) {
            PictureSource::Object { bucket, path } => Some((bucket, path)),
            // Storage has more names for objects than Foyer reads.
            PictureSource::Remote | PictureSource::Nowhere => {
                named.starts_with(&below(user)).then(|| (BUCKET.to_owned(), named))
            }
        }
    }
}

/// What the paths of all objects in the user's own folder begin with.
fn below(user: &User) -> String {
    format!("{}/", user.id)
}

/// Removes the objects of a folder and of the folders in it. `None` where there is no such bucket.
///
/// # Errors
/// `PicturesStay` where an object is listed and cannot be removed, or why the server refused.
async fn clear(bucket: &Bucket, folder: String) -> Result<Option<Cleared>, Failure> {
    let mut cleared = Cleared { removed: BTreeSet::new(), is_whole: true };
    let mut entered: BTreeSet<String> = BTreeSet::new();
    let mut waiting = vec![folder];
    for _ in 0..MOST_LISTINGS {
        let Some(folder) = waiting.pop() else { return Ok(Some(cleared)) };
        let Listing { objects, folders } = match bucket.list(&folder).await {
            Ok(listing) => listing,
            Err(ApiError::MissingTable) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // A folder holds something that stays if nobody looks into it, or if it is listed after that.
        let (new, staying): (Vec<String>, Vec<String>) =
            folders.into_iter().partition(|inner| is_entered(inner) && !entered.contains(inner));
        cleared.is_whole &= staying.is_empty();
        // There may be more in the folder than one listing tells, so the folder comes once more after those in it.
        if !objects.is_empty() || !new.is_empty() {
            waiting.push(folder);
        }
        for path in objects {
            // An object that is not removed would be listed for ever.
            if !bucket.remove(&path).await? {
                let message = "a picture of the account cannot be removed";
                return Err(Failure::new(ErrorCode::PicturesStay, message));
            }
            cleared.removed.insert(path);
        }
        entered.extend(new.iter().cloned());
        waiting.extend(new);
    }
    cleared.is_whole &= waiting.is_empty();
    Ok(Some(cleared))
}

/// Whether objects are looked for in this folder: in none that lies too deep, and in none without a name, for which
/// servers list the folder above it.
fn is_entered(folder: &str) -> bool {
    folder.matches('/').count() <= DEEPEST && !folder.ends_with('/')
}

fn function_missing() -> Failure {
    Failure::new(ErrorCode::FunctionMissing, "the project lacks the function `delete_account`")
        .named(FUNCTION.to_owned())
        .with_sql(DELETE_ACCOUNT)
}

#[cfg(test)]
#[path = "deletion_tests.rs"]
mod tests;

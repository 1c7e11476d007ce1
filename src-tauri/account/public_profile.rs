//! What others see of whoever is signed in: asked for with the project's key alone, as somebody would who is not signed in.

use foyer_contract::account::PublicProfile;
use foyer_contract::view::ProfileView;
use supabase_session::ApiError;

use super::Account;
use super::picture_source::PictureSource;
use super::profile::{COLUMNS, ProfileRow, TABLE};
use crate::error::Failure;

impl Account {
    /// What others see of whoever is signed in.
    ///
    /// # Errors
    /// `SignedOut`, or why it cannot be known.
    pub async fn public_profile(&self) -> Result<PublicProfile, Failure> {
        let user = self.user()?;
        let columns: Vec<&str> =
            COLUMNS.split(',').filter(|column| self.schema.has_place_for(column)).collect();
        let filter = [("id", user.id)];
        let row: Option<ProfileRow> =
            match self.client.public_rest().select_one(TABLE, &columns.join(","), &filter).await {
                Ok(row) => row,
                Err(ApiError::Forbidden | ApiError::MissingTable) => None,
                Err(error) => return Err(error.into()),
            };
        let named = row.as_ref().and_then(|row| row.avatar_url.as_deref());
        let has_picture = match named {
            Some(named) => self.is_public_picture(named).await?,
            None => false,
        };
        Ok(PublicProfile { profile: row.as_ref().map(ProfileView::from), has_picture })
    }

    async fn is_public_picture(&self, named: &str) -> Result<bool, Failure> {
        match PictureSource::of(named, self.client.project().url()) {
            PictureSource::Object { bucket, path } => {
                Ok(self.client.storage(&bucket).is_public(&path).await?)
            }
            // Whoever sees the row sees its address.
            PictureSource::Remote => Ok(true),
            PictureSource::Nowhere => Ok(false),
        }
    }
}

#[cfg(test)]
#[path = "public_profile_tests.rs"]
mod tests;

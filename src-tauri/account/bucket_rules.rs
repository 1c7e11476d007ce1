//! What the project's bucket for pictures takes, where the project tells its people: then it is said and met before
//! anything is sent.

use foyer_contract::ErrorCode;
use foyer_contract::avatar::{AvatarPreview, Crop};
use foyer_picture::SIDE;
use supabase_session::BucketRules;

use super::Account;
use super::avatar::{BUCKET, lock};
use super::unwritten::is_unanswered;
use crate::error::Failure;

/// No picture of [`SIDE`] pixels takes more than its colours take without any compression. A limit that is not below
/// this is met by every picture as it is.
const MOST_BYTES: u64 = 3 * SIDE as u64 * SIDE as u64;

impl Account {
    /// Asks which objects the bucket takes. Most projects do not let their people see that; nothing is known of the
    /// rules then, as where there is no bucket.
    pub(super) async fn ask_bucket_rules(&self) {
        let rules = match self.client.storage(BUCKET).rules().await {
            Ok(rules) => Some(rules),
            Err(error) if is_unanswered(&error) => return,
            Err(_) => None,
        };
        let before = std::mem::replace(&mut *lock(&self.avatar.rules), rules.clone());
        if limit(before.as_ref()) != limit(rules.as_ref()) {
            (self.on_change)(None);
        }
    }

    /// The most bytes that the bucket takes of a picture, where that is known and keeps pictures smaller than they are
    /// made elsewhere.
    pub(super) fn picture_limit(&self) -> Option<u64> {
        limit(lock(&self.avatar.rules).as_ref())
    }

    /// Prepares the part of the chosen picture that is kept, as the bucket takes it. The rest of the picture is gone
    /// then.
    ///
    /// # Errors
    /// `PreviewUnknown`, `PictureBusy`, `Cancelled`, or why that cannot be the picture.
    pub async fn crop_avatar(&self, id: &str, crop: Crop) -> Result<AvatarPreview, Failure> {
        match self.avatar.crop(id, crop).await {
            // The project's owner may have changed the rules since they were asked for.
            Err(failure) if matches!(failure.code(), ErrorCode::BucketLimit | ErrorCode::BucketFormats) => {
                self.ask_bucket_rules().await;
                self.avatar.crop(id, crop).await
            }
            outcome => outcome,
        }
    }
}

fn limit(rules: Option<&BucketRules>) -> Option<u64> {
    rules?.largest.filter(|limit| *limit < MOST_BYTES)
}

//! The picture. Its bytes never cross this line: the page shows them through the app's own scheme.

use serde::{Deserialize, Serialize};

use crate::command;

/// Opens the system's file dialog, decodes the picture within limits and prepares it for upload.
/// Answers `None` when the person closed the dialog.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChooseAvatar {}
command!(ChooseAvatar => "choose_avatar", Option<AvatarPreview>);

/// A picture that is ready to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvatarPreview {
    /// Names it in [`UploadAvatar`].
    pub id: String,
    /// Its address under the app's own scheme.
    pub url: String,
}

/// Uploads a prepared picture and makes it the account's. Progress arrives as
/// [`Message::AvatarProgress`](crate::Message::AvatarProgress).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UploadAvatar {
    /// From [`AvatarPreview::id`]. It stays valid after a failure, so that Retry needs no second choice.
    pub id: String,
}
command!(UploadAvatar => "upload_avatar", ());

/// Stops what is under way (the choice, the preparation, the upload), or drops a preview. The old picture stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelAvatar {}
command!(CancelAvatar => "cancel_avatar", ());

/// Removes the account's picture, if it is still the one that was looked at; else it fails with
/// [`Conflict`](crate::ErrorCode::Conflict), and the newer one is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveAvatar {
    /// [`AccountView::avatar_url`](crate::view::AccountView::avatar_url) as it was shown.
    pub seen: Option<String>,
}
command!(RemoveAvatar => "remove_avatar", ());

/// Bytes of the upload that have left this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvatarProgress {
    /// Bytes sent.
    pub sent: u64,
    /// Bytes in all.
    pub total: u64,
}

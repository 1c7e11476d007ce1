//! The picture. Its bytes never cross this line: the page shows them through the app's own scheme.

use serde::{Deserialize, Serialize};

use supabase_session_contract::named;

use crate::command;

/// Opens the system's file dialog and decodes the picture within limits.
/// Answers `None` when the person closed the dialog.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChooseAvatar {}
command!(ChooseAvatar => "choose_avatar", Option<ChosenPicture>);

/// Takes the picture, or the one file, that lies on the clipboard.
/// Answers `None` where what is pasted is a text for the field that the person types in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PasteAvatar {
    /// The keyboard is in a field for text: a text goes there, and no picture is no failure.
    pub is_typing: bool,
}
command!(PasteAvatar => "paste_avatar", Option<ChosenPicture>);

/// Takes what was dropped on the window, which the page heard of as
/// [`Message::Drag`](crate::Message::Drag). Answers `None` where somebody has taken it already.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakeDroppedAvatar {}
command!(TakeDroppedAvatar => "take_dropped_avatar", Option<ChosenPicture>);

/// A picture of which the person has not said yet which part they keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChosenPicture {
    /// Names it in [`CropAvatar`].
    pub id: String,
    /// The address of a preview of the whole picture, upright, under the app's own scheme.
    pub url: String,
    /// The upright picture's width, in pixels.
    pub width: u32,
    /// The upright picture's height, in pixels.
    pub height: u32,
    /// How many times as large as at first what is in the circle may be made: at least 1.
    pub most_zoom: f64,
}

/// Cuts the part that is kept out of the original pixels and prepares it for upload. The chosen picture is gone then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CropAvatar {
    /// From [`ChosenPicture::id`].
    pub id: String,
    /// What is kept.
    pub crop: Crop,
}
command!(CropAvatar => "crop_avatar", AvatarPreview);

/// The square around the circle that is kept of the upright picture, and how it is turned then.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// The square's centre, as a fraction of the picture's width, from its left edge.
    pub x: f64,
    /// The square's centre, as a fraction of the picture's height, from its upper edge.
    pub y: f64,
    /// The square's side, as a fraction of the picture's shorter side: at least the reciprocal of
    /// [`ChosenPicture::most_zoom`].
    pub side: f64,
    /// So often it is turned by 90 degrees clockwise: 0 to 3.
    pub quarter_turns: u8,
}

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

/// Stops what is under way for this window (the choice, the preparation, the upload), or drops what was chosen in it. The
/// old picture stays, and so does what other windows do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelAvatar {}
command!(CancelAvatar => "cancel_avatar", ());

/// Removes the account's picture, if it is still the one that was looked at; else it fails with
/// [`Conflict`](crate::ErrorCode::Conflict), and the newer one is shown. For some seconds, and until the next change of
/// the picture, it can be brought back ([`AccountView::can_restore_picture`](crate::view::AccountView::can_restore_picture)).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveAvatar {
    /// [`AccountView::avatar_url`](crate::view::AccountView::avatar_url) as it was shown.
    pub seen: Option<String>,
}
command!(RemoveAvatar => "remove_avatar", ());

/// Brings back the picture that was removed last.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RestoreAvatar {}
command!(RestoreAvatar => "restore_avatar", ());

named! {
    /// What a person who drags files is about to do. The files' paths stay in the backend.
    pub enum Drag {
        /// Files are held over the window.
        Over => "over",
        /// They are not any more.
        Away => "away",
        /// They were dropped, and wait for [`TakeDroppedAvatar`].
        Dropped => "dropped",
    }
}

/// Bytes of the upload that have left this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvatarProgress {
    /// Bytes sent.
    pub sent: u64,
    /// Bytes in all.
    pub total: u64,
}

//! Whose turn it is after a failure.

use supabase_session_contract::ErrorClass;

use crate::ErrorCode;

impl ErrorCode {
    /// Whose turn it is. Only what [passes by itself](ErrorClass::Wait) is tried again without being asked for.
    #[must_use]
    pub fn class(self) -> ErrorClass {
        match self {
            Self::Session(code) => code.class(),

            Self::Conflict | Self::PreviewUnknown | Self::PictureBusy => ErrorClass::AskAgain,

            Self::ConfirmationWrong
            | Self::UsernameTaken
            | Self::UsernameTooShort
            | Self::WebsiteInvalid
            | Self::TextTooLong
            | Self::UnseenCharacters
            | Self::ValueTaken
            | Self::ValueRefused
            | Self::ValueRequired
            | Self::ProjectSays
            | Self::FileUnreadable
            | Self::NotOneFile
            | Self::NoPictureCopied
            | Self::FileTooLarge
            | Self::ImageUnsupported
            | Self::ImageBroken
            | Self::ImageTooLarge
            | Self::ImageTooHeavy
            | Self::BucketFormats
            | Self::BucketLimit
            | Self::BucketTooSmall
            | Self::TooManyWindows
            | Self::FolderNotOpened => ErrorClass::Person,

            Self::ProjectNotPrepared
            | Self::ColumnUnfilled
            | Self::ColumnMissing
            | Self::FunctionMissing
            | Self::PicturesStay => ErrorClass::Owner,
        }
    }
}

//! The one form in which a failure crosses the line.

use serde::{Deserialize, Serialize};
pub use supabase_session_contract::error::{
    ErrorCode as SessionErrorCode, Field as SessionField, WeakPasswordReason,
};
use supabase_session_contract::named;

/// Why a command failed. The window decides by [`code`](Self::code) and shows its own sentence;
/// [`message`](Self::message) is for logs and drivers. Neither carries a secret, a path or a server's text; only
/// [`quoted`](Self::quoted) is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandError {
    /// What the window decides by.
    pub code: ErrorCode,
    /// One English sentence.
    pub message: String,
    /// The form field that the failure belongs to, if it belongs to one.
    pub field: Option<Field>,
    /// Seconds after which it is worth trying again, where the server said so.
    pub retry_after_s: Option<u32>,
    /// What a weak password lacks, where the server said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak_password: Vec<WeakPasswordReason>,
    /// The bytes that a limit speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The column, constraint or function of the project's that it is about, where the server named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Words of the project's owner ([`ErrorCode::ProjectSays`]): short plain text, to be shown as theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<String>,
    /// So many characters are taken at most, where the server said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What the project's owner runs to add what is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
}

named! {
    /// A field of a form: one of the app's own, or one of the session's.
    #[allow(missing_docs)]
    pub enum Field {
        FullName => "full_name",
        Username => "username",
        Website => "website",
        Avatar => "avatar",
        Link => "link",
        Confirmation => "confirmation",
        ..
        /// A field that the session's plugin names as well. It crosses by its name alone, as the others do.
        Session(SessionField),
    }
}

#[allow(missing_docs)]
impl Field {
    pub const URL: Self = Self::Session(SessionField::Url);
    pub const KEY: Self = Self::Session(SessionField::Key);
    pub const EMAIL: Self = Self::Session(SessionField::Email);
    pub const PASSWORD: Self = Self::Session(SessionField::Password);
    pub const CODE: Self = Self::Session(SessionField::Code);
    pub const CURRENT_PASSWORD: Self = Self::Session(SessionField::CurrentPassword);
    pub const NONCE: Self = Self::Session(SessionField::Nonce);
}

impl From<SessionField> for Field {
    fn from(field: SessionField) -> Self {
        Self::Session(field)
    }
}

named! {
    /// Why a command failed.
    #[derive(Hash)]
    pub enum ErrorCode {
        /// What was typed is not what was asked for.
        ConfirmationWrong => "confirmation_wrong",
        /// The username belongs to somebody else (23505).
        UsernameTaken => "username_taken",
        /// Under 3 characters (23514).
        UsernameTooShort => "username_too_short",
        /// Not a web address.
        WebsiteInvalid => "website_invalid",
        /// A field holds more than it may.
        TextTooLong => "text_too_long",
        /// A field holds characters that nobody can see ([`names`](crate::names)).
        UnseenCharacters => "unseen_characters",
        /// Somebody else has this value, and the project wants each only once (23505, another column than the username).
        ValueTaken => "value_taken",
        /// The value breaks a rule of the project's own (23514 and PostgreSQL's class 22).
        ValueRefused => "value_refused",
        /// The project wants this field filled in (23502).
        ValueRequired => "value_required",
        /// The project's owner says why not, in words of their own ([`quoted`](CommandError::quoted); P0001).
        ProjectSays => "project_says",
        /// The project's table wants a value in a column that Foyer does not know (23502).
        ColumnUnfilled => "column_unfilled",
        /// The project's table lacks a column (42703, PGRST204).
        ColumnMissing => "column_missing",
        /// The project lacks a function (PGRST202).
        FunctionMissing => "function_missing",
        /// Pictures of the account would stay behind, as the project does not let them be removed.
        PicturesStay => "pictures_stay",
        /// The row on the server is newer than the one that was edited.
        Conflict => "conflict",
        /// The project has no `profiles` table or no `avatars` bucket as Foyer needs them.
        ProjectNotPrepared => "project_not_prepared",
        /// The file cannot be read.
        FileUnreadable => "file_unreadable",
        /// What was dropped or pasted is not one file: several, a folder, or an address on the web.
        NotOneFile => "not_one_file",
        /// There is no picture on the clipboard.
        NoPictureCopied => "no_picture_copied",
        /// Over 10 MiB.
        FileTooLarge => "file_too_large",
        /// Not PNG, JPEG or WebP.
        ImageUnsupported => "image_unsupported",
        /// It says PNG, JPEG or WebP but cannot be decoded.
        ImageBroken => "image_broken",
        /// Over 8192 px a side.
        ImageTooLarge => "image_too_large",
        /// It would take more than 256 MiB, or too long.
        ImageTooHeavy => "image_too_heavy",
        /// The project takes none of the formats that the picture can be written in.
        BucketFormats => "bucket_formats",
        /// The project takes pictures of so many [`bytes`](CommandError::bytes) at most, and it cannot be made so small.
        BucketLimit => "bucket_limit",
        /// The project does not even take so many [`bytes`](CommandError::bytes), the smallest that it can be made; it
        /// does not tell its limit.
        BucketTooSmall => "bucket_too_small",
        /// Another picture is being chosen or uploaded.
        PictureBusy => "picture_busy",
        /// The preview is gone; choose the picture again.
        PreviewUnknown => "preview_unknown",
        /// There are as many windows as there may be.
        TooManyWindows => "too_many_windows",
        /// The desktop has no file manager that opens the folder.
        FolderNotOpened => "folder_not_opened",
        ..
        /// What the session's plugin answers as well. It crosses by its name alone, as the others do.
        Session(SessionErrorCode),
    }
}

impl From<SessionErrorCode> for ErrorCode {
    fn from(code: SessionErrorCode) -> Self {
        Self::Session(code)
    }
}

impl CommandError {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: impl Into<ErrorCode>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            field: None,
            retry_after_s: None,
            weak_password: Vec::new(),
            bytes: None,
            name: None,
            quoted: None,
            limit: None,
            sql: None,
        }
    }

    /// The same failure, on a field.
    #[must_use]
    pub fn on(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CommandError {}

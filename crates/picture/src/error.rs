//! Why a file cannot be the picture.

/// Why a file cannot be the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not a plain file, gone, or not permitted.
    #[error("the file cannot be read")]
    Unreadable,
    /// Over [`LARGEST_FILE`](crate::LARGEST_FILE).
    #[error("the file is larger than 10 MB")]
    FileTooLarge,
    /// Not one of the three formats, or a kind of it that nothing here reads.
    #[error("the file is not a PNG, JPEG or WebP picture")]
    Unsupported,
    /// One of the three, but damaged.
    #[error("the picture is damaged")]
    Broken,
    /// Over [`LONGEST_SIDE`](crate::LONGEST_SIDE).
    #[error("the picture has more than 8192 pixels a side")]
    TooLarge,
    /// It would need more than [`MOST_MEMORY`](crate::MOST_MEMORY), or more time than there is.
    #[error("the picture takes too much memory or time")]
    TooHeavy,
    /// What was to be kept is no square of the picture, or too small a one.
    #[error("this is no part of the picture")]
    CropInvalid,
    /// The person stopped it.
    #[error("the picture was given up")]
    Stopped,
}

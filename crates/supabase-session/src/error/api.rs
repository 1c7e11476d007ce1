//! Why a request to the project's data failed, and what its owner says about it.

use std::fmt;

use crate::error::http::HttpError;
use crate::error::request::RequestError;
use crate::error::server_code::ServerCode;

/// Why a request on behalf of the signed-in user failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// No answer of the API.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A policy refuses it (`42501`, or Storage's `AccessDenied`).
    #[error("a policy of the project refuses it")]
    Forbidden,
    /// The project's servers do not take a token that its Auth server has just issued: they know another key.
    #[error("the project does not take its own tokens ({code})")]
    TokenRefused {
        /// What the server called it.
        code: ServerCode,
    },
    /// The value exists already (`23505`).
    #[error("the value is taken")]
    Unique {
        /// The constraint's name, for example `profiles_username_key`.
        constraint: Option<String>,
        /// The columns (or the expressions) that have to be unique, as the server writes them: `username`.
        columns: Option<String>,
    },
    /// The value breaks a rule of the table (`23514`).
    #[error("the value breaks a rule of the table")]
    Check {
        /// The constraint's name, for example `username_length`.
        constraint: Option<String>,
    },
    /// The table wants a value in a column that has none (`23502`).
    #[error("the table wants a value in a column")]
    NotNull {
        /// The column's name.
        column: Option<String>,
    },
    /// A value is longer than its column (`22001`). The server does not say which column.
    #[error("a value is longer than its column")]
    TooLong {
        /// How many characters the column takes.
        limit: Option<u32>,
    },
    /// The table has no such column (`42703`, `PGRST204`).
    #[error("the table has no such column")]
    MissingColumn {
        /// The column's name.
        column: String,
    },
    /// A trigger of the project's owner said no (`P0001`), in words of its own.
    #[error("a trigger of the project refused it")]
    Raised {
        /// What the trigger said.
        message: ProjectWords,
    },
    /// There is no such row, or a policy hides it (`PGRST116`, or an empty representation).
    #[error("there is no such row")]
    NoRow,
    /// The table, function or bucket does not exist, or the user may not see it (`42P01`, `PGRST205`, `PGRST202`,
    /// `NoSuchBucket`).
    #[error("the project has no such table, function or bucket")]
    MissingTable,
    /// There is no such object, or a policy hides it (`NoSuchKey`).
    #[error("there is no such object")]
    NotFound,
    /// Larger than the bucket allows (`EntityTooLarge`).
    #[error("the object is too large")]
    PayloadTooLarge,
    /// A type that the bucket does not take (`InvalidMimeType`).
    #[error("the bucket does not take this type")]
    UnsupportedType,
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

impl From<RequestError> for ApiError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::SignedOut => Self::SignedOut,
            RequestError::RateLimited { retry_after } => Self::Http(HttpError::RateLimited { retry_after }),
            RequestError::Http(error) => Self::Http(error),
            RequestError::Unexpected { code } => Self::Unexpected { code },
        }
    }
}

/// Words of the project's owner, for people to read: one line of plain text, not longer than a screen takes. `Debug`
/// does not show them, as nobody knows what stands in them.
#[derive(Clone, PartialEq, Eq)]
pub struct ProjectWords(String);

impl ProjectWords {
    /// Longest text in characters; the rest is cut off.
    const LONGEST: usize = 200;

    /// What the owner wrote. Control and format characters are left out, white space is one blank each.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let shown: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
        let mut plain = words.join(" ").chars().filter(|c| !is_invisible(*c)).collect::<String>();
        if plain.chars().count() > Self::LONGEST {
            plain = plain.chars().take(Self::LONGEST).collect();
            plain.push('…');
        }
        Self(plain)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ProjectWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProjectWords({} bytes)", self.0.len())
    }
}

/// Controls, and the format characters that turn the direction of text or take no place.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owners_words_are_one_line_of_plain_text() {
        let words = |text: &str| ProjectWords::new(text).as_str().to_owned();

        assert_eq!(words(" Only  members\n may do\tthis. "), "Only members may do this.");
        assert_eq!(words("a\u{202e}b\u{0}c\u{200b}"), "abc");
        assert_eq!(words(&"x".repeat(5000)).chars().count(), ProjectWords::LONGEST + 1);
        assert!(!format!("{:?}", ProjectWords::new("canary")).contains("canary"));
    }
}

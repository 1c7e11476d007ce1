//! The names that the servers give to their refusals.

use std::fmt;

/// A code as the server sent it, for example `bad_jwt`, `PGRST116` or `NoSuchKey`. Open: codes that this
/// version does not know survive.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerCode(String);

impl ServerCode {
    /// Longest code that is kept. Real ones have less than 50 characters.
    const LONGEST: usize = 64;

    /// What the server called it. Text that is no code (spaces, control characters, overlong) becomes `unreadable`,
    /// so that a server cannot put sentences or markup into logs and windows.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let readable = !text.is_empty() && text.len() <= Self::LONGEST && text.bytes().all(plain);
        Self(if readable { text } else { "unreadable" }.to_owned())
    }

    /// The code's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ServerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerCode({})", self.0)
    }
}

/// What a password lacks, as the server says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeakPasswordReason {
    /// Too short for the project.
    Length,
    /// A class of characters is missing.
    Characters,
    /// Known from leaks.
    Pwned,
    /// A reason this version does not know.
    Other(ServerCode),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_survives_and_a_sentence_does_not() {
        assert_eq!(ServerCode::new("new_code_of_2031").as_str(), "new_code_of_2031");
        assert_eq!(ServerCode::new("PGRST205").as_str(), "PGRST205");
        for text in ["", "<b>hello</b>", "two words", &"x".repeat(65)] {
            assert_eq!(ServerCode::new(text).as_str(), "unreadable", "{text}");
        }
    }
}

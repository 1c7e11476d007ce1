//! What is checked before anything is sent: the address and the password.

use supabase_session_contract::credentials::LONGEST_PASSWORD;
pub(crate) use supabase_session_contract::credentials::email;

/// Why a password cannot be sent. Nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordInvalid {
    /// The password is empty.
    #[error("the password is missing")]
    Missing,
    /// The password has over 72 bytes: the server refuses it, and no account can have it.
    #[error("the password is longer than 72 bytes")]
    TooLong,
}

/// Whether the server would look at this password at all. How strong it has to be is the project's to say.
pub(crate) fn password(text: &str) -> Result<(), PasswordInvalid> {
    match text.len() {
        0 => Err(PasswordInvalid::Missing),
        1..=LONGEST_PASSWORD => Ok(()),
        _ => Err(PasswordInvalid::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_measured_in_bytes() {
        assert_eq!(password(""), Err(PasswordInvalid::Missing));
        assert_eq!(password(&"x".repeat(72)), Ok(()));
        assert_eq!(password(&"x".repeat(73)), Err(PasswordInvalid::TooLong));
        assert_eq!(password(&"ä".repeat(37)), Err(PasswordInvalid::TooLong));
    }
}

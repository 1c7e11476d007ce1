//! What is checked before anything is sent: the address and the password.

/// bcrypt looks at no more than 72 bytes, and the server refuses what is longer.
const LONGEST_PASSWORD: usize = 72;

/// RFC 5321 section 4.5.3.1.3 (a path of 256 octets, brackets included).
const LONGEST_EMAIL: usize = 254;

/// The address without white space around it, if it can be one. Only the shape is checked; whether it exists shows
/// when the mail arrives.
pub(crate) fn email(text: &str) -> Option<&str> {
    let text = text.trim();
    let (name, domain) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | ',' | ';' | '"');
    let domain_ok = !domain.is_empty()
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..");
    let valid = !name.is_empty()
        && text.len() <= LONGEST_EMAIL
        && domain_ok
        && !name.contains(odd)
        && !domain.contains(odd);
    valid.then_some(text)
}

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
    fn addresses() {
        for good in ["ada@example.com", " ada+tag@mail.example.co.uk ", "ünï@exämple.de", "a@localhost"] {
            assert_eq!(email(good), Some(good.trim()), "{good}");
        }
        let long = format!("{}@example.com", "a".repeat(250));
        for bad in [
            "",
            " ",
            "ada",
            "@example.com",
            "ada@",
            "a b@c.de",
            "a@b@c.de",
            "a@.de",
            "a@b..c",
            "a@b.",
            "<a@b.de>",
            "a\n@b.de",
            &long,
        ] {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    #[test]
    fn passwords_are_measured_in_bytes() {
        assert_eq!(password(""), Err(PasswordInvalid::Missing));
        assert_eq!(password(&"x".repeat(72)), Ok(()));
        assert_eq!(password(&"x".repeat(73)), Err(PasswordInvalid::TooLong));
        assert_eq!(password(&"ä".repeat(37)), Err(PasswordInvalid::TooLong));
    }
}

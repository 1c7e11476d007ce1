//! What an address and a password have to look like. The page says it on the field while they are typed, the client asks
//! once more before anything is sent.

/// A longer password is refused by the server: bcrypt looks at no more than 72 bytes.
pub const LONGEST_PASSWORD: usize = 72;

/// RFC 5321 section 4.5.3.1.3 (a path of 256 octets, brackets included).
const LONGEST_EMAIL: usize = 254;

/// The address without white space around it, if it can be one. Only the shape is checked; whether it exists shows when
/// the mail arrives.
#[must_use]
pub fn email(text: &str) -> Option<&str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_something_on_both_sides_of_one_at_sign_and_nothing_that_a_mail_would_not_take() {
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
}

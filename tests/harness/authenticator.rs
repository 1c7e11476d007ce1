//! An authenticator app: the code of a moment for a secret (RFC 6238, six digits, 30 s, SHA-1).

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::fault::{Fault, Outcome};

/// How long a code lives, in seconds.
const STEP: u64 = 30;

/// The code of now.
///
/// # Errors
/// When the secret is not base32.
pub fn code(secret: &str) -> Outcome<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| Fault::new(error.to_string()))?;
    code_at(secret, now.as_secs())
}

fn code_at(secret: &str, seconds: u64) -> Outcome<String> {
    let secret: String = secret.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let key = BASE32_NOPAD.decode(secret.as_bytes()).map_err(|_| Fault::new("the secret is not base32"))?;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).map_err(|error| Fault::new(error.to_string()))?;
    mac.update(&(seconds / STEP).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0x0f);
    let number = u32::from_be_bytes([digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]]);
    Ok(format!("{:06}", number % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, with the last six of its eight digits.
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");

        assert_eq!(code_at(&secret, 59).unwrap(), "287082");
        assert_eq!(code_at(&secret, 1_111_111_109).unwrap(), "081804");
    }
}

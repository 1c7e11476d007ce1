//! Where randomness comes from, and the few shapes it takes here: ids, codes, tokens.

use rand::RngCore;
use uuid::Uuid;

/// A source of random bytes. The real one is the operating system's; a simulation passes a seeded one.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// The shapes that the server needs.
impl dyn Random {
    /// A version 4 UUID.
    pub(crate) fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A code of decimal digits, each equally likely.
    pub(crate) fn digits(&self, length: usize) -> String {
        self.pick(b"0123456789", length)
    }

    /// A refresh token of the older form: 12 characters of a lower-case base 32 alphabet.
    pub(crate) fn refresh_token(&self) -> String {
        self.pick(b"abcdefghijklmnopqrstuvwxyz234567", 12)
    }

    fn pick(&self, alphabet: &[u8], length: usize) -> String {
        // Bytes past the last whole multiple of the alphabet would favour its first characters.
        let fair = 256 - 256 % alphabet.len();
        let mut picked = String::with_capacity(length);
        let mut bytes = [0; 32];
        while picked.len() < length {
            self.fill(&mut bytes);
            let usable = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
            let missing = length - picked.len();
            picked.extend(usable.take(missing).map(|byte| char::from(alphabet[byte % alphabet.len()])));
        }
        picked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_length_asked_for_and_only_digits() {
        let random: &dyn Random = &SystemRandom;
        let code = random.digits(6);

        assert_eq!(code.len(), 6);
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
    }

    #[test]
    fn refresh_tokens_differ_and_have_twelve_characters() {
        let random: &dyn Random = &SystemRandom;
        let (one, two) = (random.refresh_token(), random.refresh_token());

        assert_eq!(one.len(), 12);
        assert_ne!(one, two);
    }
}

//! The source of random bytes, and what is made from them: ids, codes, tokens.

use rand::RngCore;
use uuid::Uuid;

/// A source of random bytes: the operating system's, or a seeded one for a simulation.
pub trait Random: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The random number generator of the `rand` crate, seeded by the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

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

    /// A refresh token of version 1: 12 characters of base 32 in small letters.
    pub(crate) fn refresh_token(&self) -> String {
        self.pick(b"abcdefghijklmnopqrstuvwxyz234567", 12)
    }

    fn pick(&self, alphabet: &[u8], length: usize) -> String {
        // Bytes beyond the last whole multiple of the alphabet's length would make its first characters more likely.
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

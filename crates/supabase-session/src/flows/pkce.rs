//! Proof Key for Code Exchange, RFC 7636: verifier, challenge and the nonce that ties a link to its flow.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::random::Random;
use crate::secret::Secret;

/// RFC 7636 section 4.2; the Auth server ignores its case and supabase-js writes it small.
pub(crate) const CHALLENGE_METHOD: &str = "s256";

/// 48 random bytes make 64 characters, well within the 43 to 128 of RFC 7636 section 4.1.
const VERIFIER_BYTES: usize = 48;

/// 192 random bits, 32 characters. Base64url: the server's allow list splits on `.` and `/`, which it does not have.
const NONCE_BYTES: usize = 24;

/// A new code verifier.
pub(crate) fn verifier(random: &dyn Random) -> Secret<String> {
    random_text::<VERIFIER_BYTES>(random)
}

/// A new nonce for `?flow=`.
pub(crate) fn nonce(random: &dyn Random) -> Secret<String> {
    random_text::<NONCE_BYTES>(random)
}

/// The challenge of a verifier, RFC 7636 section 4.2: unpadded base64url of its SHA-256.
pub(crate) fn challenge(verifier: &Secret<String>) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()))
}

fn random_text<const BYTES: usize>(random: &dyn Random) -> Secret<String> {
    let mut bytes = Secret::new([0_u8; BYTES]);
    random.fill(bytes.expose_mut());
    Secret::from(URL_SAFE_NO_PAD.encode(bytes.expose()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b() {
        let verifier = Secret::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_verifier_has_the_length_and_alphabet_of_the_rfc() {
        for _ in 0..200 {
            let verifier = verifier(&SystemRandom);
            let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);

            assert!((43..=128).contains(&verifier.expose().len()));
            assert!(verifier.expose().chars().all(unreserved));
        }
    }

    #[test]
    fn a_nonce_has_over_128_bits_and_passes_the_servers_globs() {
        let nonce = nonce(&SystemRandom);

        assert!(nonce.expose().len() * 6 >= 128);
        assert!(!nonce.expose().contains(['.', '/']));
    }

    #[test]
    fn two_are_never_the_same() {
        assert_ne!(verifier(&SystemRandom).expose(), verifier(&SystemRandom).expose());
        assert_ne!(nonce(&SystemRandom).expose(), nonce(&SystemRandom).expose());
    }
}

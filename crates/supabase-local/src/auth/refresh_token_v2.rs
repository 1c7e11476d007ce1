//! Refresh tokens of version 2: the session's id and a counter, signed with the session's key. They have no row of their
//! own. The same counter always gives the same token, so a lost answer can be given again.
//!
//! In base64: the version (1 byte), the session's id (16), the counter (a varint), the signature (16, HMAC-SHA-256), a
//! checksum of all that (4, SHA-256).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::random::Random;

/// The first byte of every token.
const VERSION: u8 = 0;

/// The length of the signature in bytes.
const SIGNATURE: usize = 16;

/// The length of the checksum in bytes.
const CHECKSUM: usize = 4;

/// A token whose form and checksum are right. Its signature is not verified yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RefreshTokenV2 {
    pub(super) session: Uuid,
    pub(super) counter: u64,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

/// A key for a new session, in base64, as `auth.sessions` stores it.
pub(super) fn new_key(random: &dyn Random) -> String {
    let mut key = [0; 32];
    random.fill(&mut key);
    STANDARD.encode(key)
}

/// The token of `session` with `counter`. `None` when `key` is not base64.
pub(super) fn write(session: Uuid, counter: u64, key: &str) -> Option<String> {
    let mut bytes = vec![VERSION];
    bytes.extend(session.as_bytes());
    write_varint(&mut bytes, counter);
    let signature = mac(key, &bytes)?.finalize().into_bytes();
    bytes.extend(&signature[..SIGNATURE]);
    let checksum = Sha256::digest(&bytes);
    bytes.extend(&checksum[..CHECKSUM]);
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

impl RefreshTokenV2 {
    /// Reads a token. `None` when its form or its checksum is wrong.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let body_end = bytes.len().checked_sub(CHECKSUM)?;
        let (body, checksum) = bytes.split_at(body_end);
        if Sha256::digest(body)[..CHECKSUM] != *checksum {
            return None;
        }
        let (signed, signature) = body.split_at(body.len().checked_sub(SIGNATURE)?);
        let (version, rest) = signed.split_first()?;
        let (session, counter) = rest.split_at_checked(16)?;
        if *version != VERSION {
            return None;
        }
        Some(Self {
            session: Uuid::from_slice(session).ok()?,
            counter: read_varint(counter)?,
            signed: signed.to_vec(),
            signature: signature.to_vec(),
        })
    }

    /// Whether the token was signed with `key`, the key of its session.
    pub(super) fn is_from(&self, key: &str) -> bool {
        mac(key, &self.signed).is_some_and(|mac| mac.verify_truncated_left(&self.signature).is_ok())
    }
}

fn mac(key: &str, bytes: &[u8]) -> Option<Hmac<Sha256>> {
    let key = STANDARD.decode(key).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(bytes);
    Some(mac)
}

/// Appends `number` as a varint: seven bits in a byte, the lowest first; the high bit says that another byte follows.
fn write_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_varint(bytes: &[u8]) -> Option<u64> {
    let (last, _) = bytes.split_last()?;
    if bytes.len() > 9 || last & 0x80 != 0 {
        return None;
    }
    Some(bytes.iter().rev().fold(0, |number, byte| (number << 7) | u64::from(byte & 0x7f)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_token_is_read_back_and_known_by_its_own_session_only() {
        let (key, session) = (new_key(&SystemRandom), Uuid::from_u128(7));

        for counter in [0, 1, 127, 128, 70_000] {
            let token = RefreshTokenV2::read(&write(session, counter, &key).unwrap()).unwrap();
            assert_eq!((token.session, token.counter), (session, counter));
            assert!(token.is_from(&key));
            assert!(!token.is_from(&new_key(&SystemRandom)));
        }
    }

    #[test]
    fn an_altered_token_is_not_read() {
        let token = write(Uuid::from_u128(7), 1, &new_key(&SystemRandom)).unwrap();

        for at in 0..token.len() {
            let mut altered = token.clone();
            altered.replace_range(at..=at, if &token[at..=at] == "A" { "B" } else { "A" });
            assert_eq!(RefreshTokenV2::read(&altered), None, "{at}");
        }
        assert_eq!(RefreshTokenV2::read("abc"), None);
        assert_eq!(RefreshTokenV2::read(""), None);
    }

    #[test]
    fn the_same_counter_gives_the_same_token() {
        let (key, session) = (new_key(&SystemRandom), Uuid::from_u128(7));

        assert_eq!(write(session, 3, &key), write(session, 3, &key));
        assert_ne!(write(session, 3, &key), write(session, 4, &key));
    }
}

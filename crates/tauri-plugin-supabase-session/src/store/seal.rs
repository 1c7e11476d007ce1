//! The sealed form of a text: encrypted and authenticated with XChaCha20-Poly1305, and bound to the place that it was
//! written for. No file and no key store is known here.
//!
//! What it is bound to (the associated data) is not in the sealed text itself but known to whoever opens it: the app, the
//! place, the form's version and the generation. A sealed text that is copied to another place, or given another
//! generation, does not open there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryRngCore;
use rand::rngs::OsRng;
use serde::{Deserialize, Serialize};
use supabase_session::Secret;

/// The version of the form that this module writes.
pub(super) const VERSION: u64 = 1;

/// The length of a key in bytes.
pub(super) const KEY_LENGTH: usize = 32;

/// The length of a nonce in bytes. Random ones of this length may be drawn for ever without one coming twice.
const NONCE_LENGTH: usize = 24;

/// Begins the associated data, so that nothing that another program sealed with the same key opens here.
const DOMAIN: &str = "tauri-plugin-supabase-session";

/// A key that texts are sealed with.
#[derive(Debug, Clone)]
pub(super) struct Key(Secret<[u8; KEY_LENGTH]>);

/// The system gives no randomness, or the text is too long for the cipher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotSealed;

/// What a sealed text is bound to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    /// The app's identifier.
    pub(super) app: &'a str,
    /// What the text is of: a project, or the path of a file.
    pub(super) subject: &'a str,
    /// Where it lies: the slot's name.
    pub(super) slot: &'a str,
}

/// A sealed text, as it lies in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sealed {
    v: u64,
    #[serde(rename = "gen")]
    pub(super) generation: u64,
    nonce: String,
    ct: String,
}

/// What the bytes of a file are, as far as can be told without a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A sealed text of this version.
    Sealed(Sealed),
    /// A sealed text of a later version.
    Later,
    /// Something else: torn, overwritten, or never a sealed text.
    Other,
}

impl Key {
    /// A new random key.
    pub(super) fn random() -> Result<Self, NotSealed> {
        Ok(Self(Secret::new(random()?)))
    }

    /// The key of these bytes; `None` when their number is wrong.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Secret::new(bytes.try_into().ok()?)))
    }

    /// Its bytes.
    pub(super) fn expose(&self) -> &[u8; KEY_LENGTH] {
        self.0.expose()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.expose().into())
    }
}

impl Sealed {
    /// Seals the text.
    ///
    /// # Errors
    /// [`NotSealed`].
    pub(super) fn new(
        key: &Key,
        binding: &Binding<'_>,
        generation: u64,
        text: &[u8],
    ) -> Result<Self, NotSealed> {
        let nonce: [u8; NONCE_LENGTH] = random()?;
        let aad = binding.associated_data(VERSION, generation);
        let payload = Payload { msg: text, aad: &aad };
        let ct = key.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| NotSealed)?;
        Ok(Self { v: VERSION, generation, nonce: BASE64.encode(nonce), ct: BASE64.encode(ct) })
    }

    /// The text; `None` when it was sealed with another key, for another place, or was changed since.
    pub(super) fn open(&self, key: &Key, binding: &Binding<'_>) -> Option<Secret<Vec<u8>>> {
        let nonce: [u8; NONCE_LENGTH] = BASE64.decode(&self.nonce).ok()?.try_into().ok()?;
        let ct = BASE64.decode(&self.ct).ok()?;
        let aad = binding.associated_data(self.v, self.generation);
        let payload = Payload { msg: &ct, aad: &aad };
        key.cipher().decrypt(&XNonce::from(nonce), payload).ok().map(Secret::new)
    }

    /// Its parts by name, for a store of JSON values.
    pub(super) fn parts(&self) -> [(&'static str, serde_json::Value); 4] {
        [
            ("v", self.v.into()),
            ("gen", self.generation.into()),
            ("nonce", self.nonce.as_str().into()),
            ("ct", self.ct.as_str().into()),
        ]
    }
}

impl Form {
    /// Of a file's bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        /// What every version has.
        #[derive(Deserialize)]
        struct Versioned {
            v: u64,
        }
        match serde_json::from_slice::<Versioned>(bytes) {
            Ok(Versioned { v }) if v > VERSION => Self::Later,
            Ok(Versioned { v: VERSION }) => match serde_json::from_slice::<Sealed>(bytes) {
                Ok(sealed) if sealed.is_base64() => Self::Sealed(sealed),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }
}

impl Sealed {
    /// Nothing that could be read as it is stands in its parts.
    fn is_base64(&self) -> bool {
        let nonce = BASE64.decode(&self.nonce).is_ok_and(|nonce| nonce.len() == NONCE_LENGTH);
        nonce && BASE64.decode(&self.ct).is_ok()
    }
}

impl Binding<'_> {
    /// Each part behind its length, so that no two bindings have the same bytes.
    fn associated_data(&self, version: u64, generation: u64) -> Vec<u8> {
        let mut data = Vec::new();
        for part in [DOMAIN, self.app, self.subject, self.slot] {
            data.extend_from_slice(&(part.len() as u64).to_le_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        data.extend_from_slice(&version.to_le_bytes());
        data.extend_from_slice(&generation.to_le_bytes());
        data
    }
}

/// Bytes that nobody can guess.
pub(super) fn random<const N: usize>() -> Result<[u8; N], NotSealed> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| NotSealed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Binding<'_> = Binding { app: "com.acme.app", subject: "sb-abcd", slot: "a" };

    #[test]
    fn what_was_sealed_opens_with_its_key_at_its_place_and_nowhere_else() {
        let (key, other) = (Key::random().unwrap(), Key::random().unwrap());
        let sealed = Sealed::new(&key, &HERE, 7, b"canary").unwrap();

        assert_eq!(sealed.open(&key, &HERE).unwrap().expose(), b"canary");

        assert!(sealed.open(&other, &HERE).is_none(), "another key");
        for elsewhere in [
            Binding { app: "com.acme.other", ..HERE },
            Binding { subject: "sb-efgh", ..HERE },
            Binding { slot: "b", ..HERE },
            // The same bytes, cut elsewhere.
            Binding { app: "com.acme.ap", subject: "psb-abcd", ..HERE },
        ] {
            assert!(sealed.open(&key, &elsewhere).is_none(), "{elsewhere:?}");
        }
        let newer = Sealed { generation: 8, ..sealed.clone() };
        assert!(newer.open(&key, &HERE).is_none(), "another generation");
        let later = Sealed { v: 0, ..sealed };
        assert!(later.open(&key, &HERE).is_none(), "another version");
    }

    #[test]
    fn the_same_text_is_never_sealed_to_the_same_bytes() {
        let key = Key::random().unwrap();
        let [one, other] = [(); 2].map(|()| Sealed::new(&key, &HERE, 1, b"canary").unwrap());

        assert!(one.nonce != other.nonce && one.ct != other.ct);
    }

    #[test]
    fn no_single_changed_bit_opens() {
        let key = Key::random().unwrap();
        let sealed = Sealed::new(&key, &HERE, 1, b"canary").unwrap();
        let flip = |text: &str, bit: usize| {
            let mut bytes = BASE64.decode(text).unwrap();
            bytes[bit / 8] ^= 1 << (bit % 8);
            BASE64.encode(bytes)
        };

        for bit in 0..NONCE_LENGTH * 8 {
            let changed = Sealed { nonce: flip(&sealed.nonce, bit), ..sealed.clone() };
            assert!(changed.open(&key, &HERE).is_none(), "bit {bit} of the nonce");
        }
        for bit in 0..BASE64.decode(&sealed.ct).unwrap().len() * 8 {
            let changed = Sealed { ct: flip(&sealed.ct, bit), ..sealed.clone() };
            assert!(changed.open(&key, &HERE).is_none(), "bit {bit} of the text");
        }
    }

    #[test]
    fn the_form_tells_a_later_version_from_rubbish() {
        let key = Key::random().unwrap();
        let sealed = Sealed::new(&key, &HERE, 1, b"canary").unwrap();
        let bytes = serde_json::to_vec(&sealed).unwrap();

        assert_eq!(Form::of(&bytes), Form::Sealed(sealed));
        assert_eq!(Form::of(br#"{"v":2,"anything":[]}"#), Form::Later);
        for other in [
            &b""[..],
            b"{",
            b"\0\0\0",
            b"[]",
            br#"{"v":0}"#,
            br#"{"v":1,"gen":1,"nonce":"","ct":""}"#,
            br#"{"v":1,"gen":1,"nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","ct":"a token!"}"#,
            br#"{"v":1,"gen":1,"nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","ct":"","token":"t"}"#,
            &bytes[..bytes.len() - 1],
        ] {
            assert_eq!(Form::of(other), Form::Other, "{}", String::from_utf8_lossy(other));
        }
    }
}

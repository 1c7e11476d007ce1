//! The sealed store, opened by the rules that its documentation gives and not by the code that seals it: a store that
//! this cannot open is not what it says it is.

use std::fs;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;
use foyer_contract::brand::IDENTIFIER;
use serde::Deserialize;
use serde_json::Value;

use crate::fault::{Fault, Outcome};

/// Begins what a sealed text is bound to.
const DOMAIN: &str = "tauri-plugin-supabase-session";

/// The apps that seal in tests.
const APPS: [&str; 2] = [IDENTIFIER, "app.foyer.example"];

/// The length of a key, and of the byte before both that names their form.
const KEY: usize = 32;

/// A sealed text as it lies in a file.
#[derive(Deserialize)]
struct Sealed {
    v: u64,
    r#gen: u64,
    nonce: String,
    ct: String,
}

/// What says where the keys are.
#[derive(Deserialize)]
struct Setting {
    active: String,
    key: Option<String>,
}

/// What the slots in the store's folder hold, each as the JSON that was sealed. Nothing where the keys are in no file.
///
/// # Errors
/// When a slot does not open.
pub(crate) fn slots(folder: &Path) -> Outcome<Vec<Value>> {
    let Some(key) = session_key(folder)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some((subject, slot)) = name.rsplit_once('.').filter(|(_, slot)| matches!(*slot, "a" | "b"))
        else {
            continue;
        };
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let sealed: Sealed = serde_json::from_slice(&fs::read(&path)?)?;
        let opened = APPS.iter().find_map(|app| open(&sealed, &key, [app, subject, slot]).transpose());
        let opened = opened.ok_or_else(|| Fault::new(format!("the slot {name} does not open")))?;
        found.push(serde_json::from_slice(&opened?)?);
    }
    Ok(found)
}

/// The key that sessions are sealed with, where it lies in a file.
fn session_key(folder: &Path) -> Outcome<Option<Vec<u8>>> {
    let Ok(setting) = fs::read(folder.join("protection.json")) else { return Ok(None) };
    let setting: Setting = serde_json::from_slice(&setting)?;
    let Some(id) = setting.key.filter(|_| setting.active == "key_file") else { return Ok(None) };
    let held = fs::read(folder.join(format!("key-{id}")))?;
    let key = held.get(1..=KEY).ok_or_else(|| Fault::new("the key's file holds no key"))?;
    Ok(Some(key.to_vec()))
}

/// What was sealed; `None` where it was sealed with another key or for another place.
fn open(sealed: &Sealed, key: &[u8], place: [&str; 3]) -> Outcome<Option<Vec<u8>>> {
    let mut bound_to = Vec::new();
    for part in [DOMAIN].into_iter().chain(place) {
        bound_to.extend((part.len() as u64).to_le_bytes());
        bound_to.extend(part.as_bytes());
    }
    bound_to.extend(sealed.v.to_le_bytes());
    bound_to.extend(sealed.r#gen.to_le_bytes());
    let nonce = BASE64.decode(sealed.nonce.as_bytes())?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| Fault::new("a nonce has another length"))?;
    let ct = BASE64.decode(sealed.ct.as_bytes())?;
    let cipher = XChaCha20Poly1305::new_from_slice(key)?;
    Ok(cipher.decrypt(&XNonce::from(nonce), Payload { msg: &ct, aad: &bound_to }).ok())
}

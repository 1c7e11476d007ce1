//! The record of the setting as a text in a file. It ends with a sum of all that stands before it, so that a changed byte
//! is told from what a later version of the app wrote.

use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use supabase_session_contract::protection::Protection;

use super::keys::KeyId;
use super::setting::{KeyPlace, Record, Setting};

/// The version of the text's form.
const FORM: u64 = 1;

/// Stands before the sum, which is the last part. Versions before this one wrote none; later ones sum in the same way.
const SUM: &str = r#""sum":"#;

/// What a text says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A record.
    Said(Record),
    /// Something that a later version of the app wrote, and that this one does not know.
    Later,
    /// Nothing: it is torn, overwritten or changed.
    Damaged,
}

/// The record as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u64,
    chosen: Option<Protection>,
    active: Option<Protection>,
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unused: Vec<StoredKey>,
    #[serde(default)]
    files_sealed: bool,
}

/// Keys as they are named in the file.
#[derive(Serialize, Deserialize)]
struct StoredKey {
    holder: Protection,
    key: String,
}

/// What every version has, with names that this one need not know.
#[derive(Deserialize)]
struct Named {
    v: u64,
    chosen: Option<String>,
    active: Option<String>,
    #[serde(default)]
    unused: Vec<NamedKey>,
}

#[derive(Deserialize)]
struct NamedKey {
    holder: String,
}

/// The version alone: the rest may be anything.
#[derive(Deserialize)]
struct Versioned {
    v: u64,
}

impl Form {
    /// Of a file's bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !is_changed(text)) else {
            return Self::Damaged;
        };
        if let Ok(stored) = serde_json::from_str::<Stored>(text)
            && stored.v == FORM
        {
            return Record::from_stored(stored).map_or(Self::Damaged, Self::Said);
        }
        let is_later = serde_json::from_str::<Versioned>(text).is_ok_and(|text| text.v > FORM)
            || serde_json::from_str::<Named>(text).is_ok_and(|named| named.v == FORM && named.is_unknown());
        if is_later { Self::Later } else { Self::Damaged }
    }
}

impl Named {
    /// Whether a name in it is none that this version knows.
    fn is_unknown(&self) -> bool {
        let holders = self.unused.iter().map(|unused| &unused.holder);
        let mut names = self.chosen.iter().chain(&self.active).chain(holders);
        names.any(|name| serde_json::from_value::<Protection>(name.as_str().into()).is_err())
    }
}

/// The text of this record.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn text_of(record: &Record) -> io::Result<Vec<u8>> {
    let text = serde_json::to_string(&Stored::of(record))?;
    let said = format!("{},", text.strip_suffix('}').unwrap_or(&text));
    Ok(format!("{said}{SUM}{}", end(&said)).into_bytes())
}

/// Whether the text is another one than was summed. One without a sum is not.
fn is_changed(text: &str) -> bool {
    text.rsplit_once(SUM).is_some_and(|(said, rest)| rest.trim() != end(said))
}

/// The sum of what was said, and the end of the text.
fn end(said: &str) -> String {
    let hash = Sha256::digest(said);
    let sum: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{sum}\"}}")
}

impl Record {
    fn from_stored(stored: Stored) -> Option<Self> {
        let place = |holder, key: Option<&str>| {
            let id = || key.and_then(KeyId::parse);
            Some(match holder {
                Protection::Keychain => KeyPlace::Keychain(id()?),
                Protection::KeyFile => KeyPlace::File(id()?),
                Protection::Memory => KeyPlace::Nowhere,
            })
        };
        let setting = match stored.active {
            Some(active) => {
                Some(Setting { chosen: stored.chosen, place: place(active, stored.key.as_deref())? })
            }
            None => None,
        };
        let unused = stored.unused.iter().filter_map(|unused| place(unused.holder, Some(&unused.key)));
        Some(Self { setting, unused: unused.collect(), files_sealed: stored.files_sealed })
    }
}

impl Stored {
    fn of(record: &Record) -> Self {
        let place = record.setting.as_ref().map(|setting| &setting.place);
        let unused = record.unused.iter().filter_map(|place| {
            Some(StoredKey { holder: place.protection(), key: place.id()?.as_str().to_owned() })
        });
        Self {
            v: FORM,
            chosen: record.setting.as_ref().and_then(|setting| setting.chosen),
            active: place.map(KeyPlace::protection),
            key: place.and_then(KeyPlace::id).map(|id| id.as_str().to_owned()),
            unused: unused.collect(),
            files_sealed: record.files_sealed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let [counts, unused] = [(); 2].map(|()| KeyPlace::File(KeyId::random().unwrap()));
        let setting = Some(Setting { chosen: Some(Protection::KeyFile), place: counts });
        Record { setting, unused: vec![unused], files_sealed: true }
    }

    #[test]
    fn a_text_in_which_one_bit_is_changed_says_the_same_or_nothing() {
        let record = record();
        let text = text_of(&record).unwrap();
        assert_eq!(Form::of(&text), Form::Said(record.clone()));

        for bit in 0..text.len() * 8 {
            let mut changed = text.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let form = Form::of(&changed);
            assert!(form == Form::Damaged || form == Form::Said(record.clone()), "bit {bit}: {form:?}");
        }
    }

    #[test]
    fn a_text_that_is_cut_or_ends_in_zeros_says_nothing() {
        let text = text_of(&record()).unwrap();

        for length in 0..text.len() {
            let cut = &text[..length];
            assert_eq!(Form::of(cut), Form::Damaged, "{length} bytes");
            assert_eq!(Form::of(&[cut, &vec![0; text.len() - length]].concat()), Form::Damaged);
        }
    }

    #[test]
    fn what_a_later_version_says_is_told_from_what_makes_no_sense() {
        for later in [
            r#"{"v":2,"whatever":"it needs"}"#,
            r#"{"v":2,"chosen":{"a":1}}"#,
            r#"{"v":1,"chosen":"tpm","active":"keychain","key":"0123456789abcdef"}"#,
            r#"{"v":1,"chosen":null,"active":"tpm","key":"0123456789abcdef"}"#,
            r#"{"v":1,"chosen":null,"active":null,"unused":[{"holder":"tpm","key":"0123456789abcdef"}]}"#,
        ] {
            assert_eq!(Form::of(later.as_bytes()), Form::Later, "{later}");
        }
        for broken in [
            "",
            "{",
            "[]",
            r#"{"v":0}"#,
            r#"{"v":1,"active":"key_file","key":"../x"}"#,
            r#"{"v":1,"active":"key_file"}"#,
            r#"{"v":2,"sum":"0123456789abcdef"}"#,
        ] {
            assert_eq!(Form::of(broken.as_bytes()), Form::Damaged, "{broken}");
        }
    }
}

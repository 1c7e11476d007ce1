//! The keys that lie in a folder with a store, and those that the store knows of.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;

use crate::TortureError;
use crate::child::{Keychain, keys_in};

/// The names of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    /// Those that are held, beside the store and in its keychain.
    held: BTreeSet<String>,
    /// The one that counts.
    counting: BTreeSet<String>,
    /// Those that the store knows of and has no use for.
    unused: BTreeSet<String>,
}

impl Keys {
    /// Of the store in this folder, and of its keychain.
    ///
    /// # Errors
    /// When the keychain gives no answer, or the setting makes no sense.
    pub(crate) fn of(folder: &Path, keychain: Keychain) -> Result<Self, TortureError> {
        let mut keys = Self::default();
        keys.held.extend(keys_in(folder));
        keys.held.extend(keychain.keys(folder)?);
        let text = match fs::read_to_string(folder.join("protection.json")) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(keys),
            Err(error) => return Err(TortureError::Io("the setting is read", error)),
        };
        let setting: Value = serde_json::from_str(&text)
            .map_err(|error| TortureError::Child(format!("the setting makes no sense: {error}")))?;
        let name = |of: &Value| of["key"].as_str().map(str::to_owned);
        keys.counting.extend(name(&setting));
        keys.unused.extend(setting["unused"].as_array().into_iter().flatten().filter_map(name));
        Ok(keys)
    }

    /// Held keys that nothing names.
    pub(crate) fn unnamed(&self) -> Vec<&String> {
        let is_unnamed = |key: &&String| !self.counting.contains(*key) && !self.unused.contains(*key);
        self.held.iter().filter(is_unnamed).collect()
    }

    /// What a start that has tidied up must not leave: held keys that do not count, and names of such.
    pub(crate) fn left(&self) -> Vec<&String> {
        self.held.union(&self.unused).filter(|key| !self.counting.contains(*key)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::child::keychain;

    #[test]
    fn a_key_is_named_where_it_counts_or_is_known_to_be_of_no_use() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Keys::of(folder.path(), Keychain::Folder).unwrap(), Keys::default());
        fs::create_dir(keychain(folder.path())).unwrap();
        let setting = r#"{"v":1,"key":"aa","unused":[{"holder":"keychain","key":"bb"},{"holder":"key_file","key":"ee"}]}"#;
        fs::write(folder.path().join("protection.json"), setting).unwrap();
        for path in ["key-aa", "keychain/key-bb", "keychain/key-cc", "key-dd", "other"] {
            fs::write(folder.path().join(path), "").unwrap();
        }

        let keys = Keys::of(folder.path(), Keychain::Folder).unwrap();

        assert_eq!(keys.unnamed(), ["cc", "dd"]);
        assert_eq!(keys.left(), ["bb", "cc", "dd", "ee"]);
    }
}

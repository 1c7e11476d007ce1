//! What the app has written below its data folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::sealed;

/// Under these names a store keeps what nobody else may see.
const SECRET_NAMES: [&str; 3] = ["access_token", "refresh_token", "verifier"];

/// A file or folder, with its mode.
#[derive(Debug)]
pub struct Entry {
    /// Where it lies.
    pub path: PathBuf,
    /// Its permission bits.
    pub mode: u32,
    /// A folder.
    pub is_folder: bool,
}

impl Desktop {
    /// All files and folders at and below a folder of the app's data.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn entries(&self, folder: &str) -> Outcome<Vec<Entry>> {
        let mut found = Vec::new();
        collect(&self.data_dir().join(folder), &mut found)?;
        Ok(found)
    }

    /// Every file that anything on this desktop has written, wherever it lies.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn files(&self) -> Outcome<Vec<PathBuf>> {
        let (mut files, mut folders) = (Vec::new(), vec![self.path("")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push(entry.path());
                }
            }
        }
        Ok(files)
    }

    /// Whether a file of this name lies anywhere on this desktop.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn has_file(&self, name: &str) -> Outcome<bool> {
        Ok(self.files()?.iter().any(|path| path.file_name().is_some_and(|file| file == name)))
    }

    /// The content of all files below a folder of the app's data, as text.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn content(&self, folder: &str) -> Outcome<String> {
        let mut content = String::new();
        for entry in self.entries(folder)?.iter().filter(|entry| !entry.is_folder) {
            content += &String::from_utf8_lossy(&fs::read(&entry.path)?);
            content.push('\n');
        }
        Ok(content)
    }

    /// Changes the session that the store holds, while the app is closed. It is left as a version wrote it that did not
    /// seal: the app seals it at its next start.
    ///
    /// # Errors
    /// When the store holds no session, or its files cannot be changed.
    pub fn change_session(&self, change: impl FnOnce(&mut Value) -> Outcome) -> Outcome {
        let folder = self.data_dir().join("store");
        let slots = sealed::slots(&folder)?;
        let sessions = slots.iter().filter_map(Value::as_object).flatten();
        let sessions = sessions.filter(|(key, _)| key.ends_with("-auth-token"));
        let parsed = sessions
            .filter_map(|(key, text)| Some((key, serde_json::from_str::<Value>(text.as_str()?).ok()?)));
        let newest = parsed.max_by_key(|(_, session)| session["expires_at"].as_u64());
        let (key, mut session) = newest.ok_or_else(|| Fault::new("the store holds no session"))?;
        change(&mut session)?;
        for entry in self.entries("store")? {
            let name = entry.path.to_string_lossy();
            if name.ends_with(".a.json") || name.ends_with(".b.json") {
                fs::remove_file(&entry.path)?;
            }
        }
        let plain = serde_json::json!({ key.as_str(): session.to_string() });
        Ok(fs::write(folder.join("session.json"), plain.to_string())?)
    }

    /// The tokens and verifiers that the app's store holds now, sealed or not, as `(name, value)`. Those that a keychain has
    /// the key to are not seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn secrets(&self) -> Outcome<Vec<(String, String)>> {
        let mut secrets = Vec::new();
        for entry in self.entries("store")?.iter().filter(|entry| !entry.is_folder) {
            if let Ok(value) = serde_json::from_slice(&fs::read(&entry.path)?) {
                gather("", &value, &mut secrets);
            }
        }
        sealed::slots(&self.data_dir().join("store"))?
            .iter()
            .for_each(|value| gather("", value, &mut secrets));
        Ok(secrets)
    }
}

fn collect(path: &Path, found: &mut Vec<Entry>) -> Outcome {
    let about = fs::metadata(path)?;
    found.push(Entry {
        path: path.to_owned(),
        mode: about.permissions().mode() & 0o777,
        is_folder: about.is_dir(),
    });
    if about.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), found)?;
        }
    }
    Ok(())
}

/// Values lie in JSON that lies as text in JSON: looks through both.
fn gather(name: &str, value: &Value, secrets: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            // The outer name goes on to count: a verifier may lie in a record under a key that says so.
            fields.iter().for_each(|(field, value)| gather(&format!("{name}/{field}"), value, secrets));
        }
        // What stands in a list has no name of its own: the list of flows' public names is no secret.
        Value::Array(values) => values.iter().for_each(|value| gather("", value, secrets)),
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => gather(name, &inner, secrets),
            _ if is_secret(name, text) => secrets.push((name.to_owned(), text.clone())),
            _ => {}
        },
        _ => {}
    }
}

/// Whether the last part of a name says so, and the value is long enough to be one.
fn is_secret(name: &str, text: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    text.len() >= 12 && SECRET_NAMES.iter().any(|secret| last.contains(secret))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tokens_are_found_in_json_that_lies_as_text_in_json_and_public_names_are_not_taken_for_them() {
        let session =
            json!({ "access_token": "aaaaaaaaaaaaaaaa", "user": { "email": "ada@example.com" } }).to_string();
        let mut secrets = Vec::new();

        let stored = json!({ "sb-127-auth-token": session, "sb-127-auth-token-code-verifier": "[\"flow-with-a-name\"]" });
        gather("", &stored, &mut secrets);

        assert_eq!(secrets, [("/sb-127-auth-token/access_token".to_owned(), "aaaaaaaaaaaaaaaa".to_owned())]);
    }
}

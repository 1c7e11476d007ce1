//! What a store of ours has for a keychain: a folder of files, which is there on any machine, or the Secret Service of the
//! session.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tauri::App;
use tauri::test::MockRuntime;
use tauri_plugin_supabase_session::contract::protection::Protection;
use tauri_plugin_supabase_session::store::PluginStore;

use super::writer_kind::WriterKind;
use crate::TortureError;

/// What takes the place of the system's keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Keychain {
    /// Files in a folder below the store
    Folder,
    /// The Secret Service on the session bus
    SecretService,
}

impl Keychain {
    /// As it is named on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::SecretService => "secret-service",
        }
    }

    /// The plugin's store in this folder, for a writer of this kind. Who changes the protection begins with whatever the
    /// machine has; for others the keys lie in the Secret Service, or in a file where there is none.
    ///
    /// # Errors
    /// When the folder for keys cannot be made.
    pub(crate) fn store(
        self,
        app: &App<MockRuntime>,
        folder: &Path,
        kind: WriterKind,
    ) -> Result<PluginStore<MockRuntime>, TortureError> {
        let app = app.handle().clone();
        Ok(match (self, kind) {
            (Self::SecretService, WriterKind::Protected) => PluginStore::new(app, folder, None),
            (Self::SecretService, _) => PluginStore::new(app, folder, Some(Protection::Keychain)),
            (Self::Folder, WriterKind::Protected) => {
                let keychain = keychain(folder);
                fs::create_dir_all(&keychain).map_err(TortureError::io("a folder for keys is made"))?;
                PluginStore::with_keychain_folder(app, folder, None, &keychain)
            }
            (Self::Folder, _) => PluginStore::new(app, folder, Some(Protection::KeyFile)),
        })
    }

    /// The names of the keys that it holds for the store in this folder.
    ///
    /// # Errors
    /// When it gives no answer.
    pub(crate) fn keys(self, folder: &Path) -> Result<Vec<String>, TortureError> {
        match self {
            Self::Folder => Ok(keys_in(&keychain(folder))),
            Self::SecretService => keys_in_secret_service(folder),
        }
    }
}

/// Where the keychain of a store lies that is a folder.
#[must_use]
pub fn keychain(folder: &Path) -> PathBuf {
    folder.join("keychain")
}

/// The identifier of the app whose store lies in this folder.
pub(super) fn identifier(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("app.foyer.torture.{name}")
}

/// The names of the keys in files of this folder; none where there is no folder.
pub(crate) fn keys_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| Some(name.strip_prefix("key-")?.to_owned())).collect()
}

#[cfg(target_os = "linux")]
fn keys_in_secret_service(folder: &Path) -> Result<Vec<String>, TortureError> {
    let keys = tauri_plugin_supabase_session::store::driven::keys_in_keychain(&identifier(folder));
    keys.map_err(|error| TortureError::Child(format!("the keyring does not name its keys: {error}")))
}

#[cfg(not(target_os = "linux"))]
fn keys_in_secret_service(_: &Path) -> Result<Vec<String>, TortureError> {
    Err(TortureError::Child("only Linux has a Secret Service".into()))
}

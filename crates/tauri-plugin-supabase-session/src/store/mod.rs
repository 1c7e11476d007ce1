//! The storage adapter: `supabase-session`'s [`SessionStore`] on tauri-plugin-store.
//!
//! The plugin keeps a map of JSON values and writes it to a file. What it does not do, this module does: it writes
//! beside the file and renames (the plugin truncates in place), closes the plugin's resource after each save (its
//! exit hook would write once more), creates the file for its owner only, looks at the modes after each save, says that a
//! file does not parse (the plugin reads it as empty), and forgets a value in place where the disk is full or the folder
//! cannot be written.
//!
//! Two programs may share the folder: what the other one wrote is read when the file has changed, and a lock on a file
//! beside it keeps them from changing the session at the same time.
//!
//! The file's format is known here and nowhere else.

pub mod file;
pub mod steps;

use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use serde_json::Value;
use supabase_session::{Secret, SessionStore, StoreError, StoreKey, StoreLock};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreBuilder;

/// The name of the file in the store folder.
const FILE_NAME: &str = "session.json";

/// Where versions before kept a file that did not parse, with whatever tokens were in it.
const ASIDE_NAME: &str = "session.json.corrupt";

/// How often a lock that another program has is asked for. The operating system could wait for it, but nobody could stop
/// it from waiting.
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The name of the file beside it that is locked. It is always empty.
const LOCK_NAME: &str = "session.lock";

/// What the file holds: value by key.
type Values = BTreeMap<String, Secret<String>>;

/// What is known of the file.
enum Contents {
    /// Not read yet.
    Unread,
    /// It held something that does not parse, and was removed: nothing in it can be used, and there may be a token in it.
    /// Said to every reader until something new is set.
    Lost,
    /// This, as long as the file is this version of it.
    Known(Values, Option<Version>),
}

/// Tells one version of the file from another. Each is written beside and renamed, so that none has the inode of the
/// one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Version {
    inode: u64,
    length: u64,
    modified: Option<SystemTime>,
}

/// A [`SessionStore`] in one file below `folder`, kept by tauri-plugin-store.
pub struct PluginStore<R: Runtime> {
    inner: Arc<Inner<R>>,
}

struct Inner<R: Runtime> {
    app: AppHandle<R>,
    path: PathBuf,
    contents: Mutex<Contents>,
    /// It was said that others may read the file.
    is_open_said: AtomicBool,
}

impl<R: Runtime> PluginStore<R> {
    /// A store in `folder` (absolute). Nothing is read yet.
    #[must_use]
    pub fn new(app: AppHandle<R>, folder: &Path) -> Self {
        let path = folder.join(FILE_NAME);
        let (contents, is_open_said) = (Mutex::new(Contents::Unread), AtomicBool::new(false));
        Self { inner: Arc::new(Inner { app, path, contents, is_open_said }) }
    }

    /// Files are written on a thread that may block.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner<R>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.inner);
        tauri::async_runtime::spawn_blocking(move || work(&inner))
            .await
            .map_err(|_| StoreError::Unwritable("the app is ending".to_owned()))?
    }
}

#[async_trait]
impl<R: Runtime> SessionStore for PluginStore<R> {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let key = key.as_str().to_owned();
        self.blocking(move |inner| inner.get(&key)).await
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        let (key, value) = (key.as_str().to_owned(), value.clone());
        self.blocking(move |inner| inner.set(key, value)).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        let key = key.as_str().to_owned();
        self.blocking(move |inner| inner.remove(&key)).await
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        loop {
            let path = self.inner.path.with_file_name(LOCK_NAME);
            if let Some(file) = self.blocking(move |_| file::try_lock(&path).map_err(unwritable)).await? {
                return Ok(StoreLock::new(file));
            }
            tokio::time::sleep(LOCK_PAUSE).await;
        }
    }
}

impl<R: Runtime> Inner<R> {
    fn get(&self, key: &str) -> Result<Option<Secret<String>>, StoreError> {
        match &*self.contents()? {
            Contents::Known(values, _) => Ok(values.get(key).cloned()),
            Contents::Lost | Contents::Unread => Err(StoreError::Corrupt),
        }
    }

    /// On disk first, then in memory. Where the disk refuses, memory stays as it was.
    fn set(&self, key: String, value: Secret<String>) -> Result<(), StoreError> {
        let mut contents = self.contents()?;
        let mut values = match &*contents {
            Contents::Known(values, _) => values.clone(),
            Contents::Lost | Contents::Unread => Values::new(),
        };
        values.insert(key, value);
        self.save(&values)?;
        *contents = Contents::Known(values, self.version());
        Ok(())
    }

    /// As [`set`](Self::set). Nothing is written where there is nothing to remove. Where no new file can be written, the
    /// value is overwritten where it lies: a sign-out must not depend on a free byte.
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        let mut contents = self.contents()?;
        let Contents::Known(values, _) = &*contents else { return Ok(()) };
        if !values.contains_key(key) {
            return Ok(());
        }
        let mut values = values.clone();
        values.remove(key);
        if let Err(error) = self.save(&values) {
            tracing::warn!(%error, "the store cannot be written anew; a value is forgotten in place");
            file::shrink_in_place(&self.path, &as_json(&values)?).map_err(unwritable)?;
        }
        *contents = Contents::Known(values, self.version());
        Ok(())
    }

    /// What the file holds, read at the first call and whenever another program has written it.
    fn contents(&self) -> Result<MutexGuard<'_, Contents>, StoreError> {
        let mut contents = self.contents.lock();
        let is_known = match &*contents {
            Contents::Unread => false,
            Contents::Lost => self.version().is_none(),
            Contents::Known(_, version) => *version == self.version(),
        };
        if !is_known {
            *contents = self.load()?;
        }
        Ok(contents)
    }

    /// Which version of the file there is; `None` where there is no file.
    fn version(&self) -> Option<Version> {
        let metadata = fs::metadata(&self.path).ok()?;
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
        // Windows tells none without another call; time and length do there.
        #[cfg(not(unix))]
        let inode = 0;
        Some(Version { inode, length: metadata.len(), modified: metadata.modified().ok() })
    }

    fn load(&self) -> Result<Contents, StoreError> {
        if let Err(error) = file::wipe(&self.path.with_file_name(ASIDE_NAME)) {
            tracing::warn!(kind = %error.kind(), "a damaged store of an older version cannot be removed");
        }
        // Before it is read: if it is replaced meanwhile, it is read once more.
        let version = self.version();
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Contents::Known(Values::new(), None));
            }
            Err(error) => return Err(StoreError::Unreadable(error.kind().to_string())),
        };
        if let Some(values) = parse(&bytes) {
            return Ok(Contents::Known(values, version));
        }
        tracing::warn!(bytes = bytes.len(), "the session's store does not parse; it is removed");
        file::wipe(&self.path).map_err(unwritable)?;
        Ok(Contents::Lost)
    }

    fn save(&self, values: &Values) -> Result<(), StoreError> {
        let next = file::next_to(&self.path);
        drop(file::create_private(&next).map_err(unwritable)?);
        self.write_with_plugin(&next, values)?;
        steps::step("file written");
        fs::OpenOptions::new()
            .write(true)
            .open(&next)
            .and_then(|file| file.sync_all())
            .map_err(unwritable)?;
        steps::step("file synced");
        file::commit(&next, &self.path).map_err(unwritable)?;
        // It is saved, whatever its mode: a network disk, FAT or a Windows drive under Linux has none of its own.
        if let Err(error) = file::check_private(&self.path)
            && !self.is_open_said.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(kind = %error.kind(), "others may read the session's store: the file system keeps no modes");
        }
        Ok(())
    }

    fn write_with_plugin(&self, path: &Path, values: &Values) -> Result<(), StoreError> {
        let plugin_error = |error: tauri_plugin_store::Error| match error {
            tauri_plugin_store::Error::Io(error) => unwritable(error),
            _ => StoreError::Unwritable("the values cannot be written as JSON".to_owned()),
        };
        let store = StoreBuilder::new(&self.app, path)
            .create_new()
            .disable_auto_save()
            .build()
            .map_err(plugin_error)?;
        for (key, value) in values {
            store.set(key, Value::String(value.expose().clone()));
        }
        let saved = store.save().map_err(plugin_error);
        // Closed whether or not it was saved: the plugin's exit hook writes every open store again.
        store.close_resource();
        saved
    }
}

/// The kind of an error of the operating system: its text may name a path.
fn unwritable(error: io::Error) -> StoreError {
    StoreError::Unwritable(error.kind().to_string())
}

/// What [`Inner::save`] lets the plugin write.
fn as_json(values: &Values) -> Result<Secret<Vec<u8>>, StoreError> {
    let values: BTreeMap<&str, &str> =
        values.iter().map(|(key, value)| (key.as_str(), value.expose().as_str())).collect();
    let text = serde_json::to_vec(&values);
    text.map(Secret::new)
        .map_err(|_| StoreError::Unwritable("the values cannot be written as JSON".to_owned()))
}

/// The file's content; `None` when it is not what [`Inner::save`] writes.
fn parse(bytes: &[u8]) -> Option<Values> {
    let values: BTreeMap<String, String> = serde_json::from_slice(bytes).ok()?;
    Some(values.into_iter().map(|(key, value)| (key, Secret::from(value))).collect())
}

#[cfg(test)]
mod tests;

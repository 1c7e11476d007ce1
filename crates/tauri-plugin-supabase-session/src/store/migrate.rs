//! The plain file of versions that did not seal: read once, sealed, looked at, then overwritten and removed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use supabase_session::{Secret, StoreError};
use tauri::Runtime;

use super::file;
use super::inner::{Inner, Project, Projects, unwritable};
use super::keys::Keys;
use super::slots::{Pair, Values};

/// Where versions before this one kept everything.
const FILE_NAME: &str = "session.json";

/// What such a version left half-written, and where a still older one kept a file that did not parse: with whatever
/// tokens were in them.
const LEFT: [&str; 2] = ["session.json.next", "session.json.corrupt"];

/// Ends the prefix of a key.
const BEHIND_PREFIX: &str = "-auth-token";

/// Whether there is a plain file.
pub(super) fn is_due(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(FILE_NAME)).is_ok()
}

/// Seals what the plain file holds of every project that has nothing sealed yet. False when the file made no sense: it is
/// removed then.
///
/// Where it cannot be sealed the file stays, and what it holds is known in memory.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn take_over<R: Runtime>(
    inner: &Inner<R>,
    projects: &mut Projects<'_>,
    keys: &Keys,
) -> Result<bool, StoreError> {
    for name in LEFT {
        if let Err(error) = file::wipe(&inner.folder.join(name)) {
            tracing::warn!(kind = %error.kind(), "a file that an older version left cannot be removed");
        }
    }
    let path = inner.folder.join(FILE_NAME);
    let plain = match file::read_regular(&path).map(Secret::new) {
        Ok(bytes) => parse(bytes.expose()),
        Err(error) if file::is_absent(&error) => return Ok(true),
        // It is far too long.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => None,
        Err(error) => return Err(StoreError::Unreadable(error.kind().to_string())),
    };
    let Some(plain) = plain else {
        tracing::warn!("the store of an older version does not parse; it is removed");
        file::wipe(&path).map_err(unwritable)?;
        return Ok(false);
    };
    let mut is_sealed = true;
    for (pair, values) in by_project(&inner.folder, plain) {
        if pair.exists() {
            continue;
        }
        let mut project = Project::empty();
        if let Err(error) = seal(inner, &pair, &mut project, &values, keys) {
            tracing::warn!(%error, "the store of an older version cannot be sealed yet");
            is_sealed = false;
        }
        project.values = values;
        projects.insert(pair, project);
    }
    if is_sealed && let Err(error) = file::wipe(&path) {
        tracing::warn!(kind = %error.kind(), "the store of an older version cannot be removed");
    }
    Ok(true)
}

/// Overwrites what the plain file still holds.
///
/// # Errors
/// When it cannot be overwritten.
pub(super) fn forget(folder: &Path) -> io::Result<()> {
    file::wipe(&folder.join(FILE_NAME))
}

fn seal<R: Runtime>(
    inner: &Inner<R>,
    pair: &Pair,
    project: &mut Project,
    values: &Values,
    keys: &Keys,
) -> Result<(), StoreError> {
    inner.save(pair, project, values, keys, false)?;
    inner.check_saved(pair, project, values, keys)
}

fn by_project(folder: &Path, plain: Values) -> BTreeMap<Pair, Values> {
    let mut projects = BTreeMap::<Pair, Values>::new();
    for (key, value) in plain {
        let Some((prefix, _)) = key.rsplit_once(BEHIND_PREFIX) else { continue };
        projects.entry(Pair::of(folder, prefix)).or_default().insert(key, value);
    }
    projects
}

/// The file's content; `None` when it is not what those versions wrote.
fn parse(bytes: &[u8]) -> Option<Values> {
    let values: BTreeMap<String, String> = serde_json::from_slice(bytes).ok()?;
    Some(values.into_iter().map(|(key, value)| (key, Secret::from(value))).collect())
}

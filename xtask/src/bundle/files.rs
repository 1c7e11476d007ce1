//! Files of packages: read, written and found.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::layout::{entries, unreadable};

/// What a text file holds.
///
/// # Errors
/// When it cannot be read.
pub(super) fn read(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

/// Writes a text file, and makes its folder.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Fault> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(file, text));
    written.map_err(|error| Fault::new(format!("{} cannot be written: {error}", file.display())))
}

/// Every file in a folder and in the folders below it.
///
/// # Errors
/// When one of them cannot be read.
pub(super) fn below(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let (folders, mut files): (Vec<_>, Vec<_>) = entries(folder)?.into_iter().partition(|path| path.is_dir());
    for folder in folders {
        files.extend(below(&folder)?);
    }
    Ok(files)
}

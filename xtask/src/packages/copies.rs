//! What a package repeats of the repository, as it may hold no file from outside of its folder: the licences, and the
//! project that the local server has built in.

use std::fs;
use std::path::PathBuf;

use crate::fault::Fault;
use crate::layout::{Layout, entries};

use super::{create, npm};

/// The licences, at the root.
const LICENSES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];
/// The folders that have them once more.
const LICENSED: [&str; 5] = [
    "crates/supabase-local",
    "crates/supabase-session",
    "crates/supabase-session-contract",
    "crates/tauri-plugin-supabase-session",
    npm::GUEST_JS,
];
/// The project in the Supabase CLI's layout, at the root and in the local server.
const PROJECT: &str = "supabase";
const BUILT_IN: &str = "crates/supabase-local/supabase";

/// A file and where it lies once more.
type Copy = (PathBuf, PathBuf);

/// Copies what has changed.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn write(layout: &Layout) -> Result<(), Fault> {
    let copies = copies(layout)?;
    for stray in strays(layout, &copies)? {
        fs::remove_file(&stray).map_err(|error| cannot(&stray, &error))?;
    }
    for (file, copy) in copies {
        create(copy.parent().unwrap_or(&layout.root))?;
        fs::copy(&file, &copy).map_err(|error| cannot(&copy, &error))?;
    }
    Ok(())
}

/// Every file that a package repeats.
fn copies(layout: &Layout) -> Result<Vec<Copy>, Fault> {
    let licenses = LICENSES.iter().flat_map(|name| {
        LICENSED.map(|folder| (layout.root.join(name), layout.root.join(folder).join(name)))
    });
    let mut copies: Vec<Copy> = licenses.collect();
    let project = layout.root.join(PROJECT);
    for file in files(project.clone())? {
        let below = file.strip_prefix(&project).unwrap_or(&file);
        copies.push((file.clone(), layout.root.join(BUILT_IN).join(below)));
    }
    Ok(copies)
}

/// Files of the built-in project that the repository's own has no more.
fn strays(layout: &Layout, copies: &[Copy]) -> Result<Vec<PathBuf>, Fault> {
    let mut there = files(layout.root.join(BUILT_IN))?;
    there.retain(|file| !copies.iter().any(|(_, copy)| copy == file));
    Ok(there)
}

/// The files in a folder and in those in it, without the Supabase CLI's own hidden ones.
fn files(folder: PathBuf) -> Result<Vec<PathBuf>, Fault> {
    let (mut found, mut next) = (Vec::new(), vec![folder]);
    while let Some(folder) = next.pop().filter(|folder| folder.is_dir()) {
        let is_hidden =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let (folders, files): (Vec<_>, Vec<_>) =
            entries(&folder)?.into_iter().filter(|path| !is_hidden(path)).partition(|path| path.is_dir());
        next.extend(folders);
        found.extend(files);
    }
    found.sort();
    Ok(found)
}

fn cannot(path: &std::path::Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_package_repeats_is_what_the_repository_has() {
        let layout = Layout::find().expect("a checkout");
        let copies = copies(&layout).expect("the copies");
        assert!(copies.len() > 2 * LICENSED.len() + 3, "the project is found: {copies:?}");

        let differs = copies.iter().filter(|(file, copy)| fs::read(file).ok() != fs::read(copy).ok());
        let mut broken: Vec<_> = differs.map(|(_, copy)| copy.clone()).collect();
        broken.extend(strays(&layout, &copies).expect("the built-in project"));

        assert!(broken.is_empty(), "`cargo xtask package` copies these anew: {broken:?}");
    }
}

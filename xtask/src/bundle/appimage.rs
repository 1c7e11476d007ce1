//! An AppImage holds the app with all its libraries. Tauri has two programs make it, which neither Debian nor a registry of
//! packages has: it takes them from a folder of this person's, and fetches from GitHub those that are not there.

use std::env;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::layout::Layout;

/// What this bundle is called in the arguments.
pub(super) const KIND: &str = "appimage";

/// Why no AppImage was made, where its programs are what was missing.
pub(super) fn without_programs(layout: &Layout) -> Option<Fault> {
    let folder = folder(layout);
    let missing = missing(&folder);
    (!missing.is_empty()).then(|| {
        Fault::new(format!(
            "no AppImage was made: {} could not be fetched from github.com and is not in {} either \
             (docs/packaging.md says where it comes from)",
            missing.join(" and "),
            folder.display()
        ))
    })
}

/// The programs' names, as Tauri keeps them.
fn programs() -> [String; 2] {
    let processor = env::consts::ARCH;
    [format!("AppRun-{processor}"), format!("linuxdeploy-{processor}.AppImage")]
}

fn missing(folder: &Path) -> Vec<String> {
    programs().into_iter().filter(|name| !folder.join(name).is_file()).collect()
}

/// Tauri's folder of programs: beside our own, in this person's cache.
fn folder(layout: &Layout) -> PathBuf {
    let cache = layout.tools.ancestors().nth(2).unwrap_or(&layout.tools);
    cache.join("tauri")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_programs_that_are_missing_are_named_with_the_folder_that_they_belong_in() {
        let cache = tempfile::tempdir().expect("a folder");
        let tools = cache.path().join("app").join("tools");
        let layout = Layout { tools, ..Layout::find().expect("a checkout") };
        let folder = cache.path().join("tauri");
        let said = || without_programs(&layout).map(|fault| fault.to_string());
        let [first, second] = programs();

        let sentence = said().expect("a sentence");
        let expected = format!("{first} and {second} could not be fetched");
        assert!(sentence.contains(&expected), "{sentence}");
        assert!(sentence.contains(&folder.display().to_string()), "{sentence}");

        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(first), "").expect("a file");
        assert!(said().expect("a sentence").contains(&format!("made: {second} could")));
        fs::write(folder.join(second), "").expect("a file");
        assert_eq!(said(), None);
    }
}

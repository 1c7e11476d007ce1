//! Where the checkout names the app: the files, and what in each of them. Reads files and decides; writes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::brand::{Brand, SOURCE};
use super::words::renamed;
use crate::fault::Fault;
use crate::layout::{entries, unreadable};

/// Files and folders in which every word that names the app is replaced: what people get to see, or read about it. Below
/// a folder file names change with it.
const WHOLE: [&str; 11] = [
    "CHANGELOG.md",
    "README.md",
    "SECURITY.md",
    "docs",
    "packaging",
    "src-tauri/capabilities/windows.json",
    "src-ui/index.html",
    "supabase/config.toml",
    "tauri.conf.json",
    "tests/supabase-js/people.mjs",
    ".github/workflows/release.yml",
];

/// Copies of such files, which a package holds so that it needs nothing from outside.
const COPIES: [&str; 1] = ["crates/supabase-local/supabase/config.toml"];

/// The people who wrote what the app is made of. Licences ask that this line stays.
const NOTICE: &str = "The Foyer authors";
/// Where it stands or is spoken of: this file, and documents. What else they say of the app is its name.
const NOTICE_FILE: &str = "packaging/linux/copyright";

/// The file in which Tauri is told who the app is.
pub(super) const CONFIG: &str = "tauri.conf.json";

/// The languages of the window.
const LOCALES: &str = "crates/text/locales";

/// What becomes of a file. Paths are relative to the checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it lies.
    pub path: PathBuf,
    /// Where it will lie.
    pub new_path: PathBuf,
    /// What will stand in it.
    pub text: String,
}

/// What changes when the checkout in `root` becomes another app. Files that stay as they are are not named.
///
/// # Errors
/// When a file does not say what it said when this task was written.
pub(super) fn changes(root: &Path, old: &Brand, new: &Brand, publisher: &str) -> Result<Vec<Change>, Fault> {
    check_unused(root, old, new)?;
    let mut changes = Vec::new();
    let before = read(&root.join(CONFIG)).and_then(|text| self::publisher(&text))?;
    let mut change = |path: &Path, text: &str, new_text: String| {
        let new_path = match path.strip_prefix("packaging") {
            Ok(within) => Path::new("packaging").join(renamed(&within.to_string_lossy(), old, new)),
            Err(_) => path.to_path_buf(),
        };
        if new_text != text || new_path != path {
            changes.push(Change { path: path.to_path_buf(), new_path, text: new_text });
        }
    };
    for place in WHOLE.into_iter().chain(COPIES.into_iter().filter(|file| root.join(file).exists())) {
        for path in files(root, Path::new(place))? {
            let text = read(&root.join(&path))?;
            let new_text = whole(&path, &text, old, new).replace(&whole(&path, &before, old, new), publisher);
            change(&path, &text, new_text);
        }
    }
    for (path, pairs) in single(root, old, new)? {
        let text = read(&root.join(&path))?;
        change(&path, &text, replaced(&path, &text, &pairs)?);
    }
    Ok(changes)
}

/// Refuses a name that the app's sentences use as a word: neither people nor the next `rename` could tell the two apart.
fn check_unused(root: &Path, old: &Brand, new: &Brand) -> Result<(), Fault> {
    for path in files(root, Path::new(LOCALES))? {
        let text = read(&root.join(&path))?;
        let is_word = |line: &&str| !line.starts_with('-') && new.is_spelt_in(line);
        if new.name != old.name && text.lines().any(|line| is_word(&line)) {
            let (name, path) = (&new.name, path.display());
            return Err(Fault::new(format!(
                "the name `{name}` is a word that the app's sentences use ({path}): add one"
            )));
        }
    }
    Ok(())
}

/// Every word, but for the notices that licences ask for.
fn whole(path: &Path, text: &str, old: &Brand, new: &Brand) -> String {
    let is_document = path.extension().is_some_and(|ending| ending == "md");
    if is_document || path == Path::new(NOTICE_FILE) {
        let lines = text.split_inclusive('\n');
        return lines
            .map(|line| if line.contains(NOTICE) { line.to_owned() } else { renamed(line, old, new) })
            .collect();
    }
    renamed(text, old, new)
}

/// What a line says and what it will say.
type Pair = [String; 2];

/// Files in which a few lines name the app, each with what they say and what they will.
fn single(root: &Path, old: &Brand, new: &Brand) -> Result<Vec<(PathBuf, Vec<Pair>)>, Fault> {
    let both = |line: &dyn Fn(&Brand) -> String| [line(old), line(new)];
    let mut places = vec![
        (
            PathBuf::from(SOURCE),
            vec![
                both(&|it| format!("NAME: &str = \"{}\"", it.name)),
                both(&|it| format!("IDENTIFIER: &str = \"{}\"", it.identifier)),
                both(&|it| format!("SCHEME: &str = \"{}\"", it.scheme)),
                both(&|it| format!("CALLBACK: &str = \"{}://auth/callback\"", it.scheme)),
                both(&|it| format!("() => {{\n        \"{}\"\n", it.program)),
                both(&|it| format!("concat!(\"{}_\"", it.variables)),
            ],
        ),
        (
            PathBuf::from("Cargo.toml"),
            vec![
                both(&|it| format!("default-run = \"{}\"\n", it.program)),
                both(&|it| format!("[[bin]]\nname = \"{}\"\n", it.program)),
            ],
        ),
    ];
    for path in files(root, Path::new(LOCALES))? {
        // A language may have written the name in its own script.
        let text = read(&root.join(&path))?;
        let name = text.lines().find_map(|line| line.strip_prefix("-brand = ")).unwrap_or(&old.name);
        let terms = vec![
            [format!("\n-brand = {name}\n"), format!("\n-brand = {}\n", new.name)],
            both(&|it| format!("\n-program = {}\n", it.program)),
            both(&|it| format!("\n-variables = {}\n", it.variables)),
        ];
        places.push((path, terms));
    }
    Ok(places)
}

/// The text with each first of the pairs as the second one. All of them have to be there.
fn replaced(path: &Path, text: &str, pairs: &[Pair]) -> Result<String, Fault> {
    pairs.iter().try_fold(text.to_owned(), |text, [from, to]| {
        if !text.contains(from) {
            return Err(Fault::new(format!("{} no longer says `{}`", path.display(), from.trim())));
        }
        Ok(text.replace(from, to))
    })
}

/// Who publishes the app, as `tauri.conf.json` says.
pub(super) fn publisher(config: &str) -> Result<String, Fault> {
    let config: Value =
        serde_json::from_str(config).map_err(|error| Fault::new(format!("{CONFIG}: {error}")))?;
    let publisher = config.pointer("/bundle/publisher").and_then(Value::as_str);
    publisher.map(str::to_owned).ok_or_else(|| Fault::new(format!("{CONFIG} has no bundle.publisher")))
}

/// The text files at or below a path, relative to the checkout, in an order that is the same each time.
fn files(root: &Path, path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !root.join(path).is_dir() {
        let is_text = fs::read(root.join(path)).is_ok_and(|bytes| String::from_utf8(bytes).is_ok());
        return Ok(is_text.then(|| path.to_path_buf()).into_iter().collect());
    }
    let mut found = Vec::new();
    for entry in entries(&root.join(path))? {
        let name = entry.file_name().unwrap_or_default().to_owned();
        found.extend(files(root, &path.join(name))?);
    }
    found.sort();
    Ok(found)
}

fn read(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

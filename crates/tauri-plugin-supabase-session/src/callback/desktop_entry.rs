//! The desktop entry that names this app as the one for its links, written so that everybody can read it.
//!
//! GIO (GNOME and most others) reads a quoted `Exec`. The generic `xdg-open` (i3, sway) cuts the line at its first
//! blank and takes quotes for letters of the name. So the program is named without quotes: by its own path where that
//! has plain letters only, else by a link to it in the data folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::file;

/// The link to the program, in the data folder.
const LINK: &str = "open-link";

/// The paths and names that the desktop entry is made of.
#[derive(Debug, Clone)]
pub(crate) struct EntryPaths {
    /// What the app is called.
    pub app_name: String,
    /// The name of the entry's file. The deep-link plugin would write one of this name as well: ours takes its place.
    pub entry_name: String,
    /// What opens a link: this program, or the AppImage that it runs from.
    pub program: PathBuf,
    /// The app's own folder.
    pub data: PathBuf,
    /// Where the desktop looks for the person's own entries.
    pub applications: PathBuf,
}

impl EntryPaths {
    /// The paths of whoever this program runs for. `data` is the app's own folder.
    ///
    /// # Errors
    /// When it cannot be found out what this program is.
    pub(crate) fn of_this_person(app_name: &str, program: PathBuf, data: &Path) -> io::Result<Self> {
        let own = std::env::current_exe()?;
        let own = own.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            app_name: app_name.to_owned(),
            entry_name: format!("{own}-handler.desktop"),
            program,
            data: data.to_owned(),
            applications: gio::glib::user_data_dir().join("applications"),
        })
    }

    /// The entry's file.
    #[must_use]
    pub(crate) fn entry(&self) -> PathBuf {
        self.applications.join(&self.entry_name)
    }
}

/// Writes the entry for links of this scheme. One that is right already stays as it is.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn write(paths: &EntryPaths, scheme: &str) -> io::Result<()> {
    // One line of the entry, whatever the app is called.
    let (entry, name) = (paths.entry(), paths.app_name.replace(['\n', '\r', '\\'], " "));
    let exec = exec(paths)?;
    let text = format!(
        "[Desktop Entry]\nType=Application\nName={name}\nExec={exec} %u\nTerminal=false\n\
         MimeType=x-scheme-handler/{scheme};\nNoDisplay=true\n"
    );
    if fs::read_to_string(&entry).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(&paths.applications)?;
    file::replace(&entry, text.as_bytes())
}

/// Removes the entry, if there is one.
///
/// # Errors
/// When it stays.
pub(crate) fn remove(paths: &EntryPaths) -> io::Result<()> {
    file::remove(&paths.entry())
}

/// How the program is named.
fn exec(paths: &EntryPaths) -> io::Result<String> {
    if let Some(plain) = plain(&paths.program) {
        return Ok(plain.to_owned());
    }
    let link = paths.data.join(LINK);
    if let Some(plain) = plain(&link) {
        point(&link, &paths.program)?;
        return Ok(plain.to_owned());
    }
    // GIO at least can read it.
    Ok(quoted(&paths.program.to_string_lossy()))
}

/// The path's text, if it needs neither quotes nor escapes in any reader's eyes.
fn plain(path: &Path) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@:,".contains(&byte);
    path.to_str().filter(|text| text.starts_with('/') && text.bytes().all(is_plain))
}

/// Quoted as the Desktop Entry Specification asks: first the argument, then the value of the key.
fn quoted(text: &str) -> String {
    let mut argument = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => argument.extend(['\\', letter]),
            '%' => argument.push_str("%%"),
            letter => argument.push(letter),
        }
    }
    argument.push('"');
    argument.replace('\\', "\\\\").replace('\n', "\\n")
}

/// Lets the link lead to the program, without a moment in which it leads nowhere.
fn point(link: &Path, program: &Path) -> io::Result<()> {
    if fs::read_link(link).is_ok_and(|to| to == program) {
        return Ok(());
    }
    let next = file::next_to(link);
    file::remove(&next)?;
    std::os::unix::fs::symlink(program, &next)?;
    file::commit(&next, link)
}

/// The program that the generic `xdg-open` takes from an entry: the first word of its `Exec`, quotes and all.
#[must_use]
pub(crate) fn first_word(entry: &str) -> Option<&str> {
    let mut lines = entry.lines().skip_while(|line| line.trim() != "[Desktop Entry]").skip(1);
    let exec = lines.by_ref().take_while(|line| !line.starts_with('[')).find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim_end() == "Exec").then_some(value)
    });
    exec?.split_ascii_whitespace().next()
}

/// Whether a program's name, as an entry has it, means this program.
#[must_use]
pub(crate) fn is_same_program(named: &Path, own: &Path) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = if named.components().count() > 1 {
        Some(named.to_owned())
    } else {
        std::env::split_paths(&path).map(|folder| folder.join(named)).find(|file| file.is_file())
    };
    let real = |path: &Path| fs::canonicalize(path).ok();
    found.and_then(|found| real(&found)).is_some_and(|found| Some(found) == real(own))
}

#[cfg(test)]
#[path = "desktop_entry_tests.rs"]
mod tests;

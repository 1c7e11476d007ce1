//! A child that is not killed: it makes a few changes and ends.

use std::path::{Path, PathBuf};
use std::process::Command;

use foyer_torture::line::Line;

/// The program with the child in it.
pub(crate) const TORTURE: &str = env!("CARGO_BIN_EXE_torture");

/// Both that write through the plugin's store.
pub(crate) const WRITERS: [&str; 2] = ["client", "stored"];

/// What a child says.
pub(crate) fn said(command: &mut Command) -> Vec<Line> {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| Line::parse(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

/// A child on the store in this folder.
pub(crate) fn child(program: &Path, folder: &Path, writer: &str, acknowledged: u64) -> Command {
    let mut command = Command::new(program);
    command.args(["child", "--writer", writer, "--acknowledged", &acknowledged.to_string()]);
    command.arg("--folder").arg(folder).env_remove("DBUS_SESSION_BUS_ADDRESS");
    command
}

/// A folder for a store, for its owner only.
pub(crate) fn store_in(parent: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let folder = parent.join("store");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    folder
}

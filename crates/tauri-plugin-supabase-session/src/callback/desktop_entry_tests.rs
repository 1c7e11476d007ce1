//! The entry as the real openers of a desktop read it, in folders of its own.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use super::*;

const NAME: &str = "foyer-handler.desktop";

const SCHEME: &str = "app.foyer.desktop";
const LINK_TO_OPEN: &str = "app.foyer.desktop://auth/callback?code=a-b_c&flow=N%2F";

/// A desktop that knows one program: a script that writes down what it is started with.
struct Desk {
    root: tempfile::TempDir,
    paths: EntryPaths,
}

impl Desk {
    /// The program and the app's data lie in folders of these names.
    fn new(programs: &str, data: &str) -> Self {
        let root = tempfile::Builder::new().prefix("foyer-entry-").tempdir().unwrap();
        let paths = EntryPaths {
            app_name: "Foyer".into(),
            entry_name: NAME.into(),
            program: root.path().join(programs).join("foyer"),
            data: root.path().join(data),
            applications: root.path().join("share/applications"),
        };
        fs::create_dir_all(paths.program.parent().unwrap()).unwrap();
        fs::create_dir_all(&paths.data).unwrap();
        fs::create_dir_all(root.path().join("config")).unwrap();
        let list = format!("[Default Applications]\nx-scheme-handler/{SCHEME}={NAME}\n");
        fs::write(root.path().join("config/mimeapps.list"), list).unwrap();
        let heard = root.path().join("heard");
        fs::write(&paths.program, format!("#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > '{}'\n", heard.display()))
            .unwrap();
        fs::set_permissions(&paths.program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { root, paths }
    }

    /// What the program was started with when this opener was given the link.
    fn opened_by(&self, opener: &[&str]) -> Option<String> {
        let heard = self.root.path().join("heard");
        drop(fs::remove_file(&heard));
        let mut command = Command::new(opener[0]);
        command.args(&opener[1..]).arg(LINK_TO_OPEN).env_clear().stderr(Stdio::null());
        for name in ["PATH", "LD_LIBRARY_PATH"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        let folders = [("HOME", ""), ("XDG_DATA_HOME", "share"), ("XDG_CONFIG_HOME", "config")];
        command.envs(folders.map(|(name, folder)| (name, self.root.path().join(folder))));
        // No desktop that `xdg-open` would know.
        command.env("XDG_CURRENT_DESKTOP", "").env("DISPLAY", ":9999");
        assert!(command.status().unwrap().success() || !heard.exists(), "{opener:?}");
        // `gio` does not wait for what it starts.
        (0..100).find_map(|_| {
            let text = fs::read_to_string(&heard).ok().filter(|text| text.ends_with('|'));
            if text.is_none() {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            text
        })
    }
}

#[test]
fn both_gio_and_the_generic_xdg_open_start_the_program_with_the_link_whatever_its_path() {
    let expected = format!("1|{LINK_TO_OPEN}|");
    for programs in ["bin", "My Programs", "it's $HOME \"quoted\"", "100%", "Büro"] {
        let desk = Desk::new(programs, "data");

        write(&desk.paths, SCHEME).unwrap();

        for opener in [&["gio", "open"][..], &["xdg-open"]] {
            assert_eq!(desk.opened_by(opener).as_deref(), Some(&*expected), "{opener:?} {programs:?}");
        }
    }
}

#[test]
fn where_even_the_data_folder_has_a_blank_gio_can_still_read_the_entry() {
    let desk = Desk::new("My Programs", "My Data");

    write(&desk.paths, SCHEME).unwrap();

    let expected = format!("1|{LINK_TO_OPEN}|");
    assert_eq!(desk.opened_by(&["gio", "open"]).as_deref(), Some(&*expected));
    // So that the app asks before it relies on it.
    let entry = fs::read_to_string(desk.paths.applications.join(NAME)).unwrap();
    assert!(!is_same_program(Path::new(first_word(&entry).unwrap()), &desk.paths.program), "{entry}");
}

#[test]
fn the_program_is_found_again_in_its_entry_and_another_one_is_told_apart() {
    for programs in ["bin", "My Programs"] {
        let desk = Desk::new(programs, "data");
        write(&desk.paths, SCHEME).unwrap();
        let entry = fs::read_to_string(desk.paths.applications.join(NAME)).unwrap();

        assert!(is_same_program(Path::new(first_word(&entry).unwrap()), &desk.paths.program), "{entry}");
        assert!(!is_same_program(Path::new("sh"), &desk.paths.program));
        assert!(!is_same_program(Path::new("/no/such/program"), &desk.paths.program));
    }
    assert_eq!(
        first_word("[Desktop Action x]\nExec=a b\n[Desktop Entry]\nName=Exec\nExec=\"c d\" %u\n"),
        Some("\"c")
    );
    assert_eq!(first_word("[Desktop Entry]\nName=x\n[Desktop Action x]\nExec=a\n"), None);
}

#[test]
fn an_entry_that_is_right_is_left_alone_and_a_moved_program_is_followed() {
    let desk = Desk::new("My Programs", "data");
    write(&desk.paths, SCHEME).unwrap();
    let entry = desk.paths.applications.join(NAME);
    let written = fs::metadata(&entry).unwrap().modified().unwrap();

    write(&desk.paths, SCHEME).unwrap();
    assert_eq!(fs::metadata(&entry).unwrap().modified().unwrap(), written);

    let moved = EntryPaths { program: desk.root.path().join("Other Programs/foyer"), ..desk.paths.clone() };
    write(&moved, SCHEME).unwrap();
    assert_eq!(fs::read_link(desk.paths.data.join(LINK)).unwrap(), moved.program);
    assert_eq!(fs::read_dir(&desk.paths.data).unwrap().count(), 1);
}

//! What a Linux package holds beside the app: compressed manual page and changelog, and what the app is linked with.

use std::fs;
use std::path::{Path, PathBuf};

use foyer_contract::brand::PROGRAM as PACKAGE;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::shell::{answer, must, program, shown};

use super::VERSION;
use super::files::{read, write};

const FILES: &str = "packaging/linux";

/// A file with what `tauri.conf.json` cannot say by itself, to be merged into it.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn config(layout: &Layout) -> Result<PathBuf, Fault> {
    let staged = layout.target.join("bundle-files");
    write(&staged.join(PACKAGE), &changelog(layout)?)?;
    let changelog = compressed(layout, &staged.join(PACKAGE), &staged.join("changelog.gz"))?;
    let manual = layout.root.join(FILES).join(format!("{PACKAGE}.1"));
    let manual = compressed(layout, &manual, &staged.join(format!("{PACKAGE}.1.gz")))?;
    let manual_page = format!("/usr/share/man/man1/{PACKAGE}.1.gz");
    let libraries = libraries(layout)?;
    let c_library = libraries.iter().filter_map(|package| libc_of_rpm(package));
    let rpm_libraries: Vec<_> = c_library.chain(["ca-certificates".to_owned()]).collect();
    let deb = json!({
        "depends": libraries,
        "files": {
            &manual_page: manual,
            format!("/usr/share/doc/{PACKAGE}/changelog.gz"): changelog,
        },
    });
    let rpm = json!({ "depends": rpm_libraries, "files": { &manual_page: manual } });
    let config = json!({ "bundle": { "linux": { "deb": deb, "rpm": rpm } } });
    let file = staged.join("tauri.conf.json");
    write(&file, &config.to_string())?;
    Ok(file)
}

/// Packs a .deb anew as Debian's own tools do, with xz: the one that Tauri makes is two fifths larger. Where there is no such
/// tool it stays.
///
/// # Errors
/// When it cannot be unpacked or packed.
pub(super) fn pack_smaller(layout: &Layout, package: &Path) -> Result<(), Fault> {
    if layout.program("dpkg-deb").is_none() {
        return Ok(());
    }
    let folder = layout.target.join("bundle-files").join("packed");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
    must(program(layout, "dpkg-deb").arg("--raw-extract").args([package, &folder]))?;
    let mut pack = program(layout, "dpkg-deb");
    must(pack.args(["--root-owner-group", "-Zxz", "-z9", "--build"]).args([&folder, package]))
}

/// The packages of the libraries that the program is linked with, as Debian's own tool finds them; none where there is no
/// such tool.
fn libraries(layout: &Layout) -> Result<Vec<String>, Fault> {
    let folder = layout.target.join("bundle-files");
    // The tool wants to stand in a source package.
    write(
        &folder.join("debian").join("control"),
        &format!("Source: {PACKAGE}\n\nPackage: {PACKAGE}\nArchitecture: any\n"),
    )?;
    let built = layout.target.join("release").join(PACKAGE);
    if layout.program("dpkg-shlibdeps").is_none() {
        return Ok(Vec::new());
    }
    let mut tool = program(layout, "dpkg-shlibdeps");
    let said = answer(tool.args(["-O", "--ignore-missing-info"]).arg(&built).current_dir(&folder));
    let said = said.ok_or_else(|| Fault::new(format!("this failed: {}", shown(&tool))))?;
    let depends = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    // No library names the certificates that servers are trusted by.
    let named = depends.unwrap_or_default().split(", ").filter(|name| !name.is_empty());
    Ok(named.chain(["ca-certificates"]).map(str::to_owned).collect())
}

/// The C library's oldest version as an .rpm asks for it, from `libc6 (>= 2.34)`. What else the app needs of the system
/// Tauri names there itself.
fn libc_of_rpm(package: &str) -> Option<String> {
    let version = between(package, "libc6 (>= ", ")")?;
    Some(format!("libc.so.6(GLIBC_{version})(64bit)"))
}

/// The changelog in Debian's form: what is in it stands in the project's own.
fn changelog(layout: &Layout) -> Result<String, Fault> {
    let (date, maintainer) = (release_date(layout)?, maintainer(layout)?);
    Ok(format!(
        "{PACKAGE} ({VERSION}) unstable; urgency=medium\n\n  * Release {VERSION}. What is new: CHANGELOG.md of the \
         project.\n\n -- {maintainer}  {date}\n"
    ))
}

fn maintainer(layout: &Layout) -> Result<String, Fault> {
    let text = read(&layout.root.join("tauri.conf.json"))?;
    let config: Value =
        serde_json::from_str(&text).map_err(|error| Fault::new(format!("tauri.conf.json: {error}")))?;
    let publisher = config.pointer("/bundle/publisher").and_then(Value::as_str);
    publisher.map(str::to_owned).ok_or_else(|| Fault::new("tauri.conf.json has no bundle.publisher"))
}

/// The day of the newest release in the AppStream file, as mails write it.
fn release_date(layout: &Layout) -> Result<String, Fault> {
    let folder = layout.root.join(FILES);
    let files = entries(&folder)?;
    let metainfo = files.iter().find(|file| file.to_string_lossy().ends_with(".metainfo.xml"));
    let metainfo = metainfo.ok_or_else(|| Fault::new(format!("{FILES} has no .metainfo.xml")))?;
    let text = read(metainfo)?;
    let day = between(&text, "date=\"", "\"")
        .ok_or_else(|| Fault::new(format!("{} names no release", metainfo.display())))?;
    answer(program(layout, "date").args(["--utc", "--rfc-email", "--date", day]))
        .map(|date| date.trim().to_owned())
        .ok_or_else(|| Fault::new(format!("`{day}` is no day")))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// The same file compressed, without its name and time, so that two builds are the same.
fn compressed(layout: &Layout, file: &Path, into: &Path) -> Result<PathBuf, Fault> {
    let copy = into.with_extension("");
    if copy != file {
        let copied = fs::copy(file, &copy);
        copied.map_err(|error| Fault::new(format!("{}: {error}", file.display())))?;
    }
    must(program(layout, "gzip").args(["--best", "--no-name", "--force"]).arg(&copy))?;
    Ok(into.to_path_buf())
}

#[cfg(test)]
mod tests {
    use foyer_contract::brand::IDENTIFIER;

    use super::*;

    #[test]
    fn the_packages_speak_of_the_version_that_is_built() {
        let layout = Layout::find().expect("a checkout");
        let changelog = changelog(&layout).expect("a changelog");

        assert!(changelog.starts_with(&format!("{PACKAGE} ({VERSION}) ")), "{changelog}");
        assert!(changelog.contains(" -- ") && changelog.contains('<'), "{changelog}");
        let metainfo =
            read(&layout.root.join(FILES).join(format!("{IDENTIFIER}.metainfo.xml"))).expect("a file");
        assert_eq!(between(&metainfo, "<release version=\"", "\""), Some(VERSION));
    }

    #[test]
    fn an_rpm_asks_for_the_c_library_that_the_deb_asks_for() {
        assert_eq!(libc_of_rpm("libc6 (>= 2.34)").as_deref(), Some("libc.so.6(GLIBC_2.34)(64bit)"));
        assert_eq!(libc_of_rpm("libgtk-3-0 (>= 3.21.5)"), None);
    }

    const SMALL_CONTROL: &str =
        "Package: app\nVersion: 1\nArchitecture: all\nMaintainer: Ada <ada@example.com>\nDescription: x\n";

    #[test]
    fn a_package_is_packed_smaller_and_says_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("target");
        let layout = Layout { target, ..Layout::find().expect("a checkout") };
        if layout.program("dpkg-deb").is_none() {
            println!("skipped: no dpkg-deb on this machine");
            return;
        }
        let numbers: Vec<String> = (0..40_000).map(|number: u32| number.to_string()).collect();
        let package = small_package(&layout, folder.path(), &numbers.concat());
        let size = || fs::metadata(&package).expect("a package").len();
        let listed =
            || answer(program(&layout, "dpkg-deb").arg("--fsys-tarfile").arg(&package)).map(|tar| tar.len());
        let before = (size(), listed());

        pack_smaller(&layout, &package).expect("a smaller package");

        assert!(size() < before.0, "{} of {}", size(), before.0);
        assert!(before.1.is_some() && listed() == before.1);
        let said = answer(
            program(&layout, "dpkg-deb").arg("--field").args([&*package.to_string_lossy(), "Version"]),
        );
        assert_eq!(said.as_deref().map(str::trim), Some("1"));
    }

    #[test]
    fn flatpak_unpacks_the_package_that_is_made() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        if [layout.program("dpkg-deb"), layout.program("ar")].contains(&None) {
            println!("skipped: no dpkg-deb or no ar on this machine");
            return;
        }
        let package = small_package(&layout, folder.path(), "app");
        let target = folder.path().join("target");
        pack_smaller(&Layout { target, ..layout.clone() }, &package).expect("a smaller package");
        fs::rename(&package, folder.path().join("package.deb")).expect("its name in the manifest");
        let manifest = read(&layout.root.join("packaging/flatpak/manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        let commands = manifest["modules"][0]["build-commands"].as_array().expect("commands");

        for command in &commands[..2] {
            let mut shell = program(&layout, "sh");
            shell.arg("-c").arg(command.as_str().expect("a command"));
            must(shell.current_dir(folder.path())).expect("the command succeeds");
        }

        assert!(folder.path().join("usr").join("numbers").is_file());
    }

    /// A package with one file, as Tauri packs it.
    fn small_package(layout: &Layout, folder: &Path, content: &str) -> PathBuf {
        let (package, control) = (folder.join("app.deb"), SMALL_CONTROL);
        let folder = folder.join("content");
        write(&folder.join("DEBIAN").join("control"), control).expect("a file");
        write(&folder.join("usr").join("numbers"), content).expect("a file");
        let mut pack = program(layout, "dpkg-deb");
        must(pack.args(["-Zgzip", "--build"]).args([&folder, &package])).expect("a package");
        package
    }

    #[test]
    fn a_compressed_file_is_the_same_each_time() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        let page = folder.path().join("page.1");
        let into = folder.path().join("staged").join("page.1.gz");
        fs::create_dir_all(folder.path().join("staged")).expect("a folder");
        let once = || {
            write(&page, ".TH PAGE 1").expect("a page");
            let file = compressed(&layout, &page, &into).expect("a compressed file");
            fs::read(file).expect("its bytes")
        };

        let first = once();

        assert_eq!(first, once());
        assert!(page.exists(), "the page itself stays as it is");
    }
}

//! `package` and `package-test`: the crates and the npm package that others build on, packed as a registry would get them,
//! and a fresh project that has nothing but the packed files.

mod copies;
mod fresh;
mod npm;
mod page;
mod readme;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::shell::{Steps, answer, cargo, must, program};

/// A crate that is packed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Packed {
    name: String,
    version: String,
}

impl Packed {
    /// `supabase-session-0.1.0`, as Cargo names the file and the folder in it.
    fn stem(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

/// Packs the crates and the npm package, after what they repeat of the repository was copied anew, and says their sizes.
///
/// # Errors
/// When a copy cannot be written, or Cargo or npm fails.
pub(crate) fn package(layout: &Layout) -> Result<bool, Fault> {
    copies::write(layout)?;
    let mut files = pack(layout, &crates(layout)?)?;
    files.push(npm::pack(layout)?);
    println!();
    for file in &files {
        let size = fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
        println!("{:>10}  {}", format!("{:.1} kB", size as f64 / 1e3), file.display());
    }
    Ok(true)
}

/// Builds fresh projects from the packed files alone: an app with the plugin, a program with the client, tests with the
/// local server, a page with the npm package.
///
/// # Errors
/// When something cannot be packed, or a project does not build.
pub(crate) fn test(layout: &Layout) -> Result<bool, Fault> {
    let mut steps = Steps::new(4);
    steps.begin("the crates, packed", "seconds");
    let crates = crates(layout)?;
    let files = pack(layout, &crates)?;
    let folder = layout.target.join("package-test");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
    }
    let unpacked = unpack(layout, &files, &folder.join("unpacked"))?;
    readme::links_lead_somewhere(&unpacked)?;
    steps.begin("a fresh workspace of theirs", "5 min the first time, then seconds");
    fresh::check(layout, &folder.join("fresh"), &crates, &unpacked)?;
    steps.begin("the npm package, packed", "seconds");
    let package = npm::pack(layout)?;
    steps.begin("a fresh page with it", "seconds");
    page::check(layout, &folder.join("page"), &package)?;
    println!("\npackages: {} of {1} build in a fresh project", crates.len() + 1, crates.len() + 1);
    Ok(true)
}

/// The crates of the workspace that may be published: all but those that say `publish = false`.
fn crates(layout: &Layout) -> Result<Vec<Packed>, Fault> {
    let mut command = cargo(layout);
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let said = answer(&mut command).ok_or_else(|| Fault::new("Cargo does not tell what the workspace is"))?;
    let metadata: Value =
        serde_json::from_str(&said).map_err(|error| Fault::new(format!("cargo metadata: {error}")))?;
    Ok(published(&metadata))
}

fn published(metadata: &Value) -> Vec<Packed> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    // `publish = false` is an empty list of registries.
    let published = packages.filter(|package| package["publish"].is_null());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    published
        .map(|package| Packed { name: text(&package["name"]), version: text(&package["version"]) })
        .collect()
}

/// Packs crates, with what is not committed yet as well; the files.
fn pack(layout: &Layout, crates: &[Packed]) -> Result<Vec<PathBuf>, Fault> {
    let mut command = cargo(layout);
    // Not built one by one, each with features of its own, which takes long: the fresh workspace builds them.
    command.args(["package", "--quiet", "--offline", "--locked", "--no-verify", "--allow-dirty"]);
    for packed in crates {
        command.args(["--package", &packed.name]);
    }
    must(&mut command)?;
    let folder = layout.target.join("package");
    Ok(crates.iter().map(|packed| folder.join(format!("{}.crate", packed.stem()))).collect())
}

/// Unpacks files of crates into a folder; the folder of each. Everything in such a file has the same time in every version
/// of it, so what is unpacked gets the time of now, and Cargo compiles it anew. What was unpacked before stays as it is.
fn unpack(layout: &Layout, files: &[PathBuf], into: &Path) -> Result<Vec<PathBuf>, Fault> {
    create(into)?;
    let mut folders = Vec::new();
    for file in files {
        let folder = into.join(file.file_stem().unwrap_or_default());
        let known = into.join(file.file_name().unwrap_or_default());
        let packed = fs::read(file).map_err(|error| unreadable(file, &error))?;
        if !folder.exists() || !fs::read(&known).is_ok_and(|known| known == packed) {
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
            }
            // Windows and macOS have a `tar` too.
            must(program(layout, "tar").arg("-xzmf").arg(file).arg("-C").arg(into))?;
            fs::write(&known, packed).map_err(|error| unreadable(&known, &error))?;
        }
        folders.push(folder);
    }
    Ok(folders)
}

fn create(folder: &Path) -> Result<(), Fault> {
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))
}

fn read(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn write(file: &Path, text: &str) -> Result<(), Fault> {
    create(file.parent().unwrap_or(Path::new(".")))?;
    fs::write(file, text)
        .map_err(|error| Fault::new(format!("{} cannot be written: {error}", file.display())))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn what_says_that_it_is_not_published_is_not_packed() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "ours", "version": "0.1.0", "publish": [] },
            { "name": "client", "version": "0.2.0", "publish": null },
        ]});

        assert_eq!(published(&metadata), [Packed { name: "client".into(), version: "0.2.0".into() }]);
    }

    #[test]
    fn a_crate_that_was_packed_anew_is_newer_than_what_was_compiled_of_the_one_before() {
        let (layout, folder) = (Layout::find().expect("a checkout"), tempfile::tempdir().expect("a folder"));
        let source = folder.path().join("client-0.1.0");
        let pack = |text: &str| {
            write(&source.join("lib.rs"), text).expect("a file");
            let file = folder.path().join("client-0.1.0.crate");
            // Cargo gives all files of all crates one time.
            let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_153_704_088);
            let lib = fs::File::options().write(true).open(source.join("lib.rs")).expect("a file");
            lib.set_modified(then).expect("a time");
            let mut tar = program(&layout, "tar");
            tar.arg("-czf").arg(&file).arg("-C").arg(folder.path()).arg("client-0.1.0");
            must(&mut tar).expect("a packed crate");
            unpack(&layout, &[file], &folder.path().join("unpacked")).expect("an unpacked crate")
        };
        let modified = |file: &Path| fs::metadata(file).and_then(|it| it.modified()).expect("a time");

        let first = pack("// one\n");
        let unpacked = first[0].join("lib.rs");
        let compiled = modified(&unpacked);
        assert_eq!(pack("// one\n"), first);
        assert_eq!(modified(&unpacked), compiled, "nothing is compiled for the same crate");
        write(&source.join("gone.rs"), "").expect("a file");
        pack("// two\n");

        assert_eq!(read(&unpacked).expect("a file"), "// two\n");
        assert!(modified(&unpacked) > compiled && first[0].join("gone.rs").is_file());
        fs::remove_file(source.join("gone.rs")).expect("a file");
        pack("// two\n");
        assert!(!first[0].join("gone.rs").exists());
    }

    #[test]
    fn the_packages_are_those_that_others_build_on() {
        let crates = crates(&Layout::find().expect("a checkout")).expect("the crates");
        let mut names: Vec<_> = crates.iter().map(|packed| packed.name.as_str()).collect();
        names.sort_unstable();

        assert_eq!(
            names,
            [
                "supabase-local",
                "supabase-session",
                "supabase-session-contract",
                "tauri-plugin-supabase-session"
            ]
        );
    }
}

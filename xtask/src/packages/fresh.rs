//! A fresh workspace that has nothing of ours but unpacked crates, in the place of a registry: an app with the plugin, a
//! program with the client, tests with the local server and a page in Rust. Their code is that of the READMEs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::shell::{cargo, must};

use super::{Packed, create, read, readme, write};

/// The packages of the workspace, named after their folders, in the groups that are checked together. The first two depend
/// on little and are alone: others would switch on features that they, or ours below them, have forgotten to ask for.
const CHECKED: [&[&str]; 3] = [&["page"], &["program"], &["tested", "app"]];

/// What a test does with the local server.
const SERVER: &str = include_str!("../../fresh/server.rs");

const APP: &str = r#"[package]
name = "fresh-app"
version = "0.0.0"
edition = "2024"

[build-dependencies]
tauri-build = "2"

[dependencies]
serde_json = "1"
tauri = "2"
tauri-plugin-deep-link = "2"
tauri-plugin-single-instance = { version = "2", features = ["deep-link"] }
tauri-plugin-store = "2"
"#;

const PROGRAM: &str = r#"[package]
name = "fresh-program"
version = "0.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
tokio = { version = "1", features = ["rt"] }
"#;

const TESTED: &str = r#"[package]
name = "fresh-tested"
version = "0.0.0"
edition = "2024"

[dev-dependencies]
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

const PAGE: &str = r#"[package]
name = "fresh-page"
version = "0.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
"#;

/// Writes the workspace into `folder` and has Cargo check it.
///
/// # Errors
/// When a README lacks its code, a file cannot be written, or the workspace does not build.
pub(super) fn check(
    layout: &Layout,
    folder: &Path,
    crates: &[Packed],
    unpacked: &[PathBuf],
) -> Result<(), Fault> {
    write(&folder.join("Cargo.toml"), &workspace(layout, crates)?)?;
    // The same versions of everything else, which are compiled or at least fetched already.
    copy(&layout.root.join("Cargo.lock"), &folder.join("Cargo.lock"))?;
    let sources = Sources { crates, unpacked };
    app(layout, &folder.join("app"), &sources)?;
    let client = sources.code("supabase-session", 1)?.concat();
    program(&folder.join("program"), PROGRAM, &sources.dependency("supabase-session", "")?, &client)?;
    let page = sources.code("supabase-session-contract", 1)?.concat();
    program(&folder.join("page"), PAGE, &sources.dependency("supabase-session-contract", "")?, &page)?;
    let client = sources.dependency("supabase-session", "")?;
    let server = sources.dependency("supabase-local", ", features = [\"testing\"]")?;
    program(&folder.join("tested"), TESTED, &format!("{client}{server}"), "")?;
    write(&folder.join("tested").join("tests").join("server.rs"), SERVER)?;
    for members in CHECKED {
        let mut check = cargo(layout);
        check.args(["check", "--offline", "--all-targets", "--target-dir"]).arg(&layout.target);
        members.iter().for_each(|member| {
            check.args(["--package", &format!("fresh-{member}")]);
        });
        must(check.current_dir(folder))?;
    }
    Ok(())
}

/// The unpacked crates.
struct Sources<'a> {
    crates: &'a [Packed],
    unpacked: &'a [PathBuf],
}

impl Sources<'_> {
    fn find(&self, name: &str) -> Result<(&Packed, &Path), Fault> {
        let mut all = self.crates.iter().zip(self.unpacked);
        let found = all.find(|(packed, _)| packed.name == name);
        found
            .map(|(packed, folder)| (packed, folder.as_path()))
            .ok_or_else(|| Fault::new(format!("{name} is not packed")))
    }

    /// The line of a manifest that asks for a crate by its version.
    fn dependency(&self, name: &str, more: &str) -> Result<String, Fault> {
        let (packed, _) = self.find(name)?;
        Ok(format!("{name} = {{ version = \"{}\"{more} }}\n", packed.version))
    }

    /// The blocks of Rust in a crate's README, of which there are so many.
    fn code(&self, name: &str, blocks: usize) -> Result<Vec<String>, Fault> {
        let code = readme::rust(&read(&self.find(name)?.1.join("README.md"))?);
        if code.len() == blocks {
            return Ok(code);
        }
        let found = code.len();
        Err(Fault::new(format!(
            "README.md of {name} shows {found} blocks of Rust, not {blocks}: change this test"
        )))
    }
}

/// The manifest of the workspace: with the profiles of ours, so that what both need is compiled once.
fn workspace(layout: &Layout, crates: &[Packed]) -> Result<String, Fault> {
    let patched = crates
        .iter()
        .map(|packed| format!("{} = {{ path = \"../unpacked/{}\" }}\n", packed.name, packed.stem()));
    let ours = read(&layout.root.join("Cargo.toml"))?;
    Ok(format!(
        "[workspace]\nmembers = {:?}\nresolver = \"3\"\n\n[patch.crates-io]\n{}\n{}",
        CHECKED.concat(),
        patched.collect::<String>(),
        debug_profile(&ours)
    ))
}

/// The sections of a manifest that say how a debug build is made, but for crates that the fresh workspace does not have.
fn debug_profile(manifest: &str) -> String {
    let sections = manifest.split("\n[").filter(|section| section.starts_with("profile.dev"));
    let common = sections.filter(|section| !section.contains("profile.dev.package.foyer"));
    common.map(|section| format!("[{}\n\n", section.trim_end())).collect()
}

/// An app as the plugin's README says it, with a page that is empty.
fn app(layout: &Layout, folder: &Path, sources: &Sources<'_>) -> Result<(), Fault> {
    let code = sources.code("tauri-plugin-supabase-session", 2)?;
    let [plugins, command] = &code[..] else { return Err(Fault::new("the plugin's README lacks its code")) };
    let main = format!(
        "{command}\nfn main() {{\n    let builder = {plugins}\n    let app = builder.invoke_handler(\
         tauri::generate_handler![title]);\n    app.run(tauri::generate_context!()).expect(\"it runs\");\n}}\n"
    );
    write(&folder.join("src").join("main.rs"), &main)?;
    let plugin = sources.dependency("tauri-plugin-supabase-session", "")?;
    write(&folder.join("Cargo.toml"), &format!("{APP}{plugin}"))?;
    write(&folder.join("build.rs"), "fn main() {\n    tauri_build::build()\n}\n")?;
    let config = json!({
        "identifier": "com.acme.app",
        "build": { "frontendDist": "dist" },
        "plugins": { "deep-link": { "desktop": { "schemes": ["com.acme.app"] } } },
    });
    write(&folder.join("tauri.conf.json"), &config.to_string())?;
    let capability = json!({
        "identifier": "default",
        "windows": ["main"],
        "permissions": ["core:default", "supabase-session:default", "supabase-session:fetch"],
    });
    write(&folder.join("capabilities").join("default.json"), &capability.to_string())?;
    write(&folder.join("dist").join("index.html"), "<!doctype html>\n")?;
    let icons = layout.root.join("icons");
    copy(&icons.join("128x128.png"), &folder.join("icons").join("icon.png"))?;
    copy(&icons.join("icon.ico"), &folder.join("icons").join("icon.ico"))
}

/// A library of this code, with these dependencies below its manifest.
fn program(folder: &Path, manifest: &str, dependencies: &str, code: &str) -> Result<(), Fault> {
    write(&folder.join("Cargo.toml"), &format!("{manifest}{dependencies}"))?;
    // Nobody calls what a README shows.
    write(&folder.join("src").join("lib.rs"), &format!("#![allow(dead_code)]\n\n{code}"))
}

fn copy(file: &Path, into: &Path) -> Result<(), Fault> {
    create(into.parent().unwrap_or(Path::new(".")))?;
    fs::copy(file, into).map(drop).map_err(|error| unreadable(file, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_profile_is_taken_over_but_for_crates_that_are_not_packed() {
        let manifest = "[package]\nname = \"a\"\n\n# Debug.\n[profile.dev]\ndebug = 1\n\n[profile.dev.package.\"*\"]\n\
                        debug = false\n\n[profile.dev.package.foyer-picture]\nopt-level = 3\n\n[profile.release]\nlto = true\n";

        assert_eq!(
            debug_profile(manifest),
            "[profile.dev]\ndebug = 1\n\n[profile.dev.package.\"*\"]\ndebug = false\n\n"
        );
    }
}

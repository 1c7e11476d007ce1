//! `update-manifest`: the file that says which version is the newest and where its signed bundles are. Tauri's updater in an
//! app that an owner has given a key and an endpoint asks for it; nothing else does.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::setup;
use crate::shell::must;

use super::VERSION;
use super::product::without_blanks;

/// The name under which it is released.
const NAME: &str = "latest.json";
/// What the Tauri command line writes beside a bundle that it has signed.
const SIGNATURE: &str = "sig";

/// Endings of bundles that an app can be updated with, and what the updater calls the system and the kind.
const KINDS: [(&str, &str, &str); 6] = [
    (".AppImage", "linux", "appimage"),
    (".deb", "linux", "deb"),
    (".rpm", "linux", "rpm"),
    (".exe", "windows", "nsis"),
    (".msi", "windows", "msi"),
    (".app.tar.gz", "darwin", "app"),
];

/// How the names of bundles call a processor, and what the updater calls it.
const PROCESSORS: [(&str, &str); 5] = [
    ("amd64", "x86_64"),
    ("x86_64", "x86_64"),
    ("x64", "x86_64"),
    ("aarch64", "aarch64"),
    ("arm64", "aarch64"),
];

/// Merged into `tauri.conf.json` so that bundles are signed: where an owner has set `plugins.updater` there, and the private
/// key is in the environment.
///
/// # Errors
/// When `tauri.conf.json` cannot be read.
pub(super) fn signing(layout: &Layout) -> Result<Option<Value>, Fault> {
    let file = layout.root.join("tauri.conf.json");
    let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
    let config: Value =
        serde_json::from_str(&text).map_err(|error| Fault::new(format!("tauri.conf.json: {error}")))?;
    let key = ["TAURI_SIGNING_PRIVATE_KEY", "TAURI_SIGNING_PRIVATE_KEY_PATH"].map(std::env::var_os);
    let has_key = key.into_iter().flatten().any(|key| !key.is_empty());
    Ok(signed_with(&config, has_key))
}

fn signed_with(config: &Value, has_key: bool) -> Option<Value> {
    let key = config.pointer("/plugins/updater/pubkey").and_then(Value::as_str);
    let is_set = key.is_some_and(|key| !key.is_empty());
    (has_key && is_set).then(|| json!({ "bundle": { "createUpdaterArtifacts": true } }))
}

/// Signs a bundle of ours for updates, where bundles are.
///
/// # Errors
/// When the Tauri command line is missing or fails.
pub(super) fn sign(layout: &Layout, bundle: &Path) -> Result<(), Fault> {
    if signing(layout)?.is_none() {
        return Ok(());
    }
    // The app takes no update whose signature does not name its version.
    must(setup::tauri(layout)?.args(["signer", "sign", "--app-version", VERSION]).arg(bundle))
}

/// Writes the manifest for the signed bundles in `folder`, which people will find below the address `base`, with what the
/// change log says of this version, which the app shows as text.
///
/// # Errors
/// When there are none, one of them has a name that says no system or processor, or a file cannot be read or written.
pub(crate) fn write(layout: &Layout, folder: &Path, base: &str) -> Result<bool, Fault> {
    let folder = layout.root.join(folder);
    let is_signature = |file: &PathBuf| file.extension().is_some_and(|ending| ending == SIGNATURE);
    let signatures: Vec<PathBuf> = entries(&folder)?.into_iter().filter(is_signature).collect();
    let mut platforms = Map::new();
    for file in &signatures {
        let signature = fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
        let bundle = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let target = target(bundle).ok_or_else(|| {
            Fault::new(format!("{bundle} is signed, but its name says no system, processor and kind"))
        })?;
        let address = format!("{}/{}", base.trim_end_matches('/'), without_blanks(bundle));
        platforms.insert(target, json!({ "url": address, "signature": signature.trim() }));
    }
    if platforms.is_empty() {
        return Err(Fault::new(format!("{} has no signed bundle", folder.display())));
    }
    let mut manifest = json!({ "version": VERSION, "platforms": platforms });
    let changes = layout.root.join("CHANGELOG.md");
    let changes = fs::read_to_string(&changes).map_err(|error| unreadable(&changes, &error))?;
    if let Some(notes) = notes(&changes, VERSION) {
        manifest["notes"] = Value::String(notes);
    }
    let file = folder.join(NAME);
    fs::write(&file, format!("{manifest:#}\n"))
        .map_err(|error| Fault::new(format!("{} cannot be written: {error}", file.display())))?;
    println!("{} names {} bundles of version {VERSION}", file.display(), signatures.len());
    Ok(true)
}

/// What stands in the change log under the heading of this version.
fn notes(changes: &str, version: &str) -> Option<String> {
    let is_its_heading = |line: &str| {
        let heading = line.strip_prefix("## ").unwrap_or_default().trim_start_matches('[');
        heading
            .strip_prefix(version)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || ".-+".contains(c)))
    };
    let below = changes.lines().skip_while(|line| !is_its_heading(line)).skip(1);
    let lines: Vec<&str> = below.take_while(|line| !line.starts_with("## ")).collect();
    Some(lines.join("\n").trim().to_owned()).filter(|notes| !notes.is_empty())
}

/// What the updater looks for: `linux-x86_64-appimage`.
fn target(bundle: &str) -> Option<String> {
    let (_, system, kind) = KINDS.iter().find(|(ending, ..)| bundle.ends_with(ending))?;
    let (_, processor) = PROCESSORS.iter().find(|(name, _)| bundle.contains(name))?;
    Some(format!("{system}-{processor}-{kind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_known_by_its_name() {
        let known = [
            ("Foyer_0.1.0_amd64.AppImage", "linux-x86_64-appimage"),
            ("Foyer_0.1.0_amd64.deb", "linux-x86_64-deb"),
            ("Foyer-0.1.0-1.x86_64.rpm", "linux-x86_64-rpm"),
            ("Foyer_0.1.0_x64-setup.exe", "windows-x86_64-nsis"),
            ("Foyer_0.1.0_x64_en-US.msi", "windows-x86_64-msi"),
            ("Foyer_arm64.app.tar.gz", "darwin-aarch64-app"),
            ("Foyer_x86_64.app.tar.gz", "darwin-x86_64-app"),
        ];
        for (bundle, expected) in known {
            assert_eq!(target(bundle).as_deref(), Some(expected), "{bundle}");
        }
        // Two Macs would have the same name.
        assert_eq!(target("Foyer.app.tar.gz"), None);
        assert_eq!(target("Foyer_0.1.0_amd64.txt"), None);
    }

    #[test]
    fn the_manifest_names_each_signed_bundle_with_its_signature_and_nothing_else() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
        put("Foyer_0.1.0_amd64.AppImage", "ELF");
        put("Foyer_0.1.0_amd64.AppImage.sig", "c2ln\n");
        put("Foyer_0.1.0_amd64.deb", "unsigned");

        write(&layout, folder.path(), "https://a.example/v0.1.0/").expect("a manifest");

        let text = fs::read_to_string(folder.path().join(NAME)).expect("its text");
        let manifest: Value = serde_json::from_str(&text).expect("JSON");
        let bundle =
            json!({ "url": "https://a.example/v0.1.0/Foyer_0.1.0_amd64.AppImage", "signature": "c2ln" });
        assert_eq!(manifest["version"], json!(VERSION));
        assert_eq!(manifest["platforms"], json!({ "linux-x86_64-appimage": bundle }));
    }

    #[test]
    fn the_notes_are_what_the_change_log_says_of_this_version_alone() {
        let changes = "# Changelog\n\n## Unreleased\n- Later.\n\n## [0.10.0] - 2027-01-01\n- Ten.\n\n## 0.1.0-rc.1\n- A try.\n\n\
            ## 0.1.0\n\n### Added\n- First.\n";
        assert_eq!(notes(changes, "0.1.0").as_deref(), Some("### Added\n- First."));
        assert_eq!(notes(changes, "0.10.0").as_deref(), Some("- Ten."));
        assert_eq!(notes(changes, "0.10"), None);
        assert_eq!(notes(changes, "0.2.0"), None);
    }

    #[test]
    fn without_a_signed_bundle_or_with_one_of_no_known_kind_there_is_no_manifest() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        assert!(write(&layout, folder.path(), "https://a.example").is_err());

        fs::write(folder.path().join("Foyer.app.tar.gz.sig"), "c2ln").expect("a file");

        assert!(write(&layout, folder.path(), "https://a.example").is_err());
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    fn bundles_are_signed_only_with_both_keys() {
        let config = json!({ "plugins": { "updater": { "pubkey": "dW50cnVzdGVk" } } });

        assert!(signed_with(&config, true).is_some());
        assert!(signed_with(&config, false).is_none());
        assert!(signed_with(&json!({ "plugins": { "updater": { "pubkey": "" } } }), true).is_none());
        assert!(signed_with(&json!({ "plugins": {} }), true).is_none());
    }
}

//! A copy of the checkout in a folder of its own, without what is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Copy(TempDir);

impl Copy {
    /// What Git knows of the checkout in `root`, and what it would take.
    pub(crate) fn of(root: &Path) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
        let output = Command::new("git").args(list).current_dir(root).output().unwrap();
        assert!(output.status.success());
        for name in String::from_utf8(output.stdout).unwrap().lines() {
            let (from, to) = (root.join(name), copy.root().join(name));
            if from.is_file() {
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(from, to).unwrap();
            }
        }
        copy
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// The text files at or below these paths: each one's path within the copy, and what stands in it.
    pub(crate) fn texts(&self, places: &[&str]) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut next: Vec<PathBuf> = places.iter().map(|place| self.root().join(place)).collect();
        while let Some(path) = next.pop() {
            if path.is_dir() {
                next.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if let Ok(text) = String::from_utf8(fs::read(&path).unwrap()) {
                found.push((path.strip_prefix(self.root()).unwrap().to_path_buf(), text));
            }
        }
        found.sort();
        assert!(!found.is_empty());
        found
    }

    /// Asks a checker about a file, where that checker is installed.
    pub(crate) fn validate(&self, program: &str, arguments: &[&str], file: &str) {
        let mut command = Command::new(program);
        let Ok(output) = command.args(arguments).arg(file).current_dir(self.root()).output() else {
            println!("skipped: no {program} on this machine");
            return;
        };
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&said));
    }

    /// The desktop entry as Tauri makes it of its template.
    pub(crate) fn filled_in(&self, template: &str, config: &Value) -> String {
        let mut text = fs::read_to_string(self.root().join(template)).unwrap();
        let name = config["productName"].as_str().unwrap();
        let program = Path::new(template).file_stem().unwrap().to_string_lossy().into_owned();
        let scheme = config["plugins"]["deep-link"]["desktop"]["schemes"][0].as_str().unwrap();
        let mime_type = format!("x-scheme-handler/{scheme}");
        for (mark, value) in [
            ("{{name}}", name),
            ("{{exec}}", &program),
            ("{{icon}}", &program),
            ("{{comment}}", config["bundle"]["shortDescription"].as_str().unwrap()),
            ("{{categories}}", "Utility;"),
            ("{{mime_type}}", &mime_type),
            ("{{#if comment}}", ""),
            ("{{#if mime_type}}", ""),
            ("{{/if}}", ""),
        ] {
            text = text.replace(mark, value);
        }
        assert!(!text.contains("{{"), "{text}");
        text
    }
}

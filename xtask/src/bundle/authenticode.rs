//! Signatures on programs for Windows. Where the certificate is (a store of Windows, a vault, a service) is the owner's
//! matter, so the owner names the command that signs: in the environment, in the form that Tauri takes as `signCommand`.

use std::path::Path;

use serde_json::{Value, json};

use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{must, program};

/// The environment variable with the command.
const VARIABLE: &str = "WINDOWS_SIGN_COMMAND";
/// Stands in it for the file.
const FILE: &str = "%1";

/// A command that signs one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SignCommand {
    program: String,
    arguments: Vec<String>,
}

impl SignCommand {
    /// The one in the environment; without it nothing is signed.
    ///
    /// # Errors
    /// When it names no program or no file.
    pub(super) fn find() -> Result<Option<Self>, Fault> {
        let text = std::env::var(VARIABLE).unwrap_or_default();
        if text.trim().is_empty() { Ok(None) } else { Self::parse(&text).map(Some) }
    }

    /// Words between blanks, as Tauri reads them.
    ///
    /// # Errors
    /// When none of them stands for the file.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut words = text.split_whitespace().map(str::to_owned);
        let program = words.next().unwrap_or_default();
        let arguments: Vec<_> = words.collect();
        if !arguments.iter().any(|word| word == FILE) {
            return Err(Fault::new(format!(
                "{VARIABLE} has no {FILE}, which stands for the file to be signed"
            )));
        }
        Ok(Self { program, arguments })
    }

    /// Signs a file where it lies.
    ///
    /// # Errors
    /// When the command fails.
    pub(super) fn sign(&self, layout: &Layout, file: &Path) -> Result<(), Fault> {
        let mut command = program(layout, &self.program);
        for word in &self.arguments {
            if word == FILE {
                command.arg(file)
            } else {
                command.arg(word)
            };
        }
        must(&mut command)
    }

    /// The command as NSIS takes it for the uninstaller, which only NSIS sees before it is packed.
    pub(super) fn line(&self) -> String {
        let arguments = self.arguments.iter();
        let quoted = arguments.map(|word| if word == FILE { format!("\"{FILE}\"") } else { word.clone() });
        std::iter::once(self.program.clone()).chain(quoted).collect::<Vec<_>>().join(" ")
    }

    /// Merged into `tauri.conf.json`, so that Tauri signs what it bundles.
    pub(super) fn config(&self) -> Value {
        json!({ "bundle": { "windows": { "signCommand": { "cmd": self.program, "args": self.arguments } } } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_without_the_file_is_refused() {
        for text in ["signtool", "signtool sign /a", "%1"] {
            let refused = SignCommand::parse(text).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(refused.contains("has no %1"), "{text}: {refused}");
        }
    }

    #[test]
    fn tauri_and_the_installer_get_the_same_command() {
        let command = SignCommand::parse("signtool sign  /sha1 AB12 %1").expect("a command");

        assert_eq!(command.line(), "signtool sign /sha1 AB12 \"%1\"");
        let config = command.config();
        let told = config.pointer("/bundle/windows/signCommand").expect("a command");
        assert_eq!(*told, json!({ "cmd": "signtool", "args": ["sign", "/sha1", "AB12", "%1"] }));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_signed_by_its_whole_path() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        let (tool, file) = (folder.path().join("sign.sh"), folder.path().join("the app.exe"));
        std::fs::write(&tool, "echo signed >> \"$2\"").expect("a tool");
        std::fs::write(&file, "app\n").expect("a file");
        let command = SignCommand::parse(&format!("sh {} --for %1", tool.display())).expect("a command");

        command.sign(&layout, &file).expect("signed");

        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "app\nsigned\n");
        let failing = SignCommand::parse("false %1").expect("a command");
        assert!(failing.sign(&layout, &file).is_err());
    }
}

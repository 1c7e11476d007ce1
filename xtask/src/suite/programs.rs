//! The test programs that the build has made, as Cargo tells them. They are started one by one instead of by
//! `cargo test`, which runs them one after the other.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::builds::native;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{answer, program, shown};

/// The package whose tests kill and cut what is written to a disk.
const OF_A_DISK: &str = "crates/torture";

/// What the tests in a program look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A library or a program from within.
    Unit,
    /// A package from outside.
    Integration,
}

/// A program made of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TestProgram {
    /// Its package's folder.
    pub(super) package: PathBuf,
    /// Its name in the package.
    pub(super) target: String,
    /// What it looks at.
    pub(super) kind: Kind,
    file: PathBuf,
    /// Where its temporary files go; where everybody's go, if none is named.
    temporary: Option<PathBuf>,
}

impl TestProgram {
    /// Which one it is, for people: `crates/picture: it`.
    pub(super) fn name(&self, layout: &Layout) -> String {
        let folder = self.package.strip_prefix(&layout.root).unwrap_or(&self.package);
        let separator = if folder.as_os_str().is_empty() { "" } else { ": " };
        format!("{}{separator}{}", folder.display(), self.target)
    }

    /// Runs it as `cargo test` does: in its package's folder.
    pub(super) fn command(&self, layout: &Layout) -> Command {
        let mut command = program(layout, &self.file.to_string_lossy());
        command.current_dir(&self.package).env("CARGO_MANIFEST_DIR", &self.package);
        if let Some(folder) = &self.temporary {
            command.env("TMPDIR", folder);
        }
        command
    }

    /// The names of its tests.
    ///
    /// # Errors
    /// When it does not tell them.
    pub(super) fn tests(&self, layout: &Layout) -> Result<Vec<String>, Fault> {
        let mut command = self.command(layout);
        let said = answer(command.args(["--list", "--format", "terse"]));
        let said = said.ok_or_else(|| Fault::new(format!("this failed: {}", shown(&command))))?;
        Ok(said.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
    }
}

/// Every test program of the native build, which is up to date. Their temporary files go to this folder, but for those of
/// the tests that look at what a disk does.
///
/// # Errors
/// When Cargo does not name them.
pub(super) fn all(layout: &Layout, temporary: Option<&Path>) -> Result<Vec<TestProgram>, Fault> {
    let mut command = native(layout, "build", &["--quiet", "--all-targets", "--message-format=json"]);
    let said = answer(&mut command);
    let said = said.ok_or_else(|| Fault::new(format!("this failed: {}", shown(&command))))?;
    let mut programs: Vec<_> = said.lines().filter_map(test_program).collect();
    for program in programs.iter_mut().filter(|program| !program.package.ends_with(OF_A_DISK)) {
        program.temporary = temporary.map(Path::to_owned);
    }
    Ok(programs)
}

/// The test program that a line of `--message-format=json` tells of, if it does.
fn test_program(line: &str) -> Option<TestProgram> {
    let told: Value = serde_json::from_str(line).ok()?;
    if told["reason"] != "compiler-artifact" || told["profile"]["test"] != true {
        return None;
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let is_integration = told["target"]["kind"].as_array()?.iter().any(|kind| kind == "test");
    Some(TestProgram {
        package: Path::new(&text(&told["manifest_path"])?).parent()?.to_owned(),
        target: text(&told["target"]["name"])?,
        kind: if is_integration { Kind::Integration } else { Kind::Unit },
        file: text(&told["executable"])?.into(),
        temporary: None,
    })
}

#[cfg(test)]
impl TestProgram {
    /// One that was never built.
    pub(super) fn sample(package: &str, target: &str, kind: Kind) -> Self {
        Self {
            package: package.into(),
            target: target.into(),
            kind,
            file: "no-such-program".into(),
            temporary: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_program_is_told_from_a_program_and_from_everything_else() {
        let line = |kind: &str, test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/c/crates/text/Cargo.toml","target":{{"kind":["{kind}"],
                "name":"text"}},"profile":{{"test":{test}}},"executable":{executable}}}"#
            )
            .replace('\n', "")
        };
        let program = r#""/t/debug/deps/text-1""#;

        let unit = test_program(&line("lib", true, program)).expect("a test program");
        let integration = test_program(&line("test", true, program)).expect("a test program");

        let expected = |kind| TestProgram {
            package: "/c/crates/text".into(),
            target: "text".into(),
            kind,
            file: "/t/debug/deps/text-1".into(),
            temporary: None,
        };
        assert_eq!((unit, integration), (expected(Kind::Unit), expected(Kind::Integration)));
        assert_eq!(test_program(&line("bin", false, program)), None);
        assert_eq!(test_program(&line("lib", true, "null")), None);
        assert_eq!(test_program(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(test_program("warning: something"), None);
    }
}

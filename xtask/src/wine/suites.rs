//! The tests that run as Windows programs: those of the client and of the plugin with its store. The tests of the app
//! itself need the local server, whose PostgreSQL this toolchain does not link; they run on Windows.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::prefix::Prefix;
use crate::bundle::windows::TARGET;
use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{cargo, collected, shown};

/// Whose tests run.
const PACKAGES: [&str; 2] = ["supabase-session", "tauri-plugin-supabase-session"];

/// Parts of the names of tests that ask the person's own registry or Credential Manager: they are run when asked for.
const ASKED_FOR: [&str; 2] = ["store::tests::credential_manager::", "callback::windows_tests::"];

/// Tests that Wine fails for a reason of its own: the test, and what Wine lacks.
const WINES_OWN: &[(&str, &str)] = &[(
    "callback::windows_tests::links_are_this_programs_until_another_one_takes_them",
    "Wine 8 does not show HKEY_CURRENT_USER's classes in HKEY_CLASSES_ROOT, where is asked",
)];

/// What no test here can see, as Wine has no WebView2: it is left to a real Windows.
const LEFT: [&str; 4] = [
    "the window and everything in it (WebView2): nothing drives it on Windows yet",
    "notifications, and a click on one: Wine shows none",
    "the installer's pages and its offer to install WebView2, which a silent installer does not show",
    "file modes: what keeps others out is the profile's access list, which Wine maps to the host's modes",
];

/// A program with tests.
pub(super) struct Suite {
    name: String,
    program: PathBuf,
    /// With Microsoft's loader of the webview, which the GNU toolchain does not link.
    libraries: PathBuf,
    /// Where its package lies: tests read files from there.
    folder: PathBuf,
}

/// Builds them.
///
/// # Errors
/// When the build fails.
pub(super) fn build(layout: &Layout) -> Result<Vec<Suite>, Fault> {
    let mut command = cargo(layout);
    command.args(["test", "--no-run", "--target", TARGET, "--message-format", "json-render-diagnostics"]);
    PACKAGES.iter().for_each(|package| {
        command.args(["--package", package]);
    });
    command.env("AWS_LC_SYS_PREBUILT_NASM", "1").stderr(Stdio::inherit());
    let output = command.output();
    let output = output.map_err(|error| Fault::new(format!("{} cannot be run: {error}", shown(&command))))?;
    if !output.status.success() {
        return Err(Fault::new(format!("this failed: {}", shown(&command))));
    }
    let suites: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().filter_map(suite).collect();
    if suites.is_empty() {
        return Err(Fault::new("there are no tests for Windows"));
    }
    Ok(suites)
}

/// The program that a message of Cargo names, if it holds tests.
fn suite(message: &str) -> Option<Suite> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_test = message.pointer("/profile/test").and_then(Value::as_bool)?;
    let text = |pointer| message.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let folder = PathBuf::from(text("/manifest_path")?).parent()?.to_path_buf();
    let package = folder.file_name()?.to_str()?.to_owned();
    let name = format!("{package}: {}", text("/target/name")?);
    let program = PathBuf::from(text("/executable")?);
    let libraries = program.parent()?.parent()?.to_path_buf();
    is_test.then_some(Suite { name, program, libraries, folder })
}

/// Runs them, those included that ask a person's own registry or Credential Manager: nobody's are in Wine.
///
/// # Errors
/// When one cannot be started.
pub(super) fn run(prefix: &Prefix, suites: &[Suite]) -> Result<Tally, Fault> {
    let mut all = Tally::default();
    for suite in suites {
        let mut usual = command(prefix, suite);
        let mut asked_for = command(prefix, suite);
        asked_for.arg("--ignored").args(ASKED_FOR);
        for (test, _) in WINES_OWN {
            usual.args(["--skip", test]);
            asked_for.args(["--skip", test]);
        }
        let mut tally = one(usual)?;
        tally += one(asked_for)?;
        println!("      {}: {} passed, {} failed", suite.name, tally.passed, tally.failed);
        all += tally;
    }
    Ok(all)
}

fn command(prefix: &Prefix, suite: &Suite) -> Command {
    let mut command = prefix.program(&suite.program);
    command.args(["--test-threads", "2"]).current_dir(&suite.folder);
    command.env("WINEPATH", format!("Z:{}", suite.libraries.display()).replace('/', "\\"));
    command
}

/// Runs one program with tests. What it says is shown where a test failed.
fn one(command: Command) -> Result<Tally, Fault> {
    let (mut tally, mut said) = (Tally::default(), Vec::new());
    let succeeded = collected(command, |line| {
        tally.read(line);
        said.push(line.to_owned());
    })?;
    if !succeeded {
        println!("{}", said.join("\n"));
    }
    Ok(tally.at_end(succeeded))
}

/// Says what was not tested, and why.
pub(super) fn say_what_is_left() {
    for (test, reason) in WINES_OWN {
        println!("      skipped: {test}: {reason}");
    }
    for left in LEFT {
        println!("      {left}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_names_the_programs_that_hold_tests() {
        let message = |test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/w/crates/a-b/Cargo.toml","target":{{"name":"it"}},
                "profile":{{"test":{test}}},"executable":{executable}}}"#
            )
            .replace('\n', "")
        };

        let found = suite(&message(true, r#""/t/deps/it.exe""#)).expect("a suite");

        assert_eq!((&*found.name, &*found.program.to_string_lossy()), ("a-b: it", "/t/deps/it.exe"));
        assert_eq!(found.libraries, PathBuf::from("/t"));
        assert_eq!(found.folder, PathBuf::from("/w/crates/a-b"));
        assert!(suite(&message(false, r#""/t/deps/it.exe""#)).is_none());
        assert!(suite(&message(true, "null")).is_none());
        assert!(suite("   Compiling a-b").is_none());
    }
}

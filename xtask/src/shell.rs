//! Running programs and saying which step it is. Knows no task and no tool.

use std::io::{self, BufRead, BufReader, PipeReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::fault::Fault;
use crate::layout::Layout;

/// Steps of a task, said as they begin: `[2/7] the page (about 2 min)`.
#[derive(Debug)]
pub(crate) struct Steps {
    of: usize,
    at: usize,
}

impl Steps {
    /// A task of so many steps.
    pub(crate) fn new(of: usize) -> Self {
        Self { of, at: 0 }
    }

    /// Says that the next step begins; the clock it returns says how long it took.
    pub(crate) fn begin(&mut self, what: &str, about: &str) -> Instant {
        self.at += 1;
        let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
        println!("\n[{}/{}] {what}{about}", self.at, self.of);
        Instant::now()
    }
}

/// `1 min 05 s`, `12.3 s`.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// A program with the installed tools on its `PATH`.
pub(crate) fn program(layout: &Layout, name: &str) -> Command {
    // The full path, as Windows does not look for `.cmd` files by itself.
    let mut command = Command::new(layout.program(name).unwrap_or_else(|| name.into()));
    command.env("PATH", layout.path()).current_dir(&layout.root);
    // Trunk asks crates.io for a newer Trunk each day, and does not start where NO_COLOR is 1.
    command.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    command
}

/// Cargo itself, the one that runs this task.
pub(crate) fn cargo(layout: &Layout) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("PATH", layout.path()).current_dir(&layout.root);
    // `cargo run` adds the folders of this package's own build; a nested Cargo must not see them change.
    for own in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(own);
    }
    command
}

/// Runs a program to its end, its output on the terminal; `false` when it failed.
///
/// # Errors
/// When it cannot be started.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool, Fault> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    Ok(status.success())
}

/// Runs a program that must succeed.
///
/// # Errors
/// When it cannot be started or fails.
pub(crate) fn must(command: &mut Command) -> Result<(), Fault> {
    if succeeds(command)? {
        return Ok(());
    }
    Err(Fault::new(format!("this failed: {}", shown(command))))
}

/// What a program says on its standard output, when it succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program and hands each line of its standard output to `line`. What it says on its standard error is shown.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub(crate) fn watched(mut command: Command, line: impl FnMut(&str)) -> Result<bool, Fault> {
    let (output, input) = io::pipe().map_err(unreadable)?;
    command.stdout(input);
    lines_of(command, output, line)
}

/// Runs a program and hands each line of its output to `line`, that of its standard error among them.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub(crate) fn collected(mut command: Command, line: impl FnMut(&str)) -> Result<bool, Fault> {
    let (output, input) = io::pipe().map_err(unreadable)?;
    command.stderr(input.try_clone().map_err(unreadable)?).stdout(input);
    lines_of(command, output, line)
}

/// Runs a program that writes into `output`'s other end.
fn lines_of(mut command: Command, output: PipeReader, mut line: impl FnMut(&str)) -> Result<bool, Fault> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| not_started(&command, &error))?;
    // It holds the other end too: without this the output would never end.
    drop(command);
    let mut output = BufReader::new(output);
    let mut bytes = Vec::new();
    // Bytes, as a test may print anything.
    while output.read_until(b'\n', &mut bytes).map_err(unreadable)? > 0 {
        line(String::from_utf8_lossy(&bytes).trim_end());
        bytes.clear();
    }
    Ok(child.wait().map_err(unreadable)?.success())
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn unreadable(error: io::Error) -> Fault {
    Fault::new(format!("what a program prints cannot be read: {error}"))
}

fn not_started(command: &Command, error: &std::io::Error) -> Fault {
    Fault::new(format!("{} cannot be started: {error}", command.get_program().to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_minutes_from_a_minute_on() {
        assert_eq!(spoken(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(spoken(Duration::from_secs(65)), "1 min 05 s");
    }

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(shown(Command::new("trunk").args(["build", "--release"])), "trunk build --release");
    }
}

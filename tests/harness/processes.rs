//! Programs that must not outlive their test. Each carries a mark in its environment, which everything it starts
//! inherits; what carries the mark is killed at the end. When the test itself is killed, the kernel kills the programs
//! it started (`setpriv --pdeathsig`), and the display among them takes the windows along.

use std::fs;
use std::path::{Path, PathBuf};

use foyer_contract::brand::PROGRAM;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, kill_process, pidfd_open};
use tokio::process::Command;
use uuid::Uuid;

use crate::deadline::until;
use crate::fault::{Fault, Outcome};

pub use rustix::process::Signal;

/// A killed process is gone by then, with its files closed.
const DEATH: Timespec = Timespec { tv_sec: 10, tv_nsec: 0 };

/// A mark in the environment of programs that belong together.
#[derive(Debug, Clone)]
pub struct Mark {
    name: &'static str,
    value: String,
}

impl Mark {
    /// A new mark, an environment variable of this name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, value: Uuid::new_v4().to_string() }
    }

    /// Marks a program.
    pub fn put_on(&self, command: &mut Command) {
        command.env(self.name, &self.value);
    }

    /// The processes that carry the mark.
    #[must_use]
    pub fn carriers(&self) -> Vec<Pid> {
        let entry = format!("{}={}", self.name, self.value);
        let carries =
            |environment: Vec<u8>| environment.split(|byte| *byte == 0).any(|own| own == entry.as_bytes());
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = all.filter_map(|process| process.file_name().to_str()?.parse().ok());
        ids.filter(|id: &i32| fs::read(format!("/proc/{id}/environ")).is_ok_and(carries))
            .filter_map(Pid::from_raw)
            .collect()
    }

    /// Those of them that run this program.
    #[must_use]
    pub fn running(&self, program: &Path) -> Vec<Pid> {
        let mut carriers = self.carriers();
        carriers.retain(|id| runs(*id, program));
        carriers
    }

    /// Kills everything that carries the mark, what is started meanwhile included, and waits until it is gone.
    pub fn sweep(&self) {
        for _ in 0..20 {
            let carriers = self.carriers();
            if carriers.is_empty() {
                return;
            }
            carriers.into_iter().for_each(kill_and_wait);
        }
    }

    /// Kills the processes that run `program` and waits until they are gone.
    ///
    /// # Errors
    /// When there is none, or one does not die.
    pub async fn kill_9(&self, program: &Path) -> Outcome {
        let running = self.running(program);
        if running.is_empty() {
            return Err(Fault::new(format!("{} does not run", program.display())));
        }
        running.into_iter().for_each(kill);
        until("a killed process to be gone", async || Ok(self.running(program).is_empty().then_some(())))
            .await
    }
}

/// Whether a process runs this program.
pub(crate) fn runs(id: Pid, program: &Path) -> bool {
    // The kernel adds this to a program whose file was replaced by a new build.
    let replaced = PathBuf::from(format!("{} (deleted)", program.display()));
    let exe = fs::read_link(format!("/proc/{}/exe", id.as_raw_nonzero()));
    exe.is_ok_and(|exe| exe == program || exe == replaced)
}

/// Sends a signal to a process that runs.
///
/// # Errors
/// When it does not run.
pub fn send(id: Pid, signal: Signal) -> Outcome {
    Ok(kill_process(id, signal).map_err(std::io::Error::from)?)
}

/// A process that is gone already is no fault; one that cannot be killed is seen by who looks for carriers next.
fn kill(id: Pid) {
    let _ = kill_process(id, Signal::KILL);
}

/// Kills a process and waits until its files are closed: until then its folder cannot be removed.
fn kill_and_wait(id: Pid) {
    let process = pidfd_open(id, PidfdFlags::empty());
    kill(id);
    if let Ok(process) = process {
        // One that does not die is seen by who looks for carriers next.
        let _ = poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&DEATH));
    }
}

/// A program that dies with this thread, with an empty environment but for `PATH`.
#[must_use]
pub fn bound(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program).env_clear();
    for name in ["PATH", "RUST_BACKTRACE", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.stdin(std::process::Stdio::null()).kill_on_drop(true);
    command
}

/// The app's program.
pub(crate) fn app_program() -> Outcome<PathBuf> {
    built(PROGRAM, "FOYER_BIN")
}

/// A program of the same build as this test, or the one that `variable` names.
///
/// # Errors
/// When it is not there.
pub fn built(name: &str, variable: &str) -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Ok(PathBuf::from(path).canonicalize()?);
    }
    // target/debug/deps/<test> or target/debug/<program>
    let exe = std::env::current_exe()?.canonicalize()?;
    let beside = exe.ancestors().skip(1).take(2).map(|folder| folder.join(name));
    beside.into_iter().find(|path| path.is_file()).ok_or_else(|| {
        Fault::new(format!(
            "{name} is not built beside {}: run `cargo xtask test`, or set {variable}",
            exe.display()
        ))
    })
}

/// A program on `PATH`.
///
/// # Errors
/// When it is not installed.
pub fn installed(name: &str) -> Outcome<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let cargo_bin = std::env::home_dir().map(|home| home.join(".cargo/bin"));
    let mut folders = std::env::split_paths(&path).chain(cargo_bin);
    folders.find_map(|folder| Some(folder.join(name)).filter(|file| file.is_file())).ok_or_else(|| {
        Fault::new(format!("{name} is not installed: `cargo xtask test` installs what the tests need"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sweep_kills_what_a_marked_program_started_too() -> Outcome {
        let mark = Mark::new("FOYER_TEST_MARK");
        let mut shell = bound(Path::new("sh"));
        shell.args(["-c", "sleep 600 & sleep 600 & wait"]);
        mark.put_on(&mut shell);
        let mut child = shell.spawn()?;
        until("three processes", async || Ok((mark.carriers().len() == 3).then_some(()))).await?;

        mark.sweep();

        assert!(!child.wait().await?.success());
        until("none to be left", async || Ok(mark.carriers().is_empty().then_some(()))).await
    }

    #[test]
    fn a_program_that_is_not_installed_is_named_in_the_sentence() {
        let fault = installed("no-such-program-anywhere").expect_err("it is not installed");

        assert!(fault.to_string().starts_with("no-such-program-anywhere is not installed"));
    }
}

//! The programs that are measured, started on a desktop and ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use harness::contract::{brand, variable};
use harness::deadline::until;
use harness::processes::Mark;
use harness::{Desktop, Outcome};
use serde::{Deserialize, Serialize};
use tokio::process::{Child, Command};

/// How long a program may take to end after its window was closed, before it is killed.
const FAREWELL: Duration = Duration::from_secs(5);

/// Whose figures they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Program {
    /// An empty page in one colour: no webview is there sooner.
    Floor,
    /// React and supabase-js: what a person would build instead.
    Peer,
    /// Foyer.
    Foyer,
    /// `@supabase/lite` from npm: the other server that stands for a project without one.
    Lite,
    /// `supabase-local`.
    Server,
}

impl Program {
    /// Those with a window, in the order in which they are run.
    pub(crate) const ALL: [Self; 3] = [Self::Floor, Self::Peer, Self::Foyer];

    /// Servers, in the order in which they are run.
    pub(crate) const SERVERS: [Self; 2] = [Self::Lite, Self::Server];

    /// Those with pages that do something.
    pub(crate) const APPS: [Self; 2] = [Self::Peer, Self::Foyer];

    /// The programs that it is compared with, itself among them and ours last.
    pub(crate) fn compared(self) -> &'static [Self] {
        if Self::SERVERS.contains(&self) { &Self::SERVERS } else { &Self::ALL }
    }

    /// Its name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Floor => "empty page",
            Self::Peer => "React + supabase-js",
            Self::Foyer => "Foyer",
            Self::Lite => "@supabase/lite",
            Self::Server => "supabase-local",
        }
    }

    /// Its name in file names.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Peer => "peer",
            Self::Foyer => "foyer",
            Self::Lite => "lite",
            Self::Server => "server",
        }
    }
}

/// Where the built programs lie.
#[derive(Debug, Clone)]
pub(crate) struct Programs(PathBuf);

impl Programs {
    /// Those in this folder.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The file of a program. The empty page and the peer are one shell with two pages; what Node.js runs is no program.
    pub(crate) fn file(&self, program: Program) -> PathBuf {
        self.0.join(match program {
            Program::Foyer => brand::PROGRAM,
            Program::Server => "supabase-local",
            Program::Floor | Program::Peer | Program::Lite => "foyer-bench-shell",
        })
    }

    /// Starts a program for the project at `url`.
    ///
    /// # Errors
    /// When it is not built.
    pub(crate) fn start(
        &self,
        program: Program,
        desktop: &Desktop,
        project: (&str, &str),
        arguments: &[&str],
    ) -> Outcome<Running> {
        let mut command = desktop.command(&self.file(program), program.word())?;
        // The peer has no argument of its own: the deep-link plugin takes a link for one only where it stands alone.
        if program == Program::Floor {
            command.args(["--page", program.word()]);
        }
        let (url, key) = project;
        command.args(arguments).env("SUPABASE_URL", url).env("SUPABASE_KEY", key);
        command.env(variable!("SUPABASE_URL"), url).env(variable!("SUPABASE_KEY"), key);
        // What it logs by default, not all that a test wants to know.
        command.env(variable!("LOG"), "");
        // The system's own dialog, in builds for tests too.
        command.env_remove(variable!("PICK_FILE"));
        // No machine without a graphics card has the other one.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        Running::start(command)
    }
}

/// A program that runs, with every process that it has started.
#[derive(Debug)]
pub(crate) struct Running {
    /// When it was started.
    pub(crate) begun: Instant,
    child: Child,
    mark: Mark,
}

impl Running {
    fn start(mut command: Command) -> Outcome<Self> {
        let mark = Mark::new("FOYER_BENCH");
        mark.put_on(&mut command);
        let begun = Instant::now();
        Ok(Self { begun, child: command.spawn()?, mark })
    }

    /// The memory of all its processes in bytes; what several share counts in parts (PSS, proc_pid_smaps_rollup(5)).
    pub(crate) fn memory(&self) -> u64 {
        self.mark.carriers().into_iter().map(|id| proportional(id.as_raw_nonzero().get())).sum()
    }

    /// How often its processes were put on a processor again so far, of their own will (proc_pid_status(5)).
    pub(crate) fn wake_ups(&self) -> u64 {
        self.mark.carriers().into_iter().map(|id| switches(id.as_raw_nonzero().get())).sum()
    }

    /// Closes its windows as a person does and waits until it has ended; one that does not is killed.
    ///
    /// # Errors
    /// When the display is gone, or something stays.
    pub(crate) async fn end(mut self, desktop: &Desktop) -> Outcome {
        let display = desktop.display()?;
        display.windows()?.into_iter().try_for_each(|window| display.close(window))?;
        // What does not end in time is killed with the rest.
        let _ended = tokio::time::timeout(FAREWELL, self.child.wait()).await;
        self.mark.sweep();
        until("a program to be gone", async || Ok(self.mark.carriers().is_empty().then_some(()))).await
    }

    /// Kills it at once.
    pub(crate) fn kill(self) {
        self.mark.sweep();
    }
}

/// A process that ends meanwhile has no memory.
pub(crate) fn proportional(id: i32) -> u64 {
    let map = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    number(&map, "Pss:") * 1024
}

/// Of all threads of a process.
fn switches(id: i32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let status = |thread: PathBuf| fs::read_to_string(thread.join("status")).unwrap_or_default();
    threads.map(|thread| number(&status(thread.path()), "voluntary_ctxt_switches:")).sum()
}

/// The number in the line that begins so; 0 where there is none.
fn number(text: &str, begin: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(begin));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// The size of a file in bytes.
///
/// # Errors
/// When it is not there.
pub(crate) fn size(file: &Path) -> Outcome<u64> {
    let about =
        fs::metadata(file).map_err(|error| harness::Fault::new(format!("{}: {error}", file.display())))?;
    Ok(about.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_from_its_own_line() {
        let status = "Name:\tapp\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t900\n";

        assert_eq!(number(status, "voluntary_ctxt_switches:"), 12);
        assert_eq!(number("Pss:   2048 kB\nPss_Anon: 1 kB\n", "Pss:"), 2048);
        assert_eq!(number("", "Pss:"), 0);
    }

    #[tokio::test]
    async fn a_program_counts_with_what_it_starts_and_is_gone_afterwards() -> Outcome {
        let desktop = Desktop::new().await?;
        let mut shell = desktop.command(Path::new("sh"), "shell")?;
        shell.args(["-c", "sleep 600 & exec sleep 600"]);
        let running = Running::start(shell)?;
        until("two processes", async || Ok((running.mark.carriers().len() == 2).then_some(()))).await?;

        assert!(running.memory() > 0);
        // A process that has just begun has not left its processor of its own will yet.
        until("a process that sleeps", async || Ok((running.wake_ups() > 0).then_some(()))).await?;

        let mark = running.mark.clone();
        running.kill();
        assert!(mark.carriers().is_empty());
        Ok(())
    }
}

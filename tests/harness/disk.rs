//! The disk under the app.

use std::path::Path;

use tokio::process::Command;

use crate::desktop::Desktop;
use crate::fault::Outcome;
use crate::processes::installed;

impl Desktop {
    /// From now on the app's disk answers as a network disk does that knows no locks.
    pub fn take_locks_away(&mut self) {
        self.has_no_locks = true;
    }

    /// The app, or a program that starts the app, on this desktop's disk.
    ///
    /// # Errors
    /// When its log cannot be opened.
    pub(crate) fn app_command(&self, program: &Path, log: &str) -> Outcome<Command> {
        if !self.has_no_locks {
            return self.command(program, log);
        }
        let mut command = self.command(&installed("strace")?, log)?;
        command.args(["--follow-forks", "--seccomp-bpf", "--output=/dev/null", "--trace=flock"]);
        command.arg("--inject=flock:error=ENOLCK").arg(program);
        Ok(command)
    }
}

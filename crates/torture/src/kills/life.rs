//! One child, from its start to its death.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::choice::Choice;
use crate::TortureError;
use crate::line::Line;
use crate::model::Held;

/// A child that has said nothing for so long hangs. It starts within a tenth of a second; a busy machine takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A child that is to die by itself is killed after this: it may have fewer steps to take than was thought.
const LONGEST_LIFE: Duration = Duration::from_secs(3);

/// What a child said, and how it ended.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// What it found in its store; `None` when it was killed before it said that.
    pub(super) found: Option<Held>,
    /// The last change that it acknowledged, and how many it were.
    pub(super) done: Option<u64>,
    pub(super) changes: u64,
    /// The step at which it died by itself.
    pub(super) step: Option<String>,
    /// Whether it was killed, by itself or from outside.
    pub(super) was_killed: bool,
}

impl Life {
    /// Starts a child and, unless it ends by itself, kills it when it was chosen.
    ///
    /// # Errors
    /// When it cannot be started, hangs, or says that it cannot go on.
    pub(super) fn live(command: &mut Command, choice: Option<Choice>) -> Result<Self, TortureError> {
        if let Some(Choice::AfterSteps(steps)) = choice {
            command.arg("--die-after").arg(steps.to_string());
        }
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(TortureError::io("a child is started"))?;
        let lines = child.stdout.take().map(listen);
        let lines = lines.ok_or_else(|| TortureError::Child("a child has no standard output".into()))?;
        let mut life = Self::default();
        let heard = life.hear(&mut child, &lines, choice);
        let status = end(&mut child)?;
        heard?;
        life.was_killed = is_killed(status);
        if life.was_killed || (status.success() && choice.is_none()) || life.found.is_some() {
            return Ok(life);
        }
        Err(TortureError::Child(format!("a child ended by itself: {status}")))
    }

    /// Hears what the child says until it has ended, and kills it when its time has come.
    fn hear(
        &mut self,
        child: &mut Child,
        lines: &Receiver<Line>,
        choice: Option<Choice>,
    ) -> Result<(), TortureError> {
        let mut deadline = Instant::now() + PATIENCE;
        let mut has_begun = false;
        loop {
            match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => self.take(line)?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) if !has_begun => {
                    return Err(TortureError::Child("a child hangs".into()));
                }
                Err(RecvTimeoutError::Timeout) => {
                    child.kill().map_err(TortureError::io("a child is killed"))?;
                    deadline = Instant::now() + PATIENCE;
                }
            }
            if self.found.is_some() && !has_begun {
                has_begun = true;
                deadline = Instant::now()
                    + match choice {
                        Some(Choice::At(instant)) => instant,
                        Some(Choice::AfterSteps(_)) => LONGEST_LIFE,
                        None => PATIENCE,
                    };
            }
        }
    }

    fn take(&mut self, line: Line) -> Result<(), TortureError> {
        match line {
            Line::Found(held) => self.found = Some(held),
            Line::Done(number) => {
                self.done = Some(number);
                self.changes += 1;
            }
            Line::At(step) => self.step = Some(step),
            Line::Failed(reason) => {
                return Err(TortureError::Child(format!("a child cannot go on: {reason}")));
            }
        }
        Ok(())
    }
}

/// What a child says, line by line. Ends with the child.
fn listen(stdout: impl Read + Send + 'static) -> Receiver<Line> {
    let (said, lines) = channel();
    thread::spawn(move || {
        // A line that a kill has cut off was not said.
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(line) = Line::parse(&line)
                && said.send(line).is_err()
            {
                return;
            }
        }
    });
    lines
}

/// Ends the child if it has not ended, and waits for it.
fn end(child: &mut Child) -> Result<ExitStatus, TortureError> {
    // Fails only where the child has ended.
    let _ended = child.kill();
    child.wait().map_err(TortureError::io("a child is waited for"))
}

#[cfg(unix)]
fn is_killed(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const SIGKILL: i32 = 9;
    status.signal() == Some(SIGKILL)
}

/// Windows has no signals: a process that was ended says so by its code.
#[cfg(not(unix))]
fn is_killed(status: ExitStatus) -> bool {
    !status.success()
}

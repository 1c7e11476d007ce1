//! Programs that run until somebody ends them, each with everything it starts itself: a process group on Unix, the
//! process tree on Windows. Dropped, they end.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::fault::Fault;

/// How long a program may take to end after it was asked to, before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// What there is to hear while the programs run.
#[derive(Debug)]
pub(crate) enum News {
    /// Ctrl-C, or the terminal is gone.
    Interrupted,
    /// A program has ended.
    Ended(&'static str, ExitStatus),
}

/// The programs.
#[derive(Debug)]
pub(crate) struct Children {
    running: Vec<(&'static str, u32)>,
    tell: Sender<News>,
    news: Receiver<News>,
}

impl Children {
    /// None yet. From now on Ctrl-C is news instead of the end of this process.
    ///
    /// # Errors
    /// When the system does not let us listen to Ctrl-C.
    pub(crate) fn new() -> Result<Self, Fault> {
        let (tell, news) = mpsc::channel();
        let interrupt = tell.clone();
        // A send that fails means that nobody listens any more: this process is ending already.
        ctrlc::set_handler(move || drop(interrupt.send(News::Interrupted)))
            .map_err(|error| Fault::new(format!("Ctrl-C cannot be listened to: {error}")))?;
        Ok(Self { running: Vec::new(), tell, news })
    }

    /// Starts a program in a group of its own. Returns it without its exit: that comes as [`News::Ended`].
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(
        &mut self,
        name: &'static str,
        command: &mut Command,
    ) -> Result<Option<impl std::io::Read + use<>>, Fault> {
        own_group(command.stdin(Stdio::null()));
        let mut child =
            command.spawn().map_err(|error| Fault::new(format!("{name} cannot be started: {error}")))?;
        self.running.push((name, child.id()));
        let stdout = child.stdout.take();
        let tell = self.tell.clone();
        thread::spawn(move || wait(name, child, &tell));
        Ok(stdout)
    }

    /// Waits for the next news.
    pub(crate) fn next(&mut self) -> News {
        // The channel cannot close while `self.tell` lives; if it could, the end would be the right answer.
        let news = self.news.recv().unwrap_or(News::Interrupted);
        self.note(&news);
        news
    }

    /// Ends all of them: asks, waits a while, then kills.
    pub(crate) fn end(&mut self) {
        self.running.iter().for_each(|&(_, id)| signal(id, "TERM"));
        let deadline = Instant::now() + GRACE;
        while !self.running.is_empty() {
            match self.news.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(news) => self.note(&news),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        self.running.drain(..).for_each(|(_, id)| signal(id, "KILL"));
    }

    fn note(&mut self, news: &News) {
        if let News::Ended(name, _) = news {
            self.running.retain(|(running, _)| running != name);
        }
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        self.end();
    }
}

fn wait(name: &'static str, mut child: Child, tell: &Sender<News>) {
    if let Ok(status) = child.wait() {
        // Nobody listens any more when this process is ending.
        drop(tell.send(News::Ended(name, status)));
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(windows)]
fn own_group(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP);
}

/// Signals a whole group. A group that is gone already is no fault.
#[cfg(unix)]
fn signal(id: u32, name: &str) {
    let sent = Command::new("kill")
        .args(["-s", name, "--", &format!("-{id}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if let Err(error) = sent {
        eprintln!("xtask: process group {id} cannot be ended: {error}");
    }
}

/// Ends a whole tree. Windows has no gentle way for a program without a window.
#[cfg(windows)]
fn signal(id: u32, _name: &str) {
    let ended = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &id.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if let Err(error) = ended {
        eprintln!("xtask: process tree {id} cannot be ended: {error}");
    }
}

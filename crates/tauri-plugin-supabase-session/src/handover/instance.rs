//! One app for one data folder. A later start hands what it was started with to the app that runs, and ends.
//!
//! The app that runs holds a lock. A later start leaves a letter in a folder that only their owner may read; the app
//! takes the letter at once, or the next app does at its start. No session bus is needed.

use std::fs::{self, File, TryLockError};
use std::io;
use std::mem::MaybeUninit;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

use crate::data_dir::DataDir;
use crate::store::file;

/// The app that runs has taken a letter within this time, or it hangs.
const HANDOVER_TIMEOUT: Duration = Duration::from_secs(5);

/// How often a later start looks whether its letter was taken and whether the app that ran has ended: no call waits for
/// both.
const POLL_INTERVAL: Duration = Duration::from_millis(25);

/// A letter that is older is thrown away: the code in a link is worth nothing by then.
const LIFETIME: Duration = Duration::from_secs(600);

/// Longest letter in bytes. A longer file was not written by this program.
const LONGEST: u64 = 64 * 1024;

/// How often the folder is looked through where it cannot be watched.
const POLL_WITHOUT_WATCH: Duration = Duration::from_secs(1);

/// How this start goes on.
pub enum Start {
    /// This process is the app for its data folder.
    First(Instance),
    /// The app that runs has what this one was started with.
    HandedOver,
    /// An app runs, but does not answer. A link waits for it, or for the next one.
    Unanswered,
}

/// The right to be the app for a data folder, as long as it is held.
pub struct Instance {
    letters: PathBuf,
    /// The lock, held until this is dropped; or why the data folder cannot be locked.
    lock: io::Result<File>,
}

/// Finds out whether an app runs on this data folder, and if so hands over `link` to it, or asks it to show its window.
///
/// # Errors
/// When an app runs and nothing can be left for it, as on a full disk.
pub fn begin(data: &DataDir, link: Option<&str>) -> io::Result<Start> {
    let letters = data.handover();
    let opened = file::open_private(&data.root().join("instance.lock"));
    let asked = opened.and_then(|lock| Ok((is_ours(&lock)?, lock)));
    let lock = match asked {
        Ok((false, lock)) => lock,
        Ok((true, lock)) => return Ok(Start::First(Instance { letters, lock: Ok(lock) })),
        // The folder cannot be written, or its file system knows no locks: the app starts all the same.
        Err(error) => return Ok(Start::First(Instance { letters, lock: Err(error) })),
    };
    let letter = leave(&letters, link.unwrap_or_default())?;
    let deadline = Instant::now() + HANDOVER_TIMEOUT;
    while letter.exists() {
        // The app that ran has ended meanwhile. This one knows what it was started with.
        if is_ours(&lock)? {
            file::remove(&letter)?;
            return Ok(Start::First(Instance { letters, lock: Ok(lock) }));
        }
        if Instant::now() > deadline {
            if link.is_none() {
                file::remove(&letter)?;
            }
            return Ok(Start::Unanswered);
        }
        thread::sleep(POLL_INTERVAL);
    }
    Ok(Start::HandedOver)
}

/// Leaves a link for the next app on this data folder.
///
/// # Errors
/// When it cannot be written.
pub fn keep(data: &DataDir, link: &str) -> io::Result<()> {
    leave(&data.handover(), link).map(drop)
}

fn is_ours(lock: &File) -> io::Result<bool> {
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Writes a file with this text into the folder. The file gets its name once it is whole.
fn leave(folder: &Path, text: &str) -> io::Result<PathBuf> {
    // With a clock before 1970 only the order of letters is lost.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let letter = folder.join(format!("{:020}-{}", now.as_micros(), std::process::id()));
    file::replace(&letter, text.as_bytes())?;
    Ok(letter)
}

impl Instance {
    /// Gives the right up before this process ends: the app is about to start itself anew, and the new process would take
    /// this one for the app that runs.
    ///
    /// # Errors
    /// When the lock cannot be released. It is once this process has ended.
    pub fn release(&self) -> io::Result<()> {
        // A folder that was never locked keeps nobody out.
        self.lock.as_ref().map_or(Ok(()), File::unlock)
    }

    /// Calls `on_letter` for each letter, those that lie there already first: with its link, or with `None` when only
    /// the window is to be shown.
    pub fn listen(&self, on_letter: impl Fn(Option<String>) + Send + 'static) {
        let letters = self.letters.clone();
        if let Err(error) = &self.lock {
            tracing::warn!(%error, "the data folder cannot be locked: a second app may run on it");
        }
        // Before the first look, so that no letter falls between the two.
        let watch = watch(&letters);
        if let Err(error) = &watch {
            tracing::warn!(%error, "the folder for links from later starts cannot be watched");
        }
        thread::spawn(move || {
            let mut buffer = [MaybeUninit::uninit(); 1024];
            let mut events = watch.ok().map(|watch| inotify::Reader::new(watch, &mut buffer));
            loop {
                for text in take(&letters) {
                    on_letter(Some(text).filter(|text| !text.is_empty()));
                }
                let has_news = events.as_mut().is_some_and(|events| events.next().is_ok());
                if !has_news {
                    thread::sleep(POLL_WITHOUT_WATCH);
                }
            }
        });
    }
}

fn watch(folder: &Path) -> io::Result<rustix::fd::OwnedFd> {
    let watch = inotify::init(CreateFlags::CLOEXEC)?;
    // A letter gets its name by a rename.
    inotify::add_watch(&watch, folder, WatchFlags::MOVED_TO)?;
    Ok(watch)
}

/// Takes all letters out of the folder, the oldest first, and throws away those that are too old.
fn take(folder: &Path) -> Vec<String> {
    let mut letters: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    letters.sort();
    letters.iter().filter_map(|letter| open(letter)).collect()
}

/// The letter's text. The file is gone afterwards, whatever it was; one that is still being written is left alone.
fn open(letter: &Path) -> Option<String> {
    let file = fs::symlink_metadata(letter).ok()?;
    // A file whose time lies ahead (the clock was set back) counts as new.
    let age = file.modified().ok().and_then(|written| written.elapsed().ok()).unwrap_or_default();
    let is_new = age <= LIFETIME;
    let is_whole = letter.extension().is_none();
    if !is_whole && is_new {
        return None;
    }
    let is_readable = is_whole && is_new && file.is_file() && file.len() <= LONGEST;
    let text = is_readable.then(|| fs::read_to_string(letter).ok()).flatten();
    if let Err(error) = fs::remove_file(letter) {
        tracing::warn!(kind = %error.kind(), "what a later start handed over cannot be removed");
    }
    text
}

#[cfg(test)]
#[path = "instance_tests.rs"]
mod tests;

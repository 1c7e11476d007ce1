//! Where log lines go: a file for its owner only, and standard error.
//!
//! Only our own code is heard in detail. The libraries below us write what they carry (headers, messages of the
//! bus, arguments) at their finer levels, so they are held at warnings whatever is asked for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use foyer_contract::program;

use super::recent::{OURS, RecentEvents};

/// A log file of this size is set aside, and a new one begun.
const LARGEST: u64 = 1024 * 1024;

/// The newest lines are in the first one, the oldest in the last.
const NAMES: [&str; 3] =
    [concat!(program!(), ".log"), concat!(program!(), ".1.log"), concat!(program!(), ".2.log")];

/// Begins to log, and answers where the last events can be read. To be called once.
///
/// Without a log file (the folder cannot be written) the lines go to standard error only, and say so.
pub fn begin(folder: &Path, level: LevelFilter) -> RecentEvents {
    let filter = targets(level);
    let file = LogFile::open(folder.to_owned(), LARGEST);
    let trouble = file.as_ref().err().map(io::Error::kind);
    let to_file = file
        .ok()
        .map(|file| fmt::layer().with_ansi(false).with_writer(Mutex::new(file)).with_filter(filter.clone()));
    let to_terminal = fmt::layer().with_writer(io::stderr).with_filter(filter);
    let recent = RecentEvents::default();
    let to_memory = recent.clone().with_filter(targets(LevelFilter::INFO));
    let begun = tracing_subscriber::registry().with(to_file).with(to_terminal).with(to_memory).try_init();
    if begun.is_ok()
        && let Some(kind) = trouble
    {
        tracing::warn!(%kind, "the log file cannot be written; logging to standard error only");
    }
    recent
}

/// Whose events are heard: ours from this level on, those of libraries from warnings on.
fn targets(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        // It prints the arguments of a second instance, a link with its auth code among them.
        .with_target("tauri_plugin_deep_link", LevelFilter::OFF)
        .with_targets(OURS.map(|krate| (krate, level)))
}

/// The log in a folder: one file that is written, and those before it, each with a limit.
///
/// The crates for this either make files that others may read or end the process when the folder goes away.
struct LogFile {
    folder: PathBuf,
    largest: u64,
    file: File,
    written: u64,
}

impl LogFile {
    fn open(folder: PathBuf, largest: u64) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let file = append(&folder.join(NAMES[0]))?;
        let written = file.metadata()?.len();
        Ok(Self { folder, largest, file, written })
    }

    /// Moves each file to the place of the one before it, over the oldest.
    fn set_aside(&mut self) -> io::Result<()> {
        for pair in NAMES.windows(2).rev() {
            match fs::rename(self.folder.join(pair[0]), self.folder.join(pair[1])) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.file = append(&self.folder.join(NAMES[0]))?;
        self.written = 0;
        Ok(())
    }
}

impl Write for LogFile {
    /// One call is one line. A line that would need a new file where none can be had is refused, so that the limit
    /// holds.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.written > 0 && self.written.saturating_add(length) > self.largest {
            self.set_aside()?;
        }
        self.file.write_all(line)?;
        self.written = self.written.saturating_add(length);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The file, for its owner only, written at its end.
fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_one_long_run_has_a_limit_and_keeps_the_newest_lines_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(folder.path().to_owned(), 1000).unwrap();

        for number in 0..1000 {
            log.write_all(format!("line {number:04}\n").as_bytes()).unwrap();
        }

        let files = NAMES.map(|name| folder.path().join(name));
        let text = files.each_ref().map(|path| fs::read_to_string(path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        assert!(text.iter().all(|text| text.len() <= 1000 && text.ends_with('\n')), "{text:?}");
        assert!(text[0].ends_with("line 0999\n") && text[1].len() == 1000, "{text:?}");
        let (last, first) = (text[1].lines().last().unwrap(), text[0].lines().next().unwrap());
        assert_eq!(last[5..].parse::<u32>().unwrap() + 1, first[5..].parse::<u32>().unwrap());
        #[cfg(unix)]
        for path in &files {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_log_goes_on_where_the_last_run_ended_and_counts_what_that_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join(NAMES[0]);
        fs::write(&first, "x".repeat(90)).unwrap();
        let mut log = LogFile::open(folder.path().to_owned(), 100).unwrap();

        log.write_all(b"0123456789").unwrap();
        assert_eq!(fs::metadata(&first).unwrap().len(), 100);
        log.write_all(b"0123456789").unwrap();

        assert_eq!(fs::read_to_string(&first).unwrap(), "0123456789");
        assert_eq!(fs::metadata(folder.path().join(NAMES[1])).unwrap().len(), 100);
    }

    #[test]
    fn a_folder_that_goes_away_costs_lines_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join("logs");
        let mut log = LogFile::open(logs.clone(), 20).unwrap();
        log.write_all(b"0123456789").unwrap();
        fs::remove_dir_all(&logs).unwrap();

        assert!(log.write_all(&[b'x'; 30]).is_err());

        fs::create_dir(&logs).unwrap();
        log.write_all(&[b'x'; 30]).unwrap();
        assert_eq!(fs::metadata(logs.join(NAMES[0])).unwrap().len(), 30);
    }
}

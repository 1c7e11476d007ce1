//! Where log lines go: a file for its owner only, and standard error.
//!
//! Only our own code is heard in detail. The libraries below us write what they carry (headers, messages of the
//! bus, arguments) at their finer levels, so they are held at warnings whatever is asked for.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// A log file that is larger than this at start is set aside as `foyer.old.log`.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Begins to log. To be called once.
///
/// Without a log file (the folder cannot be written) the lines go to standard error only, and say so.
pub fn begin(folder: &Path, level: LevelFilter) {
    let filter = Targets::new()
        .with_default(LevelFilter::WARN)
        // It prints the arguments of a second instance, a link with its auth code among them.
        .with_target("tauri_plugin_deep_link", LevelFilter::OFF)
        .with_target("foyer", level)
        .with_target("supabase_session", level);
    let file = open(folder);
    let trouble = file.as_ref().err().map(io::Error::kind);
    let to_file = file.ok().map(|file| {
        fmt::layer().with_ansi(false).with_writer(std::sync::Arc::new(file)).with_filter(filter.clone())
    });
    let to_terminal = fmt::layer().with_writer(io::stderr).with_filter(filter);
    let begun = tracing_subscriber::registry().with(to_file).with(to_terminal).try_init();
    if begun.is_ok()
        && let Some(kind) = trouble
    {
        tracing::warn!(%kind, "the log file cannot be written; logging to standard error only");
    }
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("foyer.log");
    if fs::metadata(&path).is_ok_and(|file| file.len() > LARGEST) {
        fs::rename(&path, folder.join("foyer.old.log"))?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

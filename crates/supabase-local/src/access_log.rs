//! The access log: one line for each request, in a file that tests and people read.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use axum::http::{Method, StatusCode};

use crate::mutex::lock;

/// A file that gets one line for each request: `METHOD PATH STATUS`. The path is written without its query, so no key,
/// token or code gets into the file.
#[derive(Debug)]
pub struct AccessLog(Mutex<File>);

impl AccessLog {
    /// Opens the file at `path` for appending, and makes it when it is missing.
    ///
    /// # Errors
    /// The operating system's error, when the file cannot be opened for writing.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(OpenOptions::new().create(true).append(true).open(path)?)))
    }

    /// Appends the line of one request. A failure goes to the program's log: the request itself was answered.
    pub(crate) fn record(&self, method: &Method, path: &str, status: StatusCode) {
        let line = format!("{method} {path} {}\n", status.as_u16());
        let mut file = lock(&self.0);
        // One write for the whole line, so that a reader never sees half of it.
        if let Err(error) = file.write_all(line.as_bytes()).and_then(|()| file.flush()) {
            tracing::warn!(%error, "the access log cannot be written");
        }
    }
}

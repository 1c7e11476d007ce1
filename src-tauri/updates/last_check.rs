//! When the endpoint was asked, and when it answered, in a small file in the data folder.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tauri_plugin_supabase_session::store::file;

/// The app asks by itself when so many seconds have passed since the last question: a day.
const INTERVAL: u64 = 24 * 60 * 60;

/// The times, and the file that they are kept in. Cheap to clone.
#[derive(Clone)]
pub(super) struct LastCheck {
    file: PathBuf,
    times: Arc<Mutex<Times>>,
}

/// What lies in the file, in seconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Times {
    asked: Option<u64>,
    answered: Option<u64>,
}

impl LastCheck {
    /// As this file says. One that cannot be read or makes no sense says nothing.
    pub(super) fn read(file: PathBuf) -> Self {
        let read = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, times: Arc::new(Mutex::new(read.unwrap_or_default())) }
    }

    /// When the endpoint last answered.
    pub(super) fn answered(&self) -> Option<u64> {
        self.times.lock().answered
    }

    /// Whether it is time to ask again.
    pub(super) fn is_due(&self) -> bool {
        self.times.lock().is_due(now())
    }

    /// The endpoint was asked just now, and has answered or not. A disk that cannot be written costs one more question.
    pub(super) async fn write(&self, has_answered: bool) {
        let this = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let times = {
                let mut times = this.times.lock();
                times.asked = Some(now());
                if has_answered {
                    times.answered = times.asked;
                }
                *times
            };
            file::replace_json(&this.file, &times)
        });
        match written.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(kind = %error.kind(), "the time of the check cannot be kept"),
            Err(_) => tracing::warn!("the time of the check was not kept: the app ends"),
        }
    }
}

impl Times {
    /// A time that is still to come says that the clock was wrong, then or now.
    fn is_due(&self, now: u64) -> bool {
        self.asked.is_none_or(|asked| asked > now || now - asked >= INTERVAL)
    }
}

/// Seconds since 1970; 0 with a clock before that.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_time_to_ask_a_day_later_or_when_the_clock_was_set_back() {
        let asked = |at| Times { asked: Some(at), answered: None };

        assert!(Times::default().is_due(0));
        assert!(!asked(1000).is_due(1000));
        assert!(!asked(1000).is_due(1000 + INTERVAL - 1));
        assert!(asked(1000).is_due(1000 + INTERVAL));
        assert!(asked(1000).is_due(999));
    }

    #[tokio::test]
    async fn the_times_are_there_after_a_restart_and_a_file_that_makes_no_sense_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("updates.json");
        fs::write(&path, "{").unwrap();
        let times = LastCheck::read(path.clone());
        assert!(times.is_due() && times.answered().is_none());

        times.write(false).await;
        let times = LastCheck::read(path.clone());
        assert!(!times.is_due() && times.answered().is_none(), "asked, and no answer");

        times.write(true).await;
        assert!(LastCheck::read(path).answered().is_some());
    }
}

//! How long a save takes, beside a bare write and fsync of as many bytes in the same folder, one after the other in the
//! same run: the ratio says what the store costs on whatever disk this is.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use supabase_session::{Secret, SessionStore, StoreKey};

use crate::TortureError;
use crate::child::{Keychain, WriterKind, app, project};

/// Bytes of the session that is saved: a usual one.
const LENGTH: usize = 2048;

/// Saves before the first that counts: what is made once is made then.
const WARM_UP: usize = 5;

/// What was measured, in the order of the saves.
#[derive(Debug, Clone)]
pub struct SaveTimes {
    /// Saves of a session through the store.
    pub store: Vec<Duration>,
    /// Writes of as many bytes to one file that is kept open, each with an fsync.
    pub bare: Vec<Duration>,
    /// As many bytes as the store's newest file has.
    pub bytes: u64,
}

/// Saves so many times in this folder.
///
/// # Errors
/// When the store or the folder cannot be written.
pub fn measure(folder: &Path, saves: usize) -> Result<SaveTimes, TortureError> {
    let app = app(folder)?;
    let home = folder.join("store");
    fs::create_dir(&home).map_err(TortureError::io("a folder for the store is made"))?;
    let store = Keychain::Folder.store(&app, &home, WriterKind::Stored)?;
    let key = StoreKey::session(&project()?);
    let mut times = SaveTimes { store: Vec::new(), bare: Vec::new(), bytes: 0 };
    let mut file =
        fs::File::create(folder.join("bare")).map_err(TortureError::io("a file to compare with is made"))?;
    for save in 0..saves + WARM_UP {
        let value = Secret::from(format!("{save:08}{}", "A".repeat(LENGTH - 8)));
        let begun = Instant::now();
        tauri::async_runtime::block_on(store.set(&key, &value))
            .map_err(|error| TortureError::Child(error.to_string()))?;
        let stored = begun.elapsed();
        times.bytes = newest_length(&home)?;
        let bare = write_and_sync(&mut file, times.bytes).map_err(TortureError::io("a file is written"))?;
        if save >= WARM_UP {
            times.store.push(stored);
            times.bare.push(bare);
        }
    }
    Ok(times)
}

impl SaveTimes {
    /// Two lines of milliseconds and one of ratios.
    #[must_use]
    pub fn lines(&self) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let of = |times: &[Duration]| (ms(quantile(times, 50)), ms(quantile(times, 95)));
        let ((median, p95), (bare_median, bare_p95)) = (of(&self.store), of(&self.bare));
        format!(
            "a save: median {median:.2} ms, p95 {p95:.2} ms ({} saves)\n\
             a bare write and fsync of the same {} bytes: median {bare_median:.2} ms, p95 {bare_p95:.2} ms\n\
             save-times: {:.2} x a bare fsync at the median, {:.2} x at p95",
            self.store.len(),
            self.bytes,
            median / bare_median,
            p95 / bare_p95,
        )
    }
}

/// The time that so many of a hundred do not exceed. Zero of none.
fn quantile(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

fn write_and_sync(file: &mut fs::File, bytes: u64) -> std::io::Result<Duration> {
    let content = vec![b'A'; usize::try_from(bytes).map_err(std::io::Error::other)?];
    let begun = Instant::now();
    file.write_all(&content)?;
    file.sync_all()?;
    Ok(begun.elapsed())
}

fn newest_length(folder: &Path) -> Result<u64, TortureError> {
    let newest = fs::read_dir(folder).map_err(TortureError::io("the store's folder is listed"))?.flatten();
    let files = newest.filter_map(|entry| entry.metadata().ok()).filter(|file| file.len() > 0);
    Ok(files.max_by_key(|file| file.modified().ok()).map_or(0, |file| file.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_one_of_the_times() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();

        assert_eq!(quantile(&times, 50), Duration::from_millis(50));
        assert_eq!(quantile(&times, 95), Duration::from_millis(95));
        assert_eq!(quantile(&times[..1], 95), Duration::from_millis(100));
        assert_eq!(quantile(&[], 95), Duration::ZERO);
    }
}

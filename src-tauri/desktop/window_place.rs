//! The place of the window, kept for the next start: read once, written when the window has come to rest.
//!
//! tauri-plugin-window-state is not used for it: it writes when the app ends and not before (a killed app forgets), below
//! the desktop's folder for settings instead of the app's own data folder, and keeps each window by its label, of which a
//! further window has another one each time.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tauri::{LogicalSize, Manager, Monitor, PhysicalPosition, Runtime, WebviewWindow};
use tauri_plugin_supabase_session::store::file;
use tokio::sync::Notify;

use super::placement::{Corner, Placement, Screen, Size};

/// A window that is being moved or resized has come to rest after this time.
const AT_REST: Duration = Duration::from_millis(500);

/// The place of the window that was moved or resized last.
#[derive(Clone)]
pub struct WindowPlace(Arc<Inner>);

struct Inner {
    file: PathBuf,
    now: Mutex<Placement>,
    /// What the file holds. Held while it is written: who moves a window waits for no disk.
    written: Mutex<Option<Placement>>,
    changed: Notify,
}

impl WindowPlace {
    /// What the file says. One that cannot be read counts as none.
    #[must_use]
    pub fn read(file: PathBuf) -> Self {
        let written: Option<Placement> =
            std::fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok());
        let now = Mutex::new(written.unwrap_or_default());
        Self(Arc::new(Inner { file, now, written: Mutex::new(written), changed: Notify::new() }))
    }

    /// Where the window stands, or stood last.
    #[must_use]
    pub fn now(&self) -> Placement {
        *self.0.now.lock()
    }

    /// Takes down where this window stands.
    pub fn follow<R: Runtime>(&self, window: &WebviewWindow<R>) {
        let before = self.now();
        match of(window, before) {
            Ok(Some(now)) if now != before => {
                *self.0.now.lock() = now;
                self.0.changed.notify_one();
            }
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "the desktop does not tell where the window stands"),
        }
    }

    /// Writes the place down as often as the window comes to rest, for as long as the app runs.
    pub async fn keep(self) {
        loop {
            self.0.changed.notified().await;
            while tokio::time::timeout(AT_REST, self.0.changed.notified()).await.is_ok() {}
            let this = self.clone();
            // A disk that hangs holds up nothing else.
            if tokio::task::spawn_blocking(move || this.write()).await.is_err() {
                return;
            }
        }
    }

    /// Writes the place down now, if the file holds another one.
    pub fn write(&self) {
        let mut written = self.0.written.lock();
        let now = self.now();
        if *written == Some(now) {
            return;
        }
        match file::replace_json(&self.0.file, &now) {
            Ok(()) => *written = Some(now),
            Err(error) => tracing::warn!(kind = %error.kind(), "the window's place cannot be kept"),
        }
    }
}

/// Where a window stands; `None` while it stands nowhere in particular: hidden, minimized, in full screen.
fn of<R: Runtime>(window: &WebviewWindow<R>, before: Placement) -> tauri::Result<Option<Placement>> {
    if !window.is_visible()? || window.is_minimized()? || window.is_fullscreen()? {
        return Ok(None);
    }
    if window.is_maximized()? {
        return Ok(Some(Placement { maximized: true, ..before }));
    }
    let (corner, size) = (window.outer_position()?, window.inner_size()?);
    let size: LogicalSize<u32> = size.to_logical(window.scale_factor()?);
    let (corner, size) =
        (Corner { x: corner.x, y: corner.y }, Size { width: size.width, height: size.height });
    Ok(Some(Placement { corner: Some(corner), size, maximized: false }))
}

/// Puts a window that is not shown yet where it belongs.
///
/// # Errors
/// When the window is gone.
pub fn put<R: Runtime>(window: &WebviewWindow<R>, placement: Placement) -> tauri::Result<()> {
    if let Some(Corner { x, y }) = placement.corner {
        window.set_position(PhysicalPosition::new(x, y))?;
    }
    if placement.maximized {
        window.maximize()?;
    }
    Ok(())
}

/// The screens that there are now, the one for new windows first.
#[must_use]
pub fn screens<R: Runtime>(app: &impl Manager<R>) -> Vec<Screen> {
    let app = app.app_handle();
    let primary = app.primary_monitor().ok().flatten();
    let all = app.available_monitors().unwrap_or_else(|error| {
        tracing::warn!(%error, "the desktop does not tell its screens");
        Vec::new()
    });
    primary.iter().chain(&all).map(screen).collect()
}

fn screen(monitor: &Monitor) -> Screen {
    let area = monitor.work_area();
    Screen {
        corner: Corner { x: area.position.x, y: area.position.y },
        size: Size { width: area.size.width, height: area.size.height },
        scale: monitor.scale_factor(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: i32) -> Placement {
        Placement {
            corner: Some(Corner { x, y: 20 }),
            size: Size { width: 800, height: 600 },
            maximized: false,
        }
    }

    #[test]
    fn a_file_that_makes_no_sense_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        for text in ["", "{", "[]", r#"{"size":{"width":-1,"height":1e99},"maximized":0}"#] {
            std::fs::write(&file, text).unwrap();

            assert_eq!(WindowPlace::read(file.clone()).now(), Placement::default(), "{text}");
        }
    }

    #[test]
    fn what_was_written_is_there_at_the_next_start_and_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let first = WindowPlace::read(file.clone());
        *first.0.now.lock() = place(10);
        first.write();

        let second = WindowPlace::read(file.clone());
        assert_eq!(second.now(), place(10));

        std::fs::remove_file(&file).unwrap();
        second.write();
        assert!(!file.exists(), "nothing has changed");
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_moves_is_written_down_once_it_rests() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let kept = WindowPlace::read(file.clone());
        let task = tokio::spawn(kept.clone().keep());
        for x in 0..5 {
            *kept.0.now.lock() = place(x);
            kept.0.changed.notify_one();
            tokio::time::sleep(AT_REST / 2).await;
        }
        assert!(!file.exists(), "it has not come to rest");

        while !file.exists() {
            tokio::time::sleep(AT_REST).await;
        }

        assert_eq!(WindowPlace::read(file).now(), place(4));
        task.abort();
    }
}

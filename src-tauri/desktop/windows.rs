//! The app's windows: all show the same session. Which labels they have, which of them has the focus, and how one more is
//! opened.

use parking_lot::Mutex;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WindowEvent};
use tauri_plugin_supabase_session::raise_window;
use tokio::sync::watch;

use super::placement::Placement;
use super::window_place::{WindowPlace, screens};

/// The labels that a window may have, as in the capability file: a window with another label may call nothing. A new
/// window takes the first one that is free.
pub const LABELS: [&str; 8] =
    ["main", "window-2", "window-3", "window-4", "window-5", "window-6", "window-7", "window-8"];

/// Which window has the focus.
pub struct Focus {
    /// The label of the window that has it.
    now: watch::Sender<Option<String>>,
    /// The label of the window that had it last.
    last: Mutex<Option<String>>,
}

impl Default for Focus {
    fn default() -> Self {
        Self { now: watch::Sender::new(None), last: Mutex::default() }
    }
}

impl Focus {
    /// Whether a window of the app has the focus, now and from now on.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Option<String>> {
        self.now.subscribe()
    }

    fn gained(&self, label: &str) {
        *self.last.lock() = Some(label.to_owned());
        self.now.send_replace(Some(label.to_owned()));
    }

    fn lost(&self, label: &str) {
        // The next window may have gained it before this one says that it has lost it.
        self.now.send_if_modified(|now| now.take_if(|now| now == label).is_some());
    }

    fn last(&self) -> Option<String> {
        self.last.lock().clone()
    }
}

/// The label for one more window; `None`: there are as many windows as there may be.
#[must_use]
pub fn free_label<R: Runtime>(app: &AppHandle<R>) -> Option<&'static str> {
    let windows = app.webview_windows();
    LABELS.into_iter().find(|label| !windows.contains_key(*label))
}

/// The window that the person used last, or any.
#[must_use]
pub fn front<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    let mut windows = app.webview_windows();
    let last = app.try_state::<Focus>().and_then(|focus| focus.last());
    let label = last.filter(|label| windows.contains_key(label));
    let label = label.or_else(|| windows.keys().min().cloned())?;
    windows.remove(&label)
}

/// Brings the window to the front that the person used last.
pub fn raise<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = front(app) {
        raise_window(&window);
    }
}

/// Where the next window belongs: in the first one's place of the last start, or beside the one in front.
#[must_use]
pub fn next_place<R: Runtime>(app: &AppHandle<R>) -> Placement {
    let place = app.try_state::<WindowPlace>().map(|place| place.now()).unwrap_or_default();
    let place = match front(app) {
        Some(window) => place.beside(window.scale_factor().unwrap_or(1.0)),
        None => place,
    };
    place.fitted(&screens(app))
}

/// Takes down what happens to this window: its place, and whether it has the focus. `gone` is called once the window is no
/// more.
pub fn follow<R: Runtime>(window: &WebviewWindow<R>, gone: impl Fn() + Send + 'static) {
    let followed = window.clone();
    window.on_window_event(move |event| {
        let (Some(focus), Some(place)) = (followed.try_state::<Focus>(), followed.try_state::<WindowPlace>())
        else {
            return;
        };
        match event {
            WindowEvent::Moved(_) | WindowEvent::Resized(_) => place.follow(&followed),
            WindowEvent::Focused(true) => focus.gained(followed.label()),
            WindowEvent::Focused(false) => focus.lost(followed.label()),
            WindowEvent::Destroyed => {
                focus.lost(followed.label());
                gone();
            }
            _ => {}
        }
    });
    // It is shown before anybody listens, so it may have the focus already.
    if window.is_focused().unwrap_or(false)
        && let Some(focus) = window.try_state::<Focus>()
    {
        focus.gained(window.label());
    }
}

#[cfg(test)]
mod tests {
    use tauri::test::mock_app;
    use tauri::{WebviewUrl, WebviewWindowBuilder};

    use super::*;

    #[test]
    fn a_new_window_takes_the_first_free_label_until_none_is_left() {
        let app = mock_app();
        let app = app.handle();
        let open =
            |label: &str| WebviewWindowBuilder::new(app, label, WebviewUrl::default()).build().unwrap();

        for label in LABELS {
            assert_eq!(free_label(app), Some(label));
            open(label);
        }
        assert_eq!(free_label(app), None);
    }

    #[test]
    fn the_window_that_was_used_last_comes_forward() {
        let app = mock_app();
        app.manage(Focus::default());
        let app = app.handle();
        assert!(front(app).is_none());
        for label in [LABELS[0], LABELS[1]] {
            WebviewWindowBuilder::new(app, label, WebviewUrl::default()).build().unwrap();
        }
        assert_eq!(front(app).unwrap().label(), LABELS[0]);

        let focus = app.state::<Focus>();
        focus.gained(LABELS[1]);
        focus.lost(LABELS[1]);
        assert_eq!(front(app).unwrap().label(), LABELS[1]);

        // The one that was used last is gone.
        focus.gained(LABELS[5]);
        assert_eq!(front(app).unwrap().label(), LABELS[0]);
    }

    #[test]
    fn a_window_that_says_late_that_it_lost_the_focus_takes_it_from_no_other() {
        let focus = Focus::default();
        let now = focus.watch();

        focus.gained("main");
        focus.gained("window-2");
        focus.lost("main");
        assert_eq!(now.borrow().as_deref(), Some("window-2"));

        focus.lost("window-2");
        assert_eq!(*now.borrow(), None);
        assert_eq!(focus.last().as_deref(), Some("window-2"));
    }
}

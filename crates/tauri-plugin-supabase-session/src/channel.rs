//! The way from the backend to the windows: one channel for each window, opened by the page itself.
//!
//! Not Tauri's events: whoever may listen to those hears the plugins' events too, among them the deep link with its
//! auth code and the store's values. The page has no permission for them.

use parking_lot::Mutex;
use std::collections::HashMap;

use serde::Serialize;
use tauri::ipc::Channel;

/// The channel of every window that watches, by the window's label.
pub struct WindowChannels<M>(Mutex<HashMap<String, Channel<M>>>);

impl<M> Default for WindowChannels<M> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<M: Serialize + Clone> WindowChannels<M> {
    /// Sends every message from now on to this window. When a page is loaded anew, its channel replaces the old one.
    pub fn watch(&self, label: &str, channel: Channel<M>) {
        self.0.lock().insert(label.to_owned(), channel);
    }

    /// Forgets a window that is no more.
    pub fn forget(&self, label: &str) {
        self.0.lock().remove(label);
    }

    /// Whether no window watches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }

    /// Sends a message to every window. A window that cannot be reached any more is forgotten.
    pub fn tell(&self, message: &M) {
        self.0.lock().retain(|_, channel| channel.send(message.clone()).is_ok());
    }

    /// Sends a message to one window alone.
    pub fn tell_one(&self, label: &str, message: M) {
        let mut channels = self.0.lock();
        if channels.get(label).is_some_and(|channel| channel.send(message).is_err()) {
            channels.remove(label);
        }
    }
}

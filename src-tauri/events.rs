//! The way from the backend to the windows: one channel for each window, opened by the page itself.
//!
//! Not Tauri's events: whoever may listen to those hears the plugins' events too, among them the deep link with its
//! auth code and the store's values. The page has no permission for them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use foyer_contract::Message;
use tauri::ipc::Channel;

/// Every window that watches.
#[derive(Default)]
pub struct Windows {
    channels: Mutex<HashMap<String, Channel<Message>>>,
}

impl Windows {
    /// Tells this window everything from now on. A page that was loaded anew takes the place of the old one.
    pub fn watch(&self, label: &str, channel: Channel<Message>) {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner).insert(label.to_owned(), channel);
    }

    /// Tells every window. One that cannot be reached any more is forgotten.
    pub fn tell(&self, message: &Message) {
        self.channels
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, channel| channel.send(message.clone()).is_ok());
    }
}

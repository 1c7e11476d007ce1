//! The desktop's notifications: one at a time, and none while the person looks at a window of the app.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
use bus as system;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(not(target_os = "linux"))]
use native as system;

use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

/// A window that was asked to come forward has the focus within this time, or the desktop does not give it away.
const FOCUS: Duration = Duration::from_secs(1);

/// What a notification says. No secret and no address of a person belongs into it: it stands on the screen while somebody
/// else may look, and desktops keep lists of what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// What has happened.
    pub title: String,
    /// What the person can do.
    pub body: String,
    /// The words of the button that brings the window forward, where the desktop shows buttons.
    pub open: String,
}

/// Shows notifications. What shows them is started with the first one: a desktop that asks for permission asks then.
#[derive(Default)]
pub struct Notifications(Mutex<Option<UnboundedSender<Notification>>>);

impl Notifications {
    /// Shows this one in place of the last one, unless a window has the focus, or has it once it came forward. `focus` tells
    /// which window has it. A click calls `clicked`.
    pub fn show(
        &self,
        notification: Notification,
        mut focus: watch::Receiver<Option<String>>,
        clicked: impl Fn() + Clone + Send + Sync + 'static,
    ) {
        let queue = self.queue(clicked);
        tauri::async_runtime::spawn(async move {
            if tokio::time::timeout(FOCUS, focus.wait_for(Option::is_some)).await.is_ok() {
                return;
            }
            if queue.send(notification).is_err() {
                tracing::warn!("nothing shows notifications any more");
            }
        });
    }

    fn queue(&self, clicked: impl Fn() + Clone + Send + Sync + 'static) -> UnboundedSender<Notification> {
        let mut queue = self.0.lock();
        if let Some(queue) = queue.as_ref().filter(|queue| !queue.is_closed()) {
            return queue.clone();
        }
        let (sender, receiver) = unbounded_channel();
        tauri::async_runtime::spawn(system::serve(receiver, clicked));
        queue.insert(sender).clone()
    }
}

/// The notifications that are to be shown.
type Queue = UnboundedReceiver<Notification>;

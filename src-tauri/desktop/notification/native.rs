//! Notifications on macOS and Windows. macOS asks for permission at the first one, and brings the app forward when the
//! person clicks on one; Windows does neither.

use foyer_contract::brand::IDENTIFIER;
use notify_rust::Notification as Native;

use super::{Notification, Queue};

/// Shows what comes in, for as long as the app runs.
pub(super) async fn serve(mut wanted: Queue, _clicked: impl Fn() + Send) {
    #[cfg(target_os = "macos")]
    if let Err(error) = notify_rust::set_application(IDENTIFIER) {
        tracing::warn!(%error, "notifications carry another app's name");
    }
    while let Some(notification) = wanted.recv().await {
        // The system is waited for.
        let shown = tokio::task::spawn_blocking(move || show(&notification));
        match shown.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the desktop shows no notification"),
            Err(error) => tracing::warn!(%error, "a notification was given up"),
        }
    }
}

fn show(notification: &Notification) -> notify_rust::error::Result<()> {
    let mut native = Native::new();
    native.summary(&notification.title).body(&notification.body);
    #[cfg(windows)]
    native.app_id(IDENTIFIER);
    native.show().map(drop)
}

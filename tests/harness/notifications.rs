//! A notification server on a desktop's own session bus: it shows nothing and remembers everything.

use std::sync::{Arc, Mutex, PoisonError};

use zbus::object_server::SignalEmitter;
use zbus::{Connection, connection};

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use interface::Interface;

const PATH: &str = "/org/freedesktop/Notifications";

/// The server. It leaves the bus when this is dropped.
#[derive(Debug)]
pub struct NotificationServer {
    bus: Connection,
    shown: Shown,
}

type Shown = Arc<Mutex<Vec<Notification>>>;

/// What an app asked to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Names it to the app.
    pub id: u32,
    /// The id of the one whose place it takes; 0: of none.
    pub replaces: u32,
    /// The app's name.
    pub app: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// The actions that can be taken, each by its name and then in words.
    pub actions: Vec<String>,
}

impl NotificationServer {
    /// Begins to serve on this desktop.
    ///
    /// # Errors
    /// When the desktop has no bus, or another server.
    pub async fn on(desktop: &Desktop) -> Outcome<Self> {
        let address = desktop.bus().address.ok_or_else(|| Fault::new("the desktop has no session bus"))?;
        let shown = Shown::default();
        let bus = connection::Builder::address(&*address.to_string_lossy())
            .and_then(|bus| bus.serve_at(PATH, Interface(Arc::clone(&shown))))
            .and_then(|bus| bus.name("org.freedesktop.Notifications"))
            .map_err(fault)?;
        Ok(Self { bus: bus.build().await.map_err(fault)?, shown })
    }

    /// Everything that was shown.
    #[must_use]
    pub fn shown(&self) -> Vec<Notification> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many were shown in all.
    ///
    /// # Errors
    /// When there are fewer.
    pub async fn wait_for(&self, count: usize) -> Outcome<Vec<Notification>> {
        until("a notification", async || Ok(Some(self.shown()).filter(|shown| shown.len() >= count))).await
    }

    /// Clicks on one.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn click(&self, notification: &Notification) -> Outcome {
        let emitter = SignalEmitter::new(&self.bus, PATH).map_err(fault)?;
        Interface::action_invoked(&emitter, notification.id, "default").await.map_err(fault)
    }
}

fn fault(error: zbus::Error) -> Fault {
    Fault::new(format!("the notification server: {error}"))
}

/// The bus's side of it.
mod interface {
    // The macro makes a public trait of the signal, without documentation.
    #![allow(missing_docs)]

    use std::collections::HashMap;
    use std::sync::PoisonError;

    use zbus::interface;
    use zbus::object_server::SignalEmitter;
    use zbus::zvariant::OwnedValue;

    use super::{Notification, Shown};

    pub(super) struct Interface(pub(super) Shown);

    #[interface(name = "org.freedesktop.Notifications")]
    impl Interface {
        #[allow(clippy::too_many_arguments)]
        fn notify(
            &self,
            app: String,
            replaces: u32,
            _icon: String,
            title: String,
            body: String,
            actions: Vec<String>,
            _hints: HashMap<String, OwnedValue>,
            _timeout: i32,
        ) -> u32 {
            let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let next = u32::try_from(shown.len()).unwrap_or(u32::MAX).saturating_add(1);
            let id = if replaces == 0 { next } else { replaces };
            shown.push(Notification { id, replaces, app, title, body, actions });
            id
        }

        #[zbus(signal)]
        pub(super) async fn action_invoked(
            emitter: &SignalEmitter<'_>,
            id: u32,
            action: &str,
        ) -> zbus::Result<()>;
    }
}

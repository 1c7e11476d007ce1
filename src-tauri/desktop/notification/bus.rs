//! Notifications on Linux: the interface `org.freedesktop.Notifications` of the session bus
//! (<https://specifications.freedesktop.org/notification-spec/latest/>).
//!
//! One connection for all of them, as a click on a notification is told to the program that asked for it. It is kept while
//! a notification may be clicked, and made anew when the bus was gone.

use std::collections::HashMap;
use std::time::Duration;

use foyer_contract::brand::{self, PROGRAM};
use futures_util::StreamExt;
use zbus::proxy::CacheProperties;
use zbus::zvariant::Value;
use zbus::{Connection, Proxy};

use super::{Notification, Queue};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// How long the bus, or who shows notifications, is waited for: a later one is of no use.
const ANSWER: Duration = Duration::from_secs(5);

/// The action of a click on the notification itself. Servers without such a click show a button for it.
const OPEN: &str = "default";

/// As long on the screen as the desktop likes.
const BY_THE_DESKTOP: i32 = -1;

/// Shows what comes in, for as long as the app runs.
pub(super) async fn serve(mut wanted: Queue, clicked: impl Fn() + Send) {
    while let Some(first) = wanted.recv().await {
        if let Err(error) = show(first, &mut wanted, &clicked).await {
            tracing::warn!(%error, "the desktop shows no notification");
        }
    }
}

/// Shows notifications until the connection is lost.
async fn show(first: Notification, wanted: &mut Queue, clicked: &(impl Fn() + Send)) -> zbus::Result<()> {
    let bus = in_time(Connection::session()).await?;
    let server = zbus::proxy::Builder::<Proxy<'_>>::new(&bus)
        .destination(NAME)?
        .path(PATH)?
        .interface(NAME)?
        .cache_properties(CacheProperties::No)
        .build();
    let server = in_time(server).await?;
    // Before the first notification, so that no click on it is missed.
    let mut clicks = in_time(server.receive_signal("ActionInvoked")).await?;
    let mut shown = notify(&server, 0, first).await?;
    loop {
        tokio::select! {
            next = wanted.recv() => match next {
                Some(next) => shown = notify(&server, shown, next).await?,
                None => return Ok(()),
            },
            click = clicks.next() => {
                let Some(click) = click else { return Ok(()) };
                let (id, action): (u32, String) = click.body().deserialize()?;
                if id == shown && action == OPEN {
                    clicked();
                }
            }
        }
    }
}

/// Shows one in place of the notification with the id `replaces` (0: of none), and answers its own id.
async fn notify(server: &Proxy<'_>, replaces: u32, notification: Notification) -> zbus::Result<u32> {
    let Notification { title, body, open } = notification;
    let hints: HashMap<&str, Value<'_>> = HashMap::from([("desktop-entry", Value::from(brand::NAME))]);
    let arguments =
        (brand::NAME, replaces, PROGRAM, title, as_text(&body), vec![OPEN, &open], hints, BY_THE_DESKTOP);
    in_time(server.call("Notify", &arguments)).await
}

/// The body of a notification may hold markup, which none of ours is.
fn as_text(body: &str) -> String {
    body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

async fn in_time<T>(answer: impl Future<Output = zbus::Result<T>>) -> zbus::Result<T> {
    let late = || zbus::Error::InputOutput(std::sync::Arc::new(std::io::ErrorKind::TimedOut.into()));
    tokio::time::timeout(ANSWER, answer).await.unwrap_or_else(|_| Err(late()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_shown_as_it_is_written() {
        assert_eq!(as_text("<b>Q&A</b>"), "&lt;b&gt;Q&amp;A&lt;/b&gt;");
    }
}

//! The last things that this run has logged, for [`diagnostics`](crate::diagnostics). Of what an event of ours says, only
//! its sentence and the fields whose values are words of ours are kept. Of a library's event only that there was one: its
//! sentence may say a path, an address or what a request carried.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::Arc;

use parking_lot::Mutex;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// So many events are kept.
const KEPT: usize = 60;

/// A longer line is cut.
const LONGEST: usize = 400;

/// The crates whose sentences are ours.
pub(super) const OURS: [&str; 4] =
    [env!("CARGO_CRATE_NAME"), "foyer_public_fetch", "tauri_plugin_supabase_session", "supabase_session"];

/// The fields that are kept: kinds, codes, numbers. Not `error`, whose text may come from a library and say a path or an
/// address; not `key` and `column`, which say how a project is called.
const FIELDS: [&str; 12] = [
    "kind", "status", "code", "meaning", "mode", "worked", "outcome", "cause", "reason", "server", "took_ms",
    "pause_s",
];

/// The last events. All clones are the same.
#[derive(Debug, Clone, Default)]
pub struct RecentEvents(Arc<Mutex<VecDeque<String>>>);

impl RecentEvents {
    /// One line an event, the oldest first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().iter().cloned().collect()
    }
}

impl<S: Subscriber> Layer<S> for RecentEvents {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let about = event.metadata();
        let mut line = Line(now());
        // A `String` takes every text.
        let _written = write!(line.0, " {} {}:", about.level(), about.target());
        if is_ours(about.target()) {
            event.record(&mut line);
        } else {
            line.0.push_str(" a library's event");
        }
        let mut events = self.0.lock();
        if events.len() == KEPT {
            events.pop_front();
        }
        events.push_back(line.0.chars().filter(|c| !c.is_control()).take(LONGEST).collect());
    }
}

/// Whether an event with this target is one of our own crates'.
fn is_ours(target: &str) -> bool {
    target.split("::").next().is_some_and(|krate| OURS.contains(&krate))
}

fn now() -> String {
    OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default()
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _written = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name if FIELDS.contains(&name) => write!(self.0, " {name}={value:?}"),
            _ => Ok(()),
        };
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    fn recorded(say: impl FnOnce()) -> Vec<String> {
        let recent = RecentEvents::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(recent.clone()), say);
        recent.lines()
    }

    #[test]
    fn an_events_sentence_and_our_own_words_are_kept_and_nothing_that_others_wrote() {
        let lines = recorded(|| {
            let error = "cannot open /home/ada/store: abcd.supabase.co";
            tracing::warn!(kind = "StorageFull", %error, key = "sb-abcd-auth-token", "not\nstored");
            tracing::info!(status = 429, took_ms = 7_u64, path = "/rest/v1/ada", "answered");
        });

        assert_eq!(lines.len(), 2);
        assert!(
            lines[0].ends_with(r#" WARN account_app::desktop::recent::tests: notstored kind="StorageFull""#),
            "{lines:?}"
        );
        assert!(lines[1].ends_with(" answered status=429 took_ms=7"), "{lines:?}");
    }

    #[test]
    fn a_library_is_named_and_nothing_of_what_it_says() {
        let lines = recorded(|| {
            tracing::warn!(target: "zbus::connection", kind = "ada", "cannot open /home/ada");
            tracing::warn!(target: "foyer_of_others", "cannot open /home/ada");
        });

        assert!(lines[0].ends_with(" WARN zbus::connection: a library's event"), "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains("ada")), "{lines:?}");
    }

    #[test]
    fn only_the_last_events_are_kept_each_up_to_a_length() {
        let lines = recorded(|| {
            for number in 0..2 * KEPT {
                tracing::info!("event {number} {}", "x".repeat(2 * LONGEST));
            }
        });

        assert_eq!(lines.len(), KEPT);
        assert!(lines[0].contains(&format!("event {KEPT} ")), "{}", lines[0]);
        assert!(lines.iter().all(|line| line.chars().count() == LONGEST));
    }
}

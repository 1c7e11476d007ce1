//! The end of the queue of links: each link is handed to the client, and its outcome is shown.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};
use supabase_session::{Completed, FlowKind, Secret};
use supabase_session_contract::view::NoticeCode;
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use super::refusal;
use crate::callback::{LinkOutcome, ReceivedLink};
use crate::supabase::Supabase;

/// How many links are remembered, so that one that is delivered twice counts once.
const REMEMBERED: usize = 16;

/// Takes links out of the queue, one after the other, for as long as the app runs. While the session cannot be read yet
/// (its keychain is locked) they wait: nobody could tell which flow they belong to.
pub(crate) async fn drain(supabase: Supabase, mut received: UnboundedReceiver<ReceivedLink>) {
    let mut seen = Seen::default();
    while let Some(ReceivedLink { link, asked_by }) = received.recv().await {
        supabase.desktop().raise_window();
        until_restored(&supabase).await;
        let mark = mark(&link);
        let taken = match seen.done_for(mark, user_id(&supabase)) {
            // The desktop delivered it twice, or somebody clicked twice: what it did is on the screen already.
            Some(taken) => {
                tracing::debug!("a link was delivered again");
                taken
            }
            None => {
                let taken = take(&supabase, &link).await;
                supabase.link_taken(taken.outcome);
                taken
            }
        };
        seen.remember(mark, taken);
        if let Some(asked_by) = asked_by {
            // The asker may be gone, for example a closed tab.
            let _gone = asked_by.send(taken.outcome);
        }
    }
}

/// Waits until the session of the project that is connected was read. Where the project changes meanwhile, the next one's
/// counts: a connection that was closed restores nothing any more.
async fn until_restored(supabase: &Supabase) {
    while let Ok(connection) = supabase.connection() {
        if connection.restored().await {
            return;
        }
    }
}

/// What came of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Taken {
    outcome: LinkOutcome,
    /// Whom the link has done something for. `None`: it has done nothing, or nothing yet.
    user: Option<Uuid>,
}

impl Taken {
    const NOT_DONE: Self = Self { outcome: LinkOutcome::NotDone, user: None };

    /// What it means that the client took a link; `now` is who is signed in after that.
    fn of(completed: &Completed, now: Option<Uuid>) -> Self {
        let (outcome, user) = match completed {
            Completed::SignedIn(user) | Completed::Recovery(user) => (LinkOutcome::Done, Some(user.id)),
            Completed::EmailChanged(user) | Completed::IdentityLinked(user) => {
                (LinkOutcome::Confirmed, Some(user.id))
            }
            // It counts only while the owner of the flow is signed in.
            Completed::EmailChangeHalf => (LinkOutcome::Confirmed, now),
            // The person is asked about it, and may have said no before it comes again.
            _ => (LinkOutcome::Confirmed, None),
        };
        Self { outcome, user }
    }
}

/// What came of the last links, by a hash of each: the links themselves are not kept.
#[derive(Default)]
struct Seen(VecDeque<(Mark, Taken)>);

type Mark = [u8; 32];

fn mark(link: &Secret<String>) -> Mark {
    Sha256::digest(link.expose().as_bytes()).into()
}

impl Seen {
    /// What came of this link if it has done something already for the user who is signed in now. Any other link is tried
    /// again: it may do something now, or the person has to be told why it does not.
    fn done_for(&self, mark: Mark, now: Option<Uuid>) -> Option<Taken> {
        let (_, taken) = self.0.iter().find(|(other, _)| *other == mark)?;
        Some(*taken).filter(|taken| taken.user.is_some() && taken.user == now)
    }

    fn remember(&mut self, mark: Mark, taken: Taken) {
        self.0.retain(|(other, _)| *other != mark);
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((mark, taken));
    }
}

/// Hands one link to the client and shows the outcome.
async fn take(supabase: &Supabase, link: &Secret<String>) -> Taken {
    let Ok(connection) = supabase.connection() else {
        supabase.notify(NoticeCode::LinkUnknown);
        return Taken::NOT_DONE;
    };
    // Looked up before the link is completed: afterwards its flow may not be pending any more.
    let flow = refusal::flow(&connection.client().pending(), link);
    let completed = connection.client().complete(link.expose()).await;
    tracing::info!(worked = completed.is_ok(), "a link came back");
    match completed {
        Ok(completed) => {
            let taken = Taken::of(&completed, connection.user_id());
            let signed_in = matches!(completed, Completed::SignedIn(_));
            supabase.completed(&connection, completed);
            if signed_in {
                let by_provider = flow.is_some_and(|flow| flow.kind == FlowKind::OAuth);
                supabase.notify(if by_provider {
                    NoticeCode::SignedInByProvider
                } else {
                    NoticeCode::SignedInByLink
                });
            }
            taken
        }
        Err(error) => {
            match refusal::notice(&connection, &error, flow.as_ref()).await {
                Some(code) => supabase.notify(code),
                None => supabase.publish(),
            }
            Taken::NOT_DONE
        }
    }
}

fn user_id(supabase: &Supabase) -> Option<Uuid> {
    supabase.connection().ok()?.user_id()
}

#[cfg(test)]
#[path = "dispatch_tests.rs"]
mod tests;

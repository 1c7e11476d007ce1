//! The end of the queue of links: each link is handed to the client, and its outcome is shown.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};
use supabase_session::{Completed, FlowKind, Secret, State};
use supabase_session_contract::view::NoticeCode;
use tokio::sync::mpsc::UnboundedReceiver;

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
        let outcome = match seen.done_by(mark).filter(|_| is_signed_in(&supabase)) {
            // The desktop delivered it twice, or somebody clicked twice: what it did is on the screen already.
            Some(outcome) => {
                tracing::debug!("a link was delivered again");
                outcome
            }
            None => {
                let outcome = take(&supabase, &link).await;
                supabase.link_taken(outcome);
                outcome
            }
        };
        seen.remember(mark, outcome);
        if let Some(asked_by) = asked_by {
            // The asker may be gone, for example a closed tab.
            let _gone = asked_by.send(outcome);
        }
    }
}

async fn until_restored(supabase: &Supabase) {
    if let Ok(client) = supabase.client() {
        let mut states = client.watch();
        // A client that is gone restores nothing any more.
        drop(states.wait_for(|state| *state != State::Restoring).await);
    }
}

/// The outcomes of the last links, by a hash of each: the links themselves are not kept.
#[derive(Default)]
struct Seen(VecDeque<(Mark, LinkOutcome)>);

type Mark = [u8; 32];

fn mark(link: &Secret<String>) -> Mark {
    Sha256::digest(link.expose().as_bytes()).into()
}

impl Seen {
    /// The outcome of this link if it has done something already. A link that did nothing is tried again: it may do
    /// something now, or the person has to be told once more why it does not.
    fn done_by(&self, mark: Mark) -> Option<LinkOutcome> {
        let (_, outcome) = self.0.iter().find(|(other, _)| *other == mark)?;
        Some(*outcome).filter(|outcome| *outcome != LinkOutcome::NotDone)
    }

    fn remember(&mut self, mark: Mark, outcome: LinkOutcome) {
        self.0.retain(|(other, _)| *other != mark);
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((mark, outcome));
    }
}

/// Hands one link to the client and shows the outcome.
async fn take(supabase: &Supabase, link: &Secret<String>) -> LinkOutcome {
    let Ok(connection) = supabase.connection() else {
        supabase.notify(NoticeCode::LinkUnknown);
        return LinkOutcome::NotDone;
    };
    // Looked up before the link is completed: afterwards its flow may not be pending any more.
    let flow = refusal::flow(&connection.client().pending(), link);
    let completed = connection.client().complete(link.expose()).await;
    tracing::info!(worked = completed.is_ok(), "a link came back");
    match completed {
        Ok(completed) => {
            let outcome = match &completed {
                Completed::SignedIn(_) | Completed::Recovery(_) => LinkOutcome::Done,
                _ => LinkOutcome::Confirmed,
            };
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
            outcome
        }
        Err(error) => {
            match refusal::notice(&connection, &error, flow.as_ref()).await {
                Some(code) => supabase.notify(code),
                None => supabase.publish(),
            }
            LinkOutcome::NotDone
        }
    }
}

fn is_signed_in(supabase: &Supabase) -> bool {
    supabase.connection().is_ok_and(|connection| connection.is_signed_in())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_was_refused_is_not_said_to_be_done_when_it_comes_again() {
        let mut seen = Seen::default();
        let marks = ["refused", "done", "confirmed"].map(|link| mark(&Secret::from(link.to_owned())));
        assert_eq!(marks.map(|mark| seen.done_by(mark)), [None; 3]);

        for (mark, outcome) in
            marks.into_iter().zip([LinkOutcome::NotDone, LinkOutcome::Done, LinkOutcome::Confirmed])
        {
            seen.remember(mark, outcome);
        }

        assert_eq!(
            marks.map(|mark| seen.done_by(mark)),
            [None, Some(LinkOutcome::Done), Some(LinkOutcome::Confirmed)]
        );
        // It works at the second try, as after a fault of the network.
        seen.remember(marks[0], LinkOutcome::Done);
        assert_eq!(seen.done_by(marks[0]), Some(LinkOutcome::Done));
    }

    #[test]
    fn only_the_last_links_are_remembered() {
        let mut seen = Seen::default();
        let old = mark(&Secret::from("old".to_owned()));
        seen.remember(old, LinkOutcome::Done);

        for number in 0..REMEMBERED {
            seen.remember(mark(&Secret::from(number.to_string())), LinkOutcome::Done);
        }

        assert_eq!((seen.done_by(old), seen.0.len()), (None, REMEMBERED));
    }
}

//! Putting the messages of a channel back in order: the backend numbers them, and some take a longer way.

use foyer_contract::{CommandError, Message};
use serde::Deserialize;

/// What the channel's callback gets.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Envelope {
    /// Counts from 0.
    index: u64,
    /// Absent in the last envelope of all.
    message: Option<Message>,
}

/// Holds back messages that came too early.
#[derive(Debug, Default)]
pub(crate) struct InOrder {
    next: u64,
    /// Those that came before their turn: few, if any.
    early: Vec<Envelope>,
}

impl InOrder {
    /// The messages whose turn it is. An envelope that cannot be read is passed on at once, so that it can be reported.
    pub(crate) fn take(
        &mut self,
        envelope: Result<Envelope, CommandError>,
    ) -> Vec<Result<Message, CommandError>> {
        let envelope = match envelope {
            Ok(envelope) => envelope,
            Err(error) => return vec![Err(error)],
        };
        self.early.push(envelope);
        let mut due = Vec::new();
        while let Some(at) = self.early.iter().position(|envelope| envelope.index == self.next) {
            self.next += 1;
            due.extend(self.early.swap_remove(at).message.map(Ok));
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::avatar::AvatarProgress;

    use super::*;

    fn progress(sent: u64) -> Message {
        Message::AvatarProgress(AvatarProgress { sent, total: 9 })
    }

    fn envelope(index: u64) -> Result<Envelope, CommandError> {
        Ok(Envelope { index, message: Some(progress(index)) })
    }

    #[test]
    fn what_comes_early_waits_for_its_turn() {
        let mut in_order = InOrder::default();

        assert_eq!(in_order.take(envelope(1)), []);
        assert_eq!(in_order.take(envelope(2)), []);
        assert_eq!(in_order.take(envelope(0)), [Ok(progress(0)), Ok(progress(1)), Ok(progress(2))]);
        assert_eq!(in_order.take(envelope(3)), [Ok(progress(3))]);
    }

    #[test]
    fn the_end_of_the_channel_is_no_message() {
        let end = serde_json::from_str::<Envelope>(r#"{"end":true,"index":0}"#).unwrap();

        assert_eq!(InOrder::default().take(Ok(end)), []);
    }

    #[test]
    fn an_envelope_is_read_as_the_backend_writes_it() {
        let json = r#"{"message":{"avatar_progress":{"sent":4,"total":9}},"index":0}"#;
        let envelope = serde_json::from_str(json).unwrap();

        assert_eq!(InOrder::default().take(Ok(envelope)), [Ok(progress(4))]);
    }
}

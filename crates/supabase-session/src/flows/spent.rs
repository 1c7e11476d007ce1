//! Flows whose link or code was refused as used before or too old: what their next mail has to be.

use super::Flows;
use crate::flows::flow::{FlowId, FlowKind};

impl Flows {
    /// The link or the code of this flow was used before or is too old. The flow lives on: a newer mail completes it.
    /// Only for a sign-up does it make a difference, which mail that is.
    pub(crate) async fn note_spent(&self, id: &FlowId) {
        if self.find(id).is_none_or(|flow| flow.kind != FlowKind::SignUp || flow.spent) {
            return;
        }
        let changing = self.changing().await;
        self.read_store(&changing).await;
        let flow = self.list().entry(id).map(|entry| {
            entry.flow.spent = true;
            entry.flow.clone()
        });
        let Some(flow) = flow else { return };
        if let Err(error) = self.put_slot(&flow).await {
            // It is known in memory. After a restart the next refusal says it again.
            tracing::warn!(flow = %id, %error, "that a link is spent is not stored");
        }
    }

    /// From now on the flow waits for the link of a mail of this kind. [`Flows::confirm`] stores it.
    pub(crate) fn turn_into(&self, id: &FlowId, kind: FlowKind) {
        if let Some(entry) = self.list().entry(id) {
            entry.flow.kind = kind;
        }
    }
}

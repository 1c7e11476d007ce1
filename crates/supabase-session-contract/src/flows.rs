//! What was begun here and continues in a mail or a browser ([`WaitingView`](crate::view::WaitingView)).

use serde::{Deserialize, Serialize};

use crate::command;
use crate::secret_text::OneTimeCode;

/// Opens the browser again where a waiting flow continues.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenFlow {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(OpenFlow => "open_flow", ());

/// Puts the address where a waiting flow continues on the clipboard, for another browser. The page never sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyFlowAddress {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(CopyFlowAddress => "copy_flow_address", ());

/// Opens the inbox of [`WaitingView::local_inbox`](crate::view::WaitingView::local_inbox) in the browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenLocalInbox {}
command!(OpenLocalInbox => "open_local_inbox", ());

/// Lets a waiting flow come back through a port of this machine instead of the app's own links, which do not come back
/// from every browser: sends a new mail, or opens the browser anew. The flow that was waiting is over then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RestartFlowByLoopback {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(RestartFlowByLoopback => "restart_flow_by_loopback", ());

/// Finishes a waiting flow with the code from its mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyFlowCode {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
    /// 6 to 10 digits; spaces and dashes are left out.
    pub code: OneTimeCode,
}
command!(VerifyFlowCode => "verify_flow_code", ());

/// Sends the link of a waiting flow once more. A sign-up whose link was used before gets one that signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResendFlow {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(ResendFlow => "resend_flow", ());

/// Gives a waiting flow up: a link that still comes for it does nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelFlow {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(CancelFlow => "cancel_flow", ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_does_not_show_in_debug_output() {
        let code = VerifyFlowCode { id: "1".into(), code: OneTimeCode("canary".into()) };

        assert!(!format!("{code:?}").contains("canary"));
    }
}

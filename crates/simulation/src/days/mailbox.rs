//! Links out of mails, on their way to the program.

/// A link that a browser led to.
#[derive(Debug, Clone)]
pub(super) struct FlowLink {
    pub(super) url: String,
    /// The nonce of the link's flow.
    pub(super) nonce: String,
}

/// Links on their way to the program.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    /// Not delivered yet.
    pub(super) new: Vec<FlowLink>,
    /// Delivered before.
    pub(super) old: Vec<FlowLink>,
}

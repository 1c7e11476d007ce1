//! Links that a person pastes, and links that nobody here asked for.

use serde::{Deserialize, Serialize};

use crate::command;
pub use crate::secret_text::PastedText;

/// Takes a link that was copied from a mail or a browser, as if it had been opened. It may be wrapped by a mail gateway,
/// broken over lines, or stand in a text. What came of it is said in a [`Notice`](crate::view::Notice).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PasteLink {
    /// The mail's link, or the one that it led to.
    pub link: PastedText,
}
command!(PasteLink => "paste_link", ());

/// Says yes to the link that nobody here asked for ([`ConsentView`](crate::view::ConsentView)). Refused while the server
/// is still asked whom it signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AcceptLink {
    /// From [`ConsentView::id`](crate::view::ConsentView::id).
    pub id: String,
}
command!(AcceptLink => "accept_link", ());

/// Says no to the link that nobody here asked for: it is forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeclineLink {
    /// From [`ConsentView::id`](crate::view::ConsentView::id).
    pub id: String,
}
command!(DeclineLink => "decline_link", ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_text_does_not_show_in_debug_output() {
        let request = PasteLink { link: PastedText("canary".into()) };

        assert!(!format!("{request:?}").contains("canary"));
    }
}

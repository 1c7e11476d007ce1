//! What a screen reader says between two pages.

use super::signed_out;
use crate::model::announcement::Announcement;
use crate::text::{t, t_with};

/// The news in words.
pub(crate) fn announcement(news: &Announcement) -> String {
    match news {
        Announcement::SignedIn(Some(email)) => t_with("announce-signed-in", [("email", email.as_str())]),
        Announcement::SignedIn(None) => t("announce-signed-in-nobody"),
        Announcement::SignedOut(cause) => signed_out(*cause),
        Announcement::Conflict => t("conflict-lead"),
        Announcement::Online => t("announce-online"),
    }
}

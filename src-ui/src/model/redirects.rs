//! Why links come back the way they do, and what would allow a better way.

use foyer_contract::desktop::RedirectsView;
use foyer_contract::view::RedirectMode;

/// Why links come back as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It is the best way there is, or nothing is known yet: there is nothing to say.
    Nothing,
    /// The project lets the app's own links through, but none that says what it belongs to.
    EntryIsNarrow,
    /// The project does not let the app's own links through.
    EntryIsMissing,
    /// The desktop opens the app's own links with another app, or with none.
    Desktop,
}

/// Why links come back in this mode.
pub(crate) fn reason(used: Option<RedirectMode>, known: Option<&RedirectsView>) -> Reason {
    match used {
        None | Some(RedirectMode::DeepLink) => Reason::Nothing,
        Some(RedirectMode::BareDeepLink) => Reason::EntryIsNarrow,
        Some(RedirectMode::Loopback) => match known {
            Some(known) if known.allowed == Some(RedirectMode::Loopback) => Reason::EntryIsMissing,
            Some(known) if known.opens_links == Some(false) => Reason::Desktop,
            _ => Reason::Nothing,
        },
    }
}

impl Reason {
    /// Whether an entry in the project's list of redirect URLs would allow a better way.
    pub(crate) fn wants_entry(self) -> bool {
        matches!(self, Self::EntryIsNarrow | Self::EntryIsMissing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(allowed: Option<RedirectMode>, opens_links: Option<bool>) -> RedirectsView {
        RedirectsView { allowed, opens_links, entry: "com.example.account://auth/callback*".into() }
    }

    #[test]
    fn an_entry_is_asked_for_only_where_it_would_change_something() {
        use RedirectMode::{BareDeepLink, DeepLink, Loopback};
        let why = |used, allowed, opens| reason(used, Some(&known(allowed, opens)));

        assert_eq!(why(Some(DeepLink), Some(DeepLink), Some(true)), Reason::Nothing);
        assert_eq!(why(Some(BareDeepLink), Some(BareDeepLink), Some(true)), Reason::EntryIsNarrow);
        assert_eq!(why(Some(Loopback), Some(Loopback), Some(true)), Reason::EntryIsMissing);
        assert_eq!(why(Some(Loopback), Some(DeepLink), Some(false)), Reason::Desktop);
        assert!(!Reason::Desktop.wants_entry() && Reason::EntryIsMissing.wants_entry());
        // The project lets nothing through, whatever the desktop does.
        assert_eq!(why(Some(Loopback), Some(Loopback), Some(false)), Reason::EntryIsMissing);
        assert_eq!(why(None, None, None), Reason::Nothing);
        assert_eq!(reason(Some(Loopback), None), Reason::Nothing, "it is not known yet");
    }
}

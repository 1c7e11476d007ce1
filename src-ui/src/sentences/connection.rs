//! How links come back, and why that way.

use foyer_contract::view::RedirectMode;

use crate::model::redirects::Reason;
use crate::text::t;

/// How links come back; `None`: that is not known yet.
pub(crate) fn redirect_mode(mode: Option<RedirectMode>) -> String {
    mode.map_or_else(|| t("redirect-unknown"), |mode| t(redirect_mode_key(mode)))
}

/// Why they do, and what to do; `None` where there is nothing to say.
pub(crate) fn redirect_reason(reason: Reason) -> Option<String> {
    match reason {
        Reason::Nothing => None,
        Reason::EntryIsNarrow => Some(t("redirect-reason-narrow")),
        Reason::EntryIsMissing => Some(t("redirect-reason-missing")),
        Reason::Desktop => Some(t("redirect-reason-desktop")),
    }
}

keys! { redirect_mode_key, REDIRECT_MODE_KEYS, RedirectMode,
    DeepLink => "redirect-deep-link",
    BareDeepLink => "redirect-bare-deep-link",
    Loopback => "redirect-loopback",
}

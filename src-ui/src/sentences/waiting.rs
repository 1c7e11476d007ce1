//! Flows that wait: what was begun, where each continues and how it ends.

use foyer_contract::view::{WaitingKind, WaitingView};

use crate::model::provider::provider_name;
use crate::text::{t, t_with};

/// What is being waited for.
pub(crate) fn waiting_title(waiting: &WaitingView) -> String {
    t_with(waiting_title_key(waiting.kind), [("provider", provider_of(waiting))])
}

/// What was begun and where the flow continues.
pub(crate) fn waiting_lead(waiting: &WaitingView) -> String {
    t_with(waiting_lead_key(waiting.kind), [("provider", provider_of(waiting))])
}

/// The provider as people know it. Where it is not known: `none`, for which the sentences have words of their own.
fn provider_of(waiting: &WaitingView) -> String {
    waiting.provider.as_deref().map_or_else(|| "none".to_owned(), provider_name)
}

/// How the flow ends, as the last of the steps.
pub(crate) fn waiting_end(kind: WaitingKind) -> String {
    t(waiting_end_key(kind))
}

keys! { waiting_title_key, WAITING_TITLE_KEYS, WaitingKind,
    SignUp => "waiting-title-mail",
    MagicLink => "waiting-title-mail",
    Recovery => "waiting-title-mail",
    EmailChange => "waiting-title-email-change",
    Provider => "waiting-title-provider",
    LinkProvider => "waiting-title-link-provider",
    Captcha => "waiting-title-captcha",
}

keys! { waiting_lead_key, WAITING_LEAD_KEYS, WaitingKind,
    SignUp => "waiting-lead-sign-up",
    MagicLink => "waiting-lead-magic-link",
    Recovery => "waiting-lead-recovery",
    EmailChange => "waiting-lead-email-change",
    Provider => "waiting-lead-provider",
    LinkProvider => "waiting-lead-link-provider",
    Captcha => "waiting-lead-captcha",
}

keys! { waiting_end_key, WAITING_END_KEYS, WaitingKind,
    SignUp => "waiting-end-signed-in",
    MagicLink => "waiting-end-signed-in",
    Recovery => "waiting-end-recovery",
    EmailChange => "waiting-end-email-change",
    Provider => "waiting-end-signed-in",
    LinkProvider => "waiting-end-link-provider",
    Captcha => "waiting-end-captcha",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::waiting;

    #[test]
    fn a_flow_in_the_browser_names_its_provider_where_it_is_known_and_reads_well_where_it_is_not() {
        let mut flow = waiting(WaitingKind::LinkProvider);
        flow.provider = Some("github".into());
        assert!(waiting_title(&flow).contains("GitHub") && waiting_lead(&flow).contains("GitHub"));

        flow.provider = None;
        for words in [waiting_title(&flow), waiting_lead(&flow)] {
            assert!(!words.contains("none") && !words.contains("  ") && !words.contains('{'), "{words}");
        }
    }
}

//! What the window shows: the session's view, with the account and the app's own notice. Nothing is decided here.

use foyer_contract::preferences::PreferencesView;
use foyer_contract::session_contract::view::SupabaseView;
use foyer_contract::view::{AppView, Notice, SessionView};

use crate::account::sync::ConnectedAccount;

/// The whole view.
pub fn app(
    revision: u64,
    supabase: SupabaseView,
    account: Option<&ConnectedAccount>,
    notice: Option<Notice>,
    preferences: PreferencesView,
) -> AppView {
    let user = match &supabase.session {
        SessionView::SignedIn { user } => Some(user),
        _ => None,
    };
    // While a second factor has to be shown, nothing private is.
    let account = account.filter(|_| user.is_none_or(|user| !user.second_factor_needed));
    let email = user.and_then(|user| user.email.clone());
    AppView {
        revision,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        account: account.and_then(|it| it.account().view(email)),
        account_error: account.and_then(|it| it.account().last_trouble()).map(Into::into),
        // The app shows the plugin's sentences in its own notice, which the page dismisses.
        supabase: SupabaseView { notice: None, ..supabase },
        notice,
        preferences,
        updates: None,
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::session_contract::view as session;
    use foyer_contract::view::{NoticeCode, SessionNoticeCode};

    use super::*;

    #[test]
    fn a_sentence_of_the_plugin_is_shown_in_the_apps_own_notice_alone() {
        let code = SessionNoticeCode::LinkSpent;
        let supabase = SupabaseView {
            revision: 1,
            notice: Some(session::Notice { id: 7, code }),
            ..SupabaseView::default()
        };

        let notice = Some(Notice { id: 1, code: NoticeCode::Session(code) });
        let shown = app(2, supabase, None, notice, PreferencesView::default());
        assert_eq!((shown.supabase.notice, shown.notice), (None, notice));
    }
}

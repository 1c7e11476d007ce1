//! What the window shows: the session's view, with the account and the app's own notice. Nothing is decided here.

use foyer_contract::session_contract::view::SupabaseView;
use foyer_contract::view::{AppView, Notice, SessionView};

use crate::account::sync::ConnectedAccount;

/// The whole view.
pub fn app(
    revision: u64,
    view: SupabaseView,
    account: Option<&ConnectedAccount>,
    notice: Option<Notice>,
) -> AppView {
    let user = match &view.session {
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
        notice,
        project: view.project,
        session: view.session,
        waiting: view.waiting,
        captchas: view.captchas,
        consent: view.consent,
        new_password: view.new_password,
        security: view.security,
        store_warning: view.store_warning,
        protection: view.protection,
    }
}

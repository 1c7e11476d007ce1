//! What the window shows, put together from what the backend knows. Conversions only; nothing is decided here.

use std::time::{Duration, SystemTime};

use foyer_contract::view::{
    AppView, Notice, ProjectView, SessionView, SignOutCause, StoreWarning, UserView, WaitingKind, WaitingView,
};
use supabase_session::{FlowKind, PendingFlow, Project, State, StoreHealth};

use crate::connection::Connection;

/// A project sends mails to one address at most once in this time (the Auth server's default, `smtp.max_frequency`).
const RESEND_PAUSE: Duration = Duration::from_secs(60);

/// The whole state.
pub fn app(
    revision: u64,
    connection: Option<&Connection>,
    is_fixed: bool,
    notice: Option<Notice>,
) -> AppView {
    let session =
        connection.map_or(SessionView::SignedOut { cause: None }, |it| session(it.client().state()));
    let email = match &session {
        SessionView::SignedIn { user } => user.email.clone(),
        _ => None,
    };
    AppView {
        revision,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        project: connection.map(|connection| project(connection, is_fixed)),
        waiting: connection.map(waiting_flows).unwrap_or_default(),
        account: connection.and_then(|connection| connection.account().view(email)),
        account_error: connection.and_then(|connection| connection.account().last_trouble()).map(Into::into),
        store_warning: connection
            .and_then(|connection| store_warning(*connection.client().watch_store().borrow())),
        session,
        notice,
    }
}

fn project(connection: &Connection, from_environment: bool) -> ProjectView {
    let project = connection.client().project();
    ProjectView {
        url: project.url().as_str().trim_end_matches('/').to_owned(),
        host: host(project),
        is_local: project.is_loopback(),
        from_environment,
        offers: connection.offers(),
    }
}

fn host(project: &Project) -> String {
    let host = project.url().host_str().unwrap_or_default();
    project.url().port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn session(state: State) -> SessionView {
    match state {
        State::Restoring => SessionView::Restoring,
        State::SignedOut(cause) => SessionView::SignedOut { cause: cause.map(sign_out_cause) },
        State::SignedIn(signed_in) => SessionView::SignedIn {
            user: UserView { email: signed_in.user.email, verified: signed_in.verified },
        },
    }
}

fn sign_out_cause(cause: supabase_session::SignOutCause) -> SignOutCause {
    use supabase_session::SignOutCause as Cause;
    match cause {
        Cause::Asked => SignOutCause::Asked,
        Cause::Elsewhere => SignOutCause::Elsewhere,
        Cause::Expired => SignOutCause::Expired,
        Cause::Banned => SignOutCause::Banned,
        Cause::Deleted => SignOutCause::Deleted,
        Cause::StoreLost => SignOutCause::StoreLost,
    }
}

fn waiting_flows(connection: &Connection) -> Vec<WaitingView> {
    let project = connection.client().project();
    let inbox = project.is_loopback().then(|| format!("{}inbox", project.url()));
    let now = SystemTime::now();
    connection.client().pending().into_iter().filter_map(|flow| waiting(flow, inbox.clone(), now)).collect()
}

fn waiting(flow: PendingFlow, local_inbox: Option<String>, now: SystemTime) -> Option<WaitingView> {
    let kind = match flow.kind {
        FlowKind::SignUp => WaitingKind::SignUp,
        // A kind that this app does not begin, so there is no page to wait on.
        _ => return None,
    };
    // A clock that was set back counts as no time gone by.
    let gone_by = now.duration_since(flow.sent_at).unwrap_or_default();
    let left = RESEND_PAUSE.saturating_sub(gone_by);
    Some(WaitingView {
        id: flow.id.to_string(),
        kind,
        email: flow.email.unwrap_or_default(),
        resend_in_s: u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX),
        exchanging: flow.exchanging,
        local_inbox,
    })
}

fn store_warning(health: StoreHealth) -> Option<StoreWarning> {
    match health {
        StoreHealth::Saved => None,
        StoreHealth::Unsaved => Some(StoreWarning::NotSaved),
    }
}

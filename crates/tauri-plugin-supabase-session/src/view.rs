//! What the window shows, put together from what the backend knows. Conversions only; nothing is decided here.

use std::time::{Duration, SystemTime};

use supabase_session::{
    Factor, FactorStatus, FlowKind, PendingFlow, Project, State, StoreHealth, User, VerifyKind,
};
use supabase_session_contract::view::{
    ConsentView, FactorKind, FactorView, IdentityView, Notice, ProjectView, ProtectionView, SecurityView,
    SessionView, SignOutCause, StoreWarning, SupabaseView, UserView, WaitingKind, WaitingView,
};

use crate::callback::loopback::Loopback;
use crate::project::Connection;

/// A project sends mails to one address at most once in this time (the Auth server's default, `smtp.max_frequency`).
const RESEND_PAUSE: Duration = Duration::from_secs(60);

/// The whole view.
pub(crate) fn supabase(
    revision: u64,
    connection: Option<&Connection>,
    is_fixed: bool,
    notice: Option<Notice>,
    protection: ProtectionView,
) -> SupabaseView {
    let session = connection.map_or(SessionView::SignedOut { cause: None }, session);
    let user = match &session {
        SessionView::SignedIn { user } => Some(user),
        _ => None,
    };
    // While a second factor has to be shown, nothing private is.
    let shown = connection.filter(|_| user.is_none_or(|user| !user.second_factor_needed));
    SupabaseView {
        revision,
        project: connection.map(|connection| project(connection, is_fixed)),
        waiting: connection.map(waiting_flows).unwrap_or_default(),
        captchas: connection.map(waiting_captchas).unwrap_or_default(),
        consent: connection.filter(|_| user.is_none()).and_then(consent),
        new_password: shown.is_some_and(chooses_password),
        security: connection.and_then(security),
        store_warning: connection
            .and_then(|it| store_warning(*it.client().watch_store().borrow(), it.is_signed_in())),
        session,
        notice,
        protection,
    }
}

fn project(connection: &Connection, is_fixed: bool) -> ProjectView {
    let project = connection.client().project();
    ProjectView {
        url: project.url().as_str().trim_end_matches('/').to_owned(),
        host: host(project),
        is_local: project.is_loopback(),
        is_fixed,
        sign_in_methods: connection.sign_in_methods(),
        redirect_mode: connection.redirect_mode(),
    }
}

fn host(project: &Project) -> String {
    let host = project.url().host_str().unwrap_or_default();
    project.url().port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn session(connection: &Connection) -> SessionView {
    match connection.client().state() {
        State::Restoring => SessionView::Restoring,
        State::SignedOut(cause) => SessionView::SignedOut { cause: cause.map(sign_out_cause) },
        State::SignedIn(signed_in) => SessionView::SignedIn {
            user: UserView {
                id: signed_in.user.id.to_string(),
                email: signed_in.user.email,
                is_anonymous: signed_in.user.is_anonymous,
                second_factor_needed: connection.needs_second_factor(),
                verified: signed_in.verified,
            },
        },
    }
}

fn user(connection: &Connection) -> Option<User> {
    connection.client().state().signed_in().map(|signed_in| signed_in.user.clone())
}

fn chooses_password(connection: &Connection) -> bool {
    user(connection).is_some_and(|user| connection.flow_state().chooses_password(user.id))
}

fn consent(connection: &Connection) -> Option<ConsentView> {
    let consent = connection.flow_state().consent()?;
    Some(ConsentView {
        id: consent.id.to_string(),
        email: consent.user.and_then(|user| user.email),
        is_checking: consent.is_checking,
        is_invitation: consent.unsolicited.kind() == Some(VerifyKind::Invite),
    })
}

/// The factors are listed before the second one is shown too: the page for its code needs their names.
fn security(connection: &Connection) -> Option<SecurityView> {
    let user = user(connection)?;
    let hides = connection.needs_second_factor();
    Some(SecurityView {
        identities: if hides { Vec::new() } else { identities(&user) },
        factors: user.factors().into_iter().map(factor).collect(),
        new_email: user.new_email().filter(|_| !hides),
        last_sign_in_at: user
            .last_sign_in_at()
            .filter(|_| !hides)
            .and_then(|moment| since_1970(moment.unix_timestamp())),
    })
}

fn identities(user: &User) -> Vec<IdentityView> {
    let identities = user.identities();
    let removable = identities.len() > 1;
    let view = |identity: supabase_session::Identity| IdentityView {
        id: identity.identity_id.map(|id| id.to_string()),
        provider: identity.provider,
        email: identity.email,
        removable,
    };
    identities.into_iter().map(view).collect()
}

fn factor(factor: Factor) -> FactorView {
    FactorView {
        id: factor.id.to_string(),
        name: factor.friendly_name,
        kind: match factor.factor_type.as_str() {
            Factor::TOTP => FactorKind::Authenticator,
            "phone" => FactorKind::Phone,
            "webauthn" => FactorKind::Passkey,
            _ => FactorKind::Other,
        },
        verified: factor.status == FactorStatus::Verified,
        added_at: factor.created_at.and_then(|moment| since_1970(moment.unix_timestamp())),
    }
}

/// Seconds since 1970; `None` for a moment before.
fn since_1970(seconds: i64) -> Option<u64> {
    u64::try_from(seconds).ok()
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
    let now = SystemTime::now();
    let is_signed_in = connection.is_signed_in();
    let pending = connection.client().pending().into_iter();
    pending
        .filter_map(|flow| waiting(connection, flow, now))
        .filter(|flow| is_shown(flow, is_signed_in))
        .collect()
}

/// A captcha is no flow of the client's, but waits like one.
fn waiting_captchas(connection: &Connection) -> Vec<WaitingView> {
    let captchas = connection.flow_state().captchas().into_iter();
    let waiting = captchas.map(|captcha| WaitingView {
        id: captcha.id,
        kind: WaitingKind::Captcha,
        email: None,
        provider: None,
        can_open: true,
        takes_code: false,
        is_halfway: false,
        resend_in_s: 0,
        exchanging: false,
        by_port: false,
        local_inbox: None,
    });
    waiting.collect()
}

/// Whether a flow is shown. While somebody is signed in, flows that would sign somebody in are not.
fn is_shown(waiting: &WaitingView, is_signed_in: bool) -> bool {
    is_signed_in == matches!(waiting.kind, WaitingKind::EmailChange | WaitingKind::LinkProvider)
}

fn waiting(connection: &Connection, flow: PendingFlow, now: SystemTime) -> Option<WaitingView> {
    let kind = match flow.kind {
        FlowKind::SignUp => WaitingKind::SignUp,
        FlowKind::MagicLink => WaitingKind::MagicLink,
        FlowKind::Recovery => WaitingKind::Recovery,
        FlowKind::EmailChange => WaitingKind::EmailChange,
        FlowKind::OAuth => WaitingKind::Provider,
        FlowKind::LinkIdentity => WaitingKind::LinkProvider,
        // A kind that this app does not begin, so there is no page to wait on.
        _ => return None,
    };
    let by_mail = flow.email.is_some();
    let address = connection.flow_state().address(&flow.id);
    // A clock that was set back counts as no time gone by.
    let gone_by = now.duration_since(flow.sent_at).unwrap_or_default();
    let left = if by_mail { RESEND_PAUSE.saturating_sub(gone_by) } else { Duration::ZERO };
    Some(WaitingView {
        is_halfway: connection.flow_state().is_halfway(&flow.id),
        id: flow.id.to_string(),
        kind,
        email: flow.email,
        can_open: address.is_some(),
        provider: address.map(|address| address.provider),
        takes_code: by_mail,
        resend_in_s: u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX),
        exchanging: flow.exchanging,
        by_port: flow.redirect_to.as_ref().is_some_and(Loopback::is_address),
        local_inbox: connection.inbox().filter(|_| by_mail).map(String::from),
    })
}

fn store_warning(health: StoreHealth, is_signed_in: bool) -> Option<StoreWarning> {
    match (health, is_signed_in) {
        (StoreHealth::Saved, _) => None,
        (StoreHealth::Unsaved, true) => Some(StoreWarning::NotSaved),
        (StoreHealth::Unsaved, false) => Some(StoreWarning::NotRemoved),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn user(fields: Value) -> User {
        let mut user = json!({ "id": "6f1c7a0e-0000-4000-8000-000000000001" });
        user.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(user).unwrap()
    }

    #[test]
    fn an_identity_that_the_server_does_not_name_is_shown_all_the_same() {
        let user = user(json!({ "identities": [
            { "id": "1", "provider": "github" },
            { "identity_id": "8f1c7a0e-0000-4000-8000-000000000001", "provider": "custom:acme",
              "identity_data": { "email": "old@example.com" } },
        ] }));

        let [github, acme] = &identities(&user)[..] else { panic!("two identities") };
        assert_eq!(
            (github.id.as_deref(), github.provider.as_str(), github.removable),
            (None, "github", true)
        );
        assert_eq!(acme.id.as_deref(), Some("8f1c7a0e-0000-4000-8000-000000000001"));
        assert_eq!(acme.email.as_deref(), Some("old@example.com"));
    }

    #[test]
    fn a_factor_is_shown_as_what_it_is() {
        for (factor_type, kind) in [
            (json!("totp"), FactorKind::Authenticator),
            (json!("phone"), FactorKind::Phone),
            (json!("webauthn"), FactorKind::Passkey),
            (json!("of_2031"), FactorKind::Other),
            (Value::Null, FactorKind::Other),
        ] {
            let entry = json!({ "id": "7f1c7a0e-0000-4000-8000-000000000001", "status": "verified",
                                "factor_type": factor_type });
            let factors = user(json!({ "factors": [entry] })).factors();

            assert_eq!(factors.into_iter().map(factor).map(|it| it.kind).collect::<Vec<_>>(), [kind]);
        }
    }
}

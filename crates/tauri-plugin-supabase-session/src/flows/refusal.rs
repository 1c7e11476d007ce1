//! What is said of a link that did nothing here. The same error means different things to different flows: a link that
//! came too late has confirmed the address of a sign-up, and has done nothing for a new password.

use supabase_session::{CallbackError, FlowId, FlowKind, PendingFlow, Secret};
use supabase_session_contract::view::NoticeCode;
use url::Url;

use crate::project::Connection;

/// The pending flow that a link belongs to: the one that the link names, or, for a link without a name, the only one
/// that there is.
pub(super) fn flow(pending: &[PendingFlow], link: &Secret<String>) -> Option<PendingFlow> {
    let url = Url::parse(link.expose()).ok()?;
    match (FlowId::in_link(&url), pending) {
        (Some(id), _) => pending.iter().find(|flow| flow.id == id).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}

/// The notice for a link that did nothing. None where the person has just signed out or given the sign-in up, and knows
/// it. Asks the server where only the server knows whether a new address was confirmed.
pub(super) async fn notice(
    connection: &Connection,
    error: &CallbackError,
    flow: Option<&PendingFlow>,
) -> Option<NoticeCode> {
    if let Some(flow) = flow.filter(|flow| flow.kind == FlowKind::EmailChange && is_used_up(error))
        && is_changed(connection, flow).await
    {
        return Some(NoticeCode::EmailChanged);
    }
    for_kind(error, flow.map(|flow| flow.kind))
}

/// Whether the link was opened before, or too late.
fn is_used_up(error: &CallbackError) -> bool {
    matches!(error, CallbackError::Spent | CallbackError::ConfirmedTooLate)
}

/// Whether the new address is confirmed: another program has opened the links first, or the person has, too late. Then
/// the flow has nothing left to wait for.
async fn is_changed(connection: &Connection, flow: &PendingFlow) -> bool {
    let user = match connection.client().get_user().await {
        Ok(user) => user,
        Err(error) => {
            tracing::debug!(%error, "it cannot be asked whether the address is changed");
            return false;
        }
    };
    let small = |email: &Option<String>| email.as_ref().map(|email| email.to_lowercase());
    if user.email.is_none() || small(&user.email) != small(&flow.email) {
        return false;
    }
    if let Err(error) = connection.client().cancel(&flow.id).await {
        tracing::warn!(%error, "a flow that is over cannot be removed from the store yet");
    }
    true
}

fn for_kind(error: &CallbackError, kind: Option<FlowKind>) -> Option<NoticeCode> {
    Some(match error {
        CallbackError::Superseded => return None,
        CallbackError::OtherAccount => NoticeCode::LinkOfOtherAccount,
        CallbackError::Unproven => NoticeCode::OtherAddressToConfirm,
        CallbackError::Malformed => NoticeCode::LinkMalformed,
        CallbackError::Unknown | CallbackError::ForeignCode => NoticeCode::LinkUnknown,
        CallbackError::SignedIn => NoticeCode::LinkWhileSignedIn,
        CallbackError::Spent => NoticeCode::LinkSpent,
        CallbackError::ConfirmedTooLate => match kind {
            Some(FlowKind::OAuth | FlowKind::LinkIdentity) => NoticeCode::TookTooLong,
            // Whoever wants in without their password, or a new one, is not helped by "please sign in".
            Some(FlowKind::MagicLink | FlowKind::Recovery) => NoticeCode::LinkSpent,
            _ => NoticeCode::ConfirmedTooLate,
        },
        CallbackError::Ended(code) => match code.as_str() {
            "identity_already_exists" => NoticeCode::IdentityTaken,
            "unexpected_failure" => NoticeCode::ProjectFailed,
            "provider_email_needs_verification" => NoticeCode::ProviderAddressUnconfirmed,
            _ => NoticeCode::LinkRefused,
        },
        CallbackError::Refused => NoticeCode::LinkRefused,
        CallbackError::Http(_) => NoticeCode::LinkNotFinished,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_came_too_late_means_something_else_for_each_flow() {
        for (kind, expected) in [
            (FlowKind::SignUp, NoticeCode::ConfirmedTooLate),
            (FlowKind::MagicLink, NoticeCode::LinkSpent),
            (FlowKind::Recovery, NoticeCode::LinkSpent),
            (FlowKind::EmailChange, NoticeCode::ConfirmedTooLate),
            (FlowKind::OAuth, NoticeCode::TookTooLong),
            (FlowKind::LinkIdentity, NoticeCode::TookTooLong),
        ] {
            assert_eq!(for_kind(&CallbackError::ConfirmedTooLate, Some(kind)), Some(expected), "{kind:?}");
        }
    }
}

//! What happens when a flow is complete: by a link, a typed code, or a yes to a link that nobody here asked for.

use std::sync::Arc;

use supabase_session::{
    AcceptLinkError, Completed, FlowKind, RequestError, UNSOLICITED_LINK_LIFETIME, UnsolicitedLink, User,
    VerifyKind, timestamp,
};
use supabase_session_contract::view::NoticeCode;
use tauri::async_runtime::spawn;

use crate::error::Error;
use crate::project::Connection;
use crate::supabase::Supabase;

impl Supabase {
    /// Shows what a flow has led to.
    pub(crate) fn completed(&self, connection: &Arc<Connection>, completed: Completed) {
        match completed {
            Completed::Recovery(user) => connection.flow_state().choose_password(user.id),
            Completed::EmailChangeHalf => {
                let changes = connection.client().pending();
                let changes = changes.iter().filter(|flow| flow.kind == FlowKind::EmailChange);
                changes.for_each(|flow| connection.flow_state().confirmed_half(&flow.id));
                return self.notify(NoticeCode::EmailChangeHalf);
            }
            Completed::EmailChanged(_) => return self.notify(NoticeCode::EmailChanged),
            Completed::IdentityLinked(_) => return self.notify(NoticeCode::IdentityLinked),
            Completed::Unsolicited(unsolicited) => self.ask_for_consent(connection, unsolicited),
            _ => {}
        }
        self.publish();
    }

    /// Holds the link and asks the server whom it signs in. Ten minutes later it is forgotten.
    fn ask_for_consent(&self, connection: &Arc<Connection>, unsolicited: UnsolicitedLink) {
        connection.flow_state().ask(unsolicited.clone());
        let (weak, client) = (Arc::downgrade(connection), connection.client().clone());
        let weak_supabase = self.downgrade();
        connection.keep(spawn(async move {
            let checked = client.inspect(&unsolicited).await;
            let Some(connection) = weak.upgrade() else { return };
            match checked {
                Ok(user) => connection.flow_state().checked(&unsolicited, user),
                // The person may accept the link all the same; if it fails then, they learn why.
                Err(AcceptLinkError::Request(RequestError::Http(_) | RequestError::RateLimited { .. })) => {
                    connection.flow_state().checked(&unsolicited, None)
                }
                Err(error) => {
                    tracing::info!(%error, "a link that nobody here asked for is no good");
                    if connection.flow_state().drop_this_consent(&unsolicited)
                        && let Some(supabase) = weak_supabase.upgrade()
                    {
                        supabase.notify(NoticeCode::LinkSpent);
                    }
                    return;
                }
            }
            connection.changed();
            drop(connection);
            tokio::time::sleep(UNSOLICITED_LINK_LIFETIME).await;
            if let Some(connection) = weak.upgrade()
                && connection.flow_state().drop_this_consent(&unsolicited)
            {
                connection.changed();
            }
        }));
    }

    /// The person said yes to the link that nobody here asked for.
    ///
    /// # Errors
    /// `LinkOver` when another question is asked by now, `StillChecking` while it is not known whom the link signs in, or
    /// why it does not sign in. After a fault of the network it can be tried again.
    pub async fn accept_link(&self, id: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        let consent = connection.flow_state().consent().filter(|consent| consent.id.to_string() == id);
        let consent = consent.ok_or(Error::LinkOver)?;
        if consent.is_checking {
            return Err(Error::StillChecking);
        }
        let unsolicited = consent.unsolicited;
        let is_invitation = unsolicited.kind() == Some(VerifyKind::Invite);
        match connection.client().accept(unsolicited.clone()).await {
            // Somebody who was invited has no password yet.
            Ok(Completed::SignedIn(user)) if is_invitation || is_new_by_invitation(&user) => {
                connection.flow_state().choose_password(user.id);
            }
            Ok(completed) => self.completed(&connection, completed),
            Err(error) => {
                if !matches!(
                    error,
                    AcceptLinkError::Request(RequestError::Http(_) | RequestError::RateLimited { .. })
                ) && connection.flow_state().drop_this_consent(&unsolicited)
                {
                    self.publish();
                }
                return Err(error.into());
            }
        }
        connection.flow_state().drop_this_consent(&unsolicited);
        self.publish();
        Ok(())
    }
}

/// Whether a mail that nobody here asked for, and that does not say what it is, was an invitation. What tells it from a
/// link to sign in: taking up an invitation confirms the address and ends every other link, so a link to sign in that
/// works was sent later than that.
pub(super) fn is_new_by_invitation(user: &User) -> bool {
    let time = |key: &str| user.other.get(key)?.as_str().and_then(timestamp::parse);
    let (Some(_), Some(confirmed)) = (time("invited_at"), time("email_confirmed_at")) else { return false };
    time("recovery_sent_at").is_none_or(|link_sent| link_sent <= confirmed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_app::{REDIRECT_TO, TestApp};

    /// A link that nobody here asked for waits for a yes, and the server has not said yet whom it signs in; the id of the
    /// question that the window shows.
    async fn ask(test: &TestApp, hash: &str) -> String {
        let connection = test.app.connection().unwrap();
        let link = format!("{REDIRECT_TO}?token_hash={hash}&type=invite");
        let Ok(Completed::Unsolicited(unsolicited)) = connection.client().complete(&link).await else {
            panic!("such a link is asked about")
        };
        connection.flow_state().ask(unsolicited);
        test.app.view().consent.unwrap().id
    }

    #[tokio::test]
    async fn yes_and_no_count_for_the_link_that_was_shown_and_yes_only_once_it_is_known_whom_it_signs_in() {
        let test = TestApp::new(true, None).await;
        let connection = test.app.connection().unwrap();
        let first = ask(&test, "one").await;
        let second = ask(&test, "two").await;
        assert_ne!(first, second);

        assert!(matches!(test.app.accept_link(&first).await, Err(Error::LinkOver)));
        assert!(!connection.flow_state().decline(&first));
        assert_eq!(test.app.view().consent.unwrap().id, second, "the other link still waits");

        assert!(matches!(test.app.accept_link(&second).await, Err(Error::StillChecking)));
        assert!(connection.flow_state().decline(&second));
        assert_eq!(test.app.view().consent, None);
    }

    fn user(times: &[(&str, &str)]) -> User {
        let mut user = serde_json::json!({ "id": "6f1c7a0e-0000-4000-8000-000000000001" });
        times
            .iter()
            .for_each(|(key, time)| user[key] = serde_json::json!(format!("2026-11-26T10:00:{time}Z")));
        serde_json::from_value(user).unwrap()
    }

    #[test]
    fn a_link_right_after_an_invitation_is_told_from_the_invitation() {
        let invited = [("invited_at", "00.1"), ("email_confirmed_at", "30.5"), ("last_sign_in_at", "30.6")];
        assert!(is_new_by_invitation(&user(&invited)));
        // A link that was asked for before the invitation was taken up has ended with that.
        assert!(is_new_by_invitation(&user(&[invited.as_slice(), &[("recovery_sent_at", "20.0")]].concat())));

        let link = [("invited_at", "00.1"), ("email_confirmed_at", "30.5"), ("recovery_sent_at", "31.0")];
        assert!(!is_new_by_invitation(&user(&link)));
        assert!(!is_new_by_invitation(&user(&[("email_confirmed_at", "30.5")])), "nobody has invited them");
        assert!(!is_new_by_invitation(&user(&[("invited_at", "00.1")])), "nothing is confirmed");
    }
}

//! Codes that a person types instead of opening a link.

use supabase_session::{Completed, FlowKind, OtpError, PendingFlow, Secret, VerifyKind};
use supabase_session_contract::session::OtpKind;

use super::complete::is_new_by_invitation;
use super::pending::flow_id;
use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Finishes a waiting flow with the code from its mail.
    ///
    /// # Errors
    /// [`Error::FlowUnknown`], or why the code does not sign in.
    pub async fn verify_flow_code(&self, id: &str, code: Secret<String>) -> Result<(), Error> {
        let id = flow_id(id)?;
        let connection = self.connection()?;
        let completed = connection.client().verify_code(&id, code).await?;
        self.completed(&connection, completed);
        Ok(())
    }

    /// Signs in with the code of a mail to this address. With a kind it finishes the newest flow of that kind that waits
    /// for the address, if there is one.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why the code does not sign in.
    pub async fn verify_otp(
        &self,
        email: &str,
        code: Secret<String>,
        kind: Option<OtpKind>,
    ) -> Result<(), Error> {
        let connection = self.connection()?;
        // No kind that is tried replaces whoever has signed in before it.
        let client = connection.client().replacing_nobody();
        let waiting = kind.and_then(|kind| newest(client.pending(), email, kind));
        let completed = match waiting {
            Some(flow) => client.verify_code(&flow.id, code).await?,
            None => {
                connection.require_signed_out()?;
                let kinds = kind.map_or_else(|| FOREIGN.to_vec(), |kind| vec![verify_kind(kind)]);
                let completed = first_right(&client, email, &kinds, code).await?;
                if let Completed::SignedIn(user) = &completed
                    && is_new_by_invitation(user)
                {
                    connection.flow_state().choose_password(user.id);
                }
                completed
            }
        };
        self.completed(&connection, completed);
        Ok(())
    }
}

/// What the code of a mail that nobody here asked for may be for: only the mail says.
const FOREIGN: [VerifyKind; 3] = [VerifyKind::Email, VerifyKind::Invite, VerifyKind::Recovery];

/// Tries one kind after the other. A wrong guess burns nothing.
async fn first_right(
    client: &supabase_session::Client,
    email: &str,
    kinds: &[VerifyKind],
    code: Secret<String>,
) -> Result<Completed, OtpError> {
    let mut outcome = Err(OtpError::Wrong);
    for kind in kinds {
        outcome = client.verify_code_for(email, *kind, code.clone()).await;
        if !matches!(outcome, Err(OtpError::Wrong)) {
            break;
        }
    }
    outcome
}

/// The newest flow of this kind that waits for this address.
fn newest(pending: Vec<PendingFlow>, email: &str, kind: OtpKind) -> Option<PendingFlow> {
    let is_of = |flow: &PendingFlow| {
        let is_to = flow.email.as_ref().is_some_and(|to| to.eq_ignore_ascii_case(email));
        is_to && is_kind(flow.kind, kind)
    };
    pending.into_iter().rev().find(is_of)
}

fn is_kind(flow: FlowKind, kind: OtpKind) -> bool {
    match kind {
        OtpKind::Email => matches!(flow, FlowKind::SignUp | FlowKind::MagicLink),
        OtpKind::Signup => flow == FlowKind::SignUp,
        OtpKind::Magiclink => flow == FlowKind::MagicLink,
        OtpKind::Recovery => flow == FlowKind::Recovery,
        OtpKind::EmailChange => flow == FlowKind::EmailChange,
        OtpKind::Invite => false,
    }
}

fn verify_kind(kind: OtpKind) -> VerifyKind {
    match kind {
        OtpKind::Email | OtpKind::Signup | OtpKind::Magiclink => VerifyKind::Email,
        OtpKind::Recovery => VerifyKind::Recovery,
        OtpKind::Invite => VerifyKind::Invite,
        OtpKind::EmailChange => VerifyKind::EmailChange,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::test_app::TestApp;
    use crate::test_server::{ADA, BOB, Gate, Reply, TestServer, refusal, serve};

    #[tokio::test]
    async fn a_code_whose_kind_is_guessed_replaces_nobody_who_signed_in_before_the_next_guess() {
        let gate = Arc::new(Gate::default());
        let held_up = Arc::clone(&gate);
        let server = TestServer::start(move |asked| match asked.body["type"].as_str() {
            Some("email") => Reply::Gate(Arc::clone(&held_up), 403, refusal("otp_expired")),
            _ => serve(asked),
        })
        .await;
        let test = TestApp::at(&server.url, true, None).await;
        let app = test.app.clone();
        let typing = tokio::spawn(async move { app.verify_otp(ADA, "123456".into(), None).await });
        gate.reached.notified().await;
        test.signs_in(BOB).await;
        gate.open.notify_one();

        let outcome = typing.await.unwrap();

        assert!(matches!(outcome, Err(Error::Otp(OtpError::SignedIn))), "{outcome:?}");
        assert_eq!((test.who().as_deref(), server.count("verify")), (Some(BOB), 1));
    }
}

//! Password, address and sign-out of the signed-in user.

use serde_json::json;
use supabase_session::{
    ApiError, Completed, EmailChange, EmailChangeError, FlowKind, HttpError, PasswordChange,
    PasswordChangeError, PasswordInvalid, RequestError, ResendError, ServerCode, ServerSignOut, SignOutCause,
    State, WeakPasswordReason,
};

use crate::fake::{
    EMAIL, REDIRECT, Reply, Seen, World, offline, ok, raw, refuse, session, session_of_bob, user,
};
use crate::sign_up::{challenge, nonce_sent};

const NEW: &str = "ada.new@example.com";

fn password(text: &str) -> PasswordChange {
    PasswordChange { password: text.into(), current_password: None, nonce: None }
}

#[tokio::test]
async fn a_new_password_is_sent_with_what_the_project_asks_for() {
    let world = World::new(|_| ok(user(EMAIL))).signed_in().await;
    let whole = PasswordChange {
        current_password: Some("Passw0rd!".into()),
        nonce: Some(" 123456 ".into()),
        ..password("N3w-passw0rd")
    };
    assert!(!format!("{whole:?}").contains("assw0rd") && !format!("{whole:?}").contains("123456"));

    world.client.change_password(password("N3w-passw0rd")).await.unwrap();
    assert_eq!(world.server.last().body, json!({"password": "N3w-passw0rd"}));
    world.client.change_password(whole).await.unwrap();

    let request = world.server.last();
    assert_eq!((request.what(), request.bearer()), ("user", "access-1"));
    let body = json!({"password": "N3w-passw0rd", "current_password": "Passw0rd!", "nonce": "123456"});
    assert_eq!(request.body, body);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn each_refusal_of_a_new_password_has_its_error_and_keeps_the_session() {
    let weak =
        r#"{"code":"weak_password","message":"x","weak_password":{"reasons":["length","characters"]}}"#;
    let reasons = vec![WeakPasswordReason::Length, WeakPasswordReason::Characters];
    let table: [(Reply, PasswordChangeError); 10] = [
        (raw(422, &[], weak), PasswordChangeError::WeakPassword(reasons)),
        (refuse(422, "same_password"), PasswordChangeError::SamePassword),
        (refuse(400, "current_password_required"), PasswordChangeError::CurrentPasswordRequired),
        (refuse(400, "current_password_invalid"), PasswordChangeError::CurrentPasswordWrong),
        (refuse(400, "reauthentication_needed"), PasswordChangeError::ReauthenticationNeeded),
        (refuse(422, "reauthentication_not_valid"), PasswordChangeError::NonceWrong),
        (refuse(401, "insufficient_aal"), PasswordChangeError::SecondFactorRequired),
        (raw(429, &[], ""), PasswordChangeError::Request(RequestError::RateLimited { retry_after: None })),
        (offline(), PasswordChangeError::Request(RequestError::Http(HttpError::Offline))),
        (
            refuse(400, "of_2031"),
            PasswordChangeError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let world = World::new(|_| offline()).signed_in().await;
        let reply = std::sync::Mutex::new(Some(reply));
        world.server.now(move |_| reply.lock().unwrap().take().unwrap());

        assert_eq!(world.client.change_password(password("N3w-passw0rd")).await, Err(expected));
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn what_cannot_be_a_password_or_an_address_is_not_sent() {
    let world = World::new(|_| ok(user(EMAIL)));
    assert_eq!(world.client.change_email(NEW).await, Err(EmailChangeError::Request(RequestError::SignedOut)));
    assert_eq!(
        world.client.change_password(password("x")).await,
        Err(PasswordChangeError::Request(RequestError::SignedOut))
    );
    let world = world.signed_in().await;

    let missing = world.client.change_password(password("")).await;
    let long = world.client.change_password(password(&"x".repeat(73))).await;

    assert_eq!(missing, Err(PasswordChangeError::PasswordInvalid(PasswordInvalid::Missing)));
    assert_eq!(long, Err(PasswordChangeError::PasswordInvalid(PasswordInvalid::TooLong)));
    assert_eq!(world.client.change_email("ada").await, Err(EmailChangeError::EmailInvalid));
    assert!(world.server.seen().is_empty() && world.store.slots().is_empty());
}

#[tokio::test]
async fn a_nonce_is_asked_for_by_mail() {
    let world = World::new(|_| ok(json!({}))).signed_in().await;
    world.client.reauthenticate().await.unwrap();
    let request = world.server.last();
    assert_eq!((request.what(), request.bearer()), ("reauthenticate", "access-1"));

    world.server.now(|_| raw(429, &[("retry-after", "60")], ""));
    let retry_after = Some(std::time::Duration::from_secs(60));
    assert_eq!(world.client.reauthenticate().await, Err(RequestError::RateLimited { retry_after }));
}

#[tokio::test]
async fn when_the_server_says_that_the_user_is_gone_a_change_signs_out() {
    let world = World::new(|_| refuse(403, "user_not_found")).signed_in().await;

    assert_eq!(
        world.client.change_password(password("x")).await,
        Err(PasswordChangeError::Request(RequestError::SignedOut))
    );
    assert_eq!(world.client.state(), State::SignedOut(Some(SignOutCause::Deleted)));
}

/// The answer to a request for the new address.
fn asked() -> serde_json::Value {
    let mut user = user(EMAIL);
    user["new_email"] = NEW.into();
    user
}

fn changing(seen: &Seen) -> Reply {
    match (seen.what(), seen.body["email"].as_str()) {
        ("user", _) => ok(asked()),
        ("verify", Some(EMAIL)) => ok(json!({"code": "200", "msg": "Confirmation link accepted."})),
        ("verify", _) => refuse(403, "otp_expired"),
        _ => {
            let mut session = session("2");
            session["user"] = user(NEW);
            ok(session)
        }
    }
}

#[tokio::test]
async fn a_new_address_is_confirmed_by_two_links() {
    let world = World::new(changing).signed_in().await;

    let EmailChange::ConfirmationSent(flow) = world.client.change_email(NEW).await.unwrap() else { panic!() };
    let (request, slot) = (world.server.last(), world.store.slots().remove(0));
    assert_eq!((request.what(), request.bearer()), ("user", "access-1"));
    assert_eq!(
        (&request.body["email"], &request.body["code_challenge"]),
        (&json!(NEW), &json!(challenge(&slot)))
    );
    assert_eq!((flow.kind, flow.email.as_deref()), (FlowKind::EmailChange, Some(NEW)));
    assert_eq!(world.client.state().signed_in().unwrap().user.other["new_email"], NEW);

    let nonce = nonce_sent(&request);
    let half = format!("{REDIRECT}?flow={nonce}&message=Confirmation+link+accepted#message=x&sb=");
    assert_eq!(world.client.complete(&half).await, Ok(Completed::EmailChangeHalf));
    assert_eq!(world.client.pending(), [flow]);

    let done = world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await.unwrap();
    assert!(matches!(done, Completed::EmailChanged(user) if user.email.as_deref() == Some(NEW)));
    assert_eq!(world.store.session().unwrap()["user"]["email"], NEW);
    assert!(world.client.pending().is_empty());
}

#[tokio::test]
async fn the_code_of_either_mail_will_do() {
    let world = World::new(changing).signed_in().await;
    world.client.change_email(NEW).await.unwrap();
    let id = world.client.pending()[0].id.clone();

    assert_eq!(world.client.verify_code(&id, "123456".into()).await, Ok(Completed::EmailChangeHalf));
    let tried: Vec<_> = world.server.seen().iter().skip(1).map(|seen| seen.body["email"].clone()).collect();
    assert_eq!(tried, [NEW, EMAIL]);
    assert_eq!(world.client.pending().len(), 1);

    world.server.now(|seen| if seen.body["email"] == NEW { ok(session("2")) } else { offline() });
    let done = world.client.verify_code(&id, "654321".into()).await;
    assert!(matches!(done, Ok(Completed::EmailChanged(_))));
    assert!(world.client.pending().is_empty());
}

#[tokio::test]
async fn a_mail_for_a_new_address_is_sent_again_only_for_who_asked() {
    let world = World::new(changing).signed_in().await;
    world.client.change_email(NEW).await.unwrap();
    let (first, flow) = (world.server.last(), world.client.pending().remove(0));

    world.client.resend(&flow.id).await.unwrap();
    let second = world.server.last();
    assert_eq!((second.what(), &second.query, &second.body), ("user", &first.query, &first.body));

    let sent = world.server.seen().len();
    world.server.now(|_| raw(204, &[], ""));
    world.client.sign_out().await;
    assert_eq!(world.client.resend(&flow.id).await, Err(ResendError::Unknown));
    world.server.now(|_| ok(session_of_bob()));
    world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    assert_eq!(world.client.resend(&flow.id).await, Err(ResendError::Unknown));
    // One request for the sign-out and one for the sign-in.
    assert_eq!(world.server.seen().len(), sent + 2);
}

#[tokio::test]
async fn no_mail_is_promised_for_an_address_that_something_else_has_confirmed() {
    let world = World::new(changing).signed_in().await;
    world.client.change_email(NEW).await.unwrap();
    let flow = world.client.pending().remove(0);
    world.server.now(|_| ok(user("Ada.New@Example.com")));

    assert_eq!(world.client.resend(&flow.id).await, Err(ResendError::Confirmed));

    assert!(world.client.pending().is_empty() && world.store.slots().is_empty());
    assert_eq!(world.client.state().signed_in().unwrap().user.email.as_deref(), Some("Ada.New@Example.com"));
}

#[tokio::test]
async fn a_later_wish_replaces_the_earlier_one_and_an_address_of_ones_own_is_done() {
    let world = World::new(changing).signed_in().await;
    world.client.change_email(NEW).await.unwrap();
    world.client.change_email("third@example.com").await.unwrap();
    let pending: Vec<_> = world.client.pending().into_iter().map(|flow| flow.email.unwrap()).collect();
    assert_eq!(pending, ["third@example.com"]);

    world.server.now(|_| ok(user(EMAIL)));
    let own = world.client.change_email("Ada@Example.com").await.unwrap();
    assert!(matches!(own, EmailChange::Done(user) if user.email.as_deref() == Some(EMAIL)));
    assert_eq!(world.store.slots().len(), 1);
}

#[tokio::test]
async fn each_refusal_of_a_new_address_has_its_error_and_leaves_no_flow() {
    let invalid =
        r#"{"code":"validation_failed","message":"Unable to validate email address: invalid format"}"#;
    let table: [(fn() -> Reply, EmailChangeError); 5] = [
        (|| refuse(422, "email_exists"), EmailChangeError::Taken),
        (|| refuse(401, "insufficient_aal"), EmailChangeError::SecondFactorRequired),
        (
            || refuse(400, "email_address_not_authorized"),
            EmailChangeError::Request(RequestError::Unexpected {
                code: ServerCode::new("email_address_not_authorized"),
            }),
        ),
        (|| raw(429, &[], ""), EmailChangeError::Request(RequestError::RateLimited { retry_after: None })),
        (
            || refuse(400, "of_2031"),
            EmailChangeError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply()).signed_in().await;
        assert_eq!(world.client.change_email(NEW).await, Err(expected));
        assert!(world.store.slots().is_empty() && world.is_signed_in());
    }
    let world = World::new(move |_| raw(400, &[], invalid)).signed_in().await;
    assert_eq!(world.client.change_email(NEW).await, Err(EmailChangeError::EmailInvalid));
}

#[tokio::test]
async fn signing_out_everywhere_is_done_here_first_and_of_others_not_at_all() {
    let world = World::new(|_| raw(204, &[], "")).signed_in().await;
    world.client.sign_out_others().await.unwrap();
    let request = world.server.last();
    assert_eq!(
        (request.what(), request.query("scope"), request.bearer()),
        ("logout", Some("others"), "access-1")
    );
    assert!(world.is_signed_in() && world.store.session().is_some());

    let report = world.client.sign_out_everywhere().await;
    assert_eq!(report.server, ServerSignOut::Confirmed);
    assert_eq!(world.server.last().query("scope"), Some("global"));
    assert_eq!(world.store.session(), None);
    assert_eq!(world.client.sign_out_others().await, Err(ApiError::SignedOut));

    let world = World::new(|_| offline()).signed_in().await;
    let report = world.client.sign_out_everywhere().await;
    assert_eq!(report.server, ServerSignOut::Unconfirmed(HttpError::Offline));
    assert_eq!(world.client.state(), State::SignedOut(Some(SignOutCause::Asked)));
}

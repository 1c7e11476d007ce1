//! Sign-up and its pending flow.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use supabase_session::{
    Completed, FlowKind, HttpError, PasswordInvalid, RequestError, ServerCode, SignUp, SignUpError,
    SignUpOutcome, StoreError, WeakPasswordReason,
};

use crate::fake::{EMAIL, OpenStore, REDIRECT, Reply, Seen, World, offline, ok, raw, session, user};

pub(crate) fn wish(email: &str) -> SignUp {
    SignUp {
        email: email.to_owned(),
        password: "Passw0rd!".into(),
        data: [("full_name".to_owned(), "Ada".into())].into_iter().collect(),
    }
}

pub(crate) fn mail_sent(_: &Seen) -> Reply {
    ok(user(EMAIL))
}

pub(crate) fn challenge(slot: &Value) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(slot["code_verifier"].as_str().unwrap()))
}

pub(crate) fn nonce_sent(seen: &Seen) -> String {
    let redirect_to = seen.query("redirect_to").unwrap();
    redirect_to.strip_prefix(&format!("{REDIRECT}?flow=")).unwrap().to_owned()
}

#[tokio::test]
async fn the_verifier_is_in_the_store_before_the_request_is_sent() {
    let at_request = Arc::new(Mutex::new(Vec::new()));
    let world = World::new(|_| offline());
    let (store, found): (Arc<OpenStore>, _) = (Arc::clone(&world.store), Arc::clone(&at_request));
    world.server.now(move |_| {
        *found.lock().unwrap() = store.slots();
        ok(user(EMAIL))
    });

    world.client.sign_up(wish(EMAIL)).await.unwrap();

    let slots = at_request.lock().unwrap().clone();
    let request = world.server.last();
    assert_eq!(slots.len(), 1);
    assert_eq!(request.body["code_challenge"], challenge(&slots[0]));
    assert_eq!(request.body["code_challenge_method"], "s256");
    assert_eq!(nonce_sent(&request), slots[0]["nonce"]);
    assert!(nonce_sent(&request).len() >= 22);
}

#[tokio::test]
async fn a_sign_up_says_what_the_server_needs_and_a_mail_is_pending() {
    let world = World::new(mail_sent);

    let outcome = world.client.sign_up(wish(" ada@example.com ")).await.unwrap();

    let request = world.server.last();
    assert_eq!(request.path, "/auth/v1/signup");
    assert_eq!(request.body["email"], EMAIL);
    assert_eq!(request.body["password"], "Passw0rd!");
    assert_eq!(request.body["data"], json!({"full_name": "Ada"}));
    assert_eq!(request.headers["apikey"], "sb_publishable_key");
    assert_eq!(request.headers["x-client-info"], "foyer/0.1.0");
    assert_eq!(request.headers["x-supabase-api-version"], "2024-01-01");
    assert_eq!(request.headers["content-type"], "application/json;charset=UTF-8");
    let SignUpOutcome::ConfirmationSent(flow) = outcome else { panic!("{outcome:?}") };
    assert_eq!((flow.kind, flow.email.as_deref(), flow.exchanging), (FlowKind::SignUp, Some(EMAIL), false));
    assert_eq!(*world.client.watch_pending().borrow(), world.client.pending());
    assert_eq!(world.client.pending(), [flow]);
    assert!(!world.is_signed_in());
}

#[tokio::test]
async fn an_address_with_an_account_looks_like_one_without() {
    let mut outcomes = Vec::new();
    let invented = json!({
        "id": "6f1c7a0e-0000-4000-8000-00000000dead", "role": "", "email": EMAIL, "identities": [], "user_metadata": {}
    });
    for answer in [user(EMAIL), invented] {
        let world = World::new(move |_| ok(answer.clone()));
        outcomes.push((
            world.client.sign_up(wish(EMAIL)).await.unwrap(),
            world.client.pending(),
            world.store.slots(),
        ));
    }

    assert_eq!(outcomes[0], outcomes[1]);
}

#[tokio::test]
async fn a_project_that_confirms_by_itself_signs_in_and_leaves_no_flow() {
    let world = World::new(|_| ok(session("1")));

    let outcome = world.client.sign_up(wish(EMAIL)).await.unwrap();

    assert!(matches!(outcome, SignUpOutcome::SignedIn(user) if user.email.as_deref() == Some(EMAIL)));
    assert!(world.is_signed_in());
    assert!(world.client.pending().is_empty());
    assert!(world.store.slots().is_empty());
    assert_eq!(world.store.session().unwrap()["refresh_token"], "refresh-1");
}

#[tokio::test]
async fn what_cannot_be_right_is_not_sent() {
    let world = World::new(mail_sent);
    let attempt = async |email: &str, password: &str| {
        let wish = SignUp { email: email.to_owned(), password: password.into(), data: Default::default() };
        world.client.sign_up(wish).await.unwrap_err()
    };

    assert_eq!(attempt("", "Passw0rd!").await, SignUpError::EmailInvalid);
    assert_eq!(attempt("  ", "Passw0rd!").await, SignUpError::EmailInvalid);
    assert_eq!(attempt("ada", "Passw0rd!").await, SignUpError::EmailInvalid);
    assert_eq!(attempt(EMAIL, "").await, SignUpError::PasswordInvalid(PasswordInvalid::Missing));
    assert_eq!(attempt(EMAIL, &"x".repeat(73)).await, SignUpError::PasswordInvalid(PasswordInvalid::TooLong));
    assert!(world.server.seen().is_empty());
    assert!(world.store.slots().is_empty());
}

#[tokio::test]
async fn without_a_store_nothing_is_sent() {
    let world = World::new(mail_sent);
    world.store.broken.store(true, SeqCst);

    let error = world.client.sign_up(wish(EMAIL)).await.unwrap_err();

    assert!(matches!(error, SignUpError::Store(StoreError::Unwritable(_))));
    assert!(world.server.seen().is_empty());
    assert!(world.client.pending().is_empty());
}

#[tokio::test]
async fn each_refusal_has_its_error_and_leaves_no_flow() {
    let weak =
        r#"{"code":"weak_password","message":"m","weak_password":{"reasons":["length","characters","x"]}}"#;
    let reasons = vec![
        WeakPasswordReason::Length,
        WeakPasswordReason::Characters,
        WeakPasswordReason::Other(ServerCode::new("x")),
    ];
    let invalid =
        r#"{"code":"validation_failed","message":"Unable to validate email address: invalid format"}"#;
    let mails = r#"{"code":429,"error_code":"over_email_send_rate_limit","msg":"only after 59 seconds."}"#;
    let code = |code| format!(r#"{{"code":"{code}","message":"m"}}"#);
    let table = [
        (422, weak.to_owned(), SignUpError::WeakPassword(reasons)),
        (400, invalid.to_owned(), SignUpError::EmailInvalid),
        (400, code("email_address_invalid"), SignUpError::EmailInvalid),
        (422, code("user_already_exists"), SignUpError::AlreadyRegistered),
        (422, code("signup_disabled"), SignUpError::SignUpDisabled),
        (400, code("email_provider_disabled"), SignUpError::EmailDisabled),
        (400, code("captcha_failed"), SignUpError::CaptchaRequired),
        (
            429,
            mails.to_owned(),
            RequestError::RateLimited { retry_after: Some(Duration::from_secs(59)) }.into(),
        ),
        (400, code("new_code"), RequestError::Unexpected { code: ServerCode::new("new_code") }.into()),
    ];
    for (status, body, expected) in table {
        let world = World::new(move |_| raw(status, &[], &body));

        assert_eq!(world.client.sign_up(wish(EMAIL)).await.unwrap_err(), expected);
        assert!(world.client.pending().is_empty());
        assert!(world.store.slots().is_empty(), "{expected:?}");
    }
}

#[tokio::test]
async fn a_mail_that_came_although_the_answer_was_lost_still_signs_in() {
    let world = World::new(|_| offline());
    let error = world.client.sign_up(wish(EMAIL)).await.unwrap_err();
    let nonce = nonce_sent(&world.server.last());
    let pending = world.client.pending();

    world.server.now(|_| ok(session("1")));
    let restarted = world.restarted();
    let completed = restarted.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await;

    assert_eq!(error, RequestError::Http(HttpError::Offline).into());
    assert!(pending.is_empty(), "no mail is promised that may not come");
    assert!(matches!(completed, Ok(Completed::SignedIn(_))));
}

#[tokio::test]
async fn eight_flows_are_kept_and_the_oldest_gives_way() {
    let world = World::new(mail_sent);
    for number in 0..9 {
        world.client.sign_up(wish(&format!("ada{number}@example.com"))).await.unwrap();
    }

    let emails: Vec<_> = world.client.pending().into_iter().map(|flow| flow.email.unwrap()).collect();
    let restarted = world.restarted();
    restarted.client.restore().await;

    assert_eq!(emails.len(), 8);
    assert_eq!(emails[0], "ada1@example.com");
    assert_eq!(world.store.slots().len(), 8);
    assert_eq!(restarted.client.pending(), world.client.pending());
}

#[tokio::test]
async fn a_second_sign_up_of_an_address_replaces_the_first() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let first = world.client.pending()[0].id.clone();

    world.client.sign_up(wish(EMAIL)).await.unwrap();

    assert_eq!(world.client.pending().len(), 1);
    assert_ne!(world.client.pending()[0].id, first);
    assert_eq!(world.store.slots().len(), 1);
}

#[tokio::test]
async fn a_sign_up_before_the_store_was_read_loses_no_older_flow() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish("bob@example.com")).await.unwrap();

    let restarted = world.restarted();
    restarted.client.sign_up(wish(EMAIL)).await.unwrap();

    assert_eq!(restarted.client.pending().len(), 2);
}

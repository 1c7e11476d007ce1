//! Codes that are typed.

use std::sync::Arc;

use serde_json::{Value, json};
use supabase_session::{
    CallbackError, Completed, FlowId, FlowKind, HttpError, OtpError, RequestError, ServerCode, VerifyKind,
};

use crate::fake::{EMAIL, Gate, REDIRECT, Reply, World, offline, ok, raw, refuse, session, user};
use crate::sign_up::{nonce_sent, wish};

/// A flow of this kind waits for its mail.
async fn waiting(kind: FlowKind) -> (World, FlowId) {
    let world = World::new(|seen| if seen.what() == "signup" { ok(user(EMAIL)) } else { ok(json!({})) });
    match kind {
        FlowKind::SignUp => drop(world.client.sign_up(wish(EMAIL)).await.unwrap()),
        FlowKind::MagicLink => drop(world.client.send_magic_link(EMAIL, false).await.unwrap()),
        FlowKind::Recovery => drop(world.client.send_recovery(EMAIL).await.unwrap()),
        other => panic!("{other:?}"),
    }
    let id = world.client.pending()[0].id.clone();
    (world, id)
}

#[tokio::test]
async fn a_typed_code_completes_its_flow_and_the_flow_is_over() {
    for (kind, name) in
        [(FlowKind::SignUp, "email"), (FlowKind::MagicLink, "email"), (FlowKind::Recovery, "recovery")]
    {
        let (world, id) = waiting(kind).await;
        world.server.now(|_| ok(session("1")));

        let completed = world.restarted().client.verify_code(&id, " 123 456".into()).await.unwrap();

        let request = world.server.last();
        assert_eq!(request.what(), "verify");
        assert_eq!(request.body, json!({"type": name, "email": EMAIL, "token": "123456"}));
        assert_eq!(matches!(completed, Completed::Recovery(_)), kind == FlowKind::Recovery);
        assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
        assert!(world.store.slots().is_empty());
    }
}

#[tokio::test]
async fn after_a_code_the_flows_link_is_spent_without_a_request() {
    let (world, id) = waiting(FlowKind::MagicLink).await;
    let nonce = nonce_sent(&world.server.last());
    world.server.now(|_| ok(session("1")));
    world.client.verify_code(&id, "123456".into()).await.unwrap();

    let late = world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await;

    assert_eq!(late, Err(CallbackError::Spent));
    assert_eq!(world.client.verify_code(&id, "123456".into()).await, Err(OtpError::Unknown));
    assert_eq!((world.server.count("pkce"), world.server.count("verify")), (0, 1));
}

#[tokio::test]
async fn after_each_refusal_of_a_code_the_flow_lives_on() {
    let table: [(fn() -> Reply, OtpError); 7] = [
        (|| refuse(403, "otp_expired"), OtpError::Wrong),
        (|| refuse(403, "user_banned"), OtpError::Banned),
        (|| refuse(400, "captcha_failed"), OtpError::CaptchaRequired),
        (|| raw(429, &[], ""), OtpError::Request(RequestError::RateLimited { retry_after: None })),
        (offline, OtpError::Request(RequestError::Http(HttpError::Offline))),
        (
            || raw(200, &[], r#"{"msg":"hello"}"#),
            OtpError::Request(RequestError::Http(HttpError::NotSupabase)),
        ),
        (
            || refuse(400, "of_2031"),
            OtpError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        let (world, id) = waiting(FlowKind::SignUp).await;
        world.server.now(move |_| reply());

        assert_eq!(world.client.verify_code(&id, "000000".into()).await, Err(expected));

        assert!(!world.is_signed_in() && !world.client.pending()[0].exchanging);
        world.server.now(|_| ok(session("1")));
        world.client.verify_code(&id, "123456".into()).await.unwrap();
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn what_is_no_code_or_no_flow_is_not_sent() {
    let (world, id) = waiting(FlowKind::SignUp).await;
    let sent = world.server.seen().len();
    let other: FlowId = "AAAAAAAAAAAAAAAAAAAAAA".parse().unwrap();

    for code in ["", "12345", "12345678901", "abcdef"] {
        assert_eq!(world.client.verify_code(&id, code.into()).await, Err(OtpError::CodeInvalid), "{code}");
    }
    assert_eq!(world.client.verify_code(&other, "123456".into()).await, Err(OtpError::Unknown));
    let typed = world.client.verify_code_for("ada", VerifyKind::Invite, "123456".into()).await;
    assert_eq!(typed, Err(OtpError::EmailInvalid));
    assert_eq!(world.server.seen().len(), sent);
}

#[tokio::test]
async fn an_invitations_code_signs_in_without_a_flow() {
    for (kind, name) in [
        (VerifyKind::Email, "email"),
        (VerifyKind::SignUp, "signup"),
        (VerifyKind::MagicLink, "magiclink"),
        (VerifyKind::Invite, "invite"),
        (VerifyKind::Recovery, "recovery"),
        (VerifyKind::EmailChange, "email_change"),
    ] {
        let world = World::new(|_| ok(session("1")));

        let completed = world.client.verify_code_for(EMAIL, kind, "123456".into()).await.unwrap();

        assert_eq!(world.server.last().body, json!({"type": name, "email": EMAIL, "token": "123456"}));
        match (kind, completed) {
            (VerifyKind::Recovery, Completed::Recovery(_))
            | (VerifyKind::EmailChange, Completed::EmailChanged(_)) => {}
            (_, Completed::SignedIn(_)) => {
                assert!(!matches!(kind, VerifyKind::Recovery | VerifyKind::EmailChange));
            }
            other => panic!("{other:?}"),
        }
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn the_first_of_two_codes_changes_nothing_yet() {
    let half = json!({"code": "200", "msg": "Confirmation link accepted."});
    let world = World::new(move |_| ok(half.clone())).signed_in().await;
    let before = world.client.state();

    let change = world.client.verify_code_for(EMAIL, VerifyKind::EmailChange, "123456".into()).await;
    let other = world.client.verify_code_for(EMAIL, VerifyKind::Invite, "123456".into()).await;

    assert_eq!(change, Ok(Completed::EmailChangeHalf));
    assert_eq!(other, Err(OtpError::Request(RequestError::Http(HttpError::NotSupabase))));
    assert_eq!(world.client.state(), before);
}

#[tokio::test]
async fn a_code_waits_for_the_outcome_of_the_flows_link() {
    let (world, id) = waiting(FlowKind::MagicLink).await;
    let nonce = nonce_sent(&world.server.last());
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    world.server.now(move |_| Reply::Gate(Arc::clone(&held), Box::new(ok(session("1")))));
    let (client, link) = (world.client.clone(), format!("{REDIRECT}?code=c&flow={nonce}"));
    let link = tokio::spawn(async move { client.complete(&link).await });
    gate.reached.notified().await;

    let client = world.client.clone();
    let typed = tokio::spawn(async move { client.verify_code(&id, "123456".into()).await });
    tokio::task::yield_now().await;
    gate.open.notify_one();

    assert!(link.await.unwrap().is_ok());
    assert_eq!(typed.await.unwrap(), Err(OtpError::Unknown));
    assert_eq!(world.server.count("verify"), 0);
}

#[tokio::test]
async fn what_real_servers_answered_to_a_code_is_understood() {
    let steps = crate::golden::steps(&["typed_code", "email_change", "invite"], "/auth/v1/verify");
    let (mut sessions, mut halves, mut wrong) = (0, 0, 0);
    for step in steps.iter().filter(|step| step.request["body"]["token"].is_string()) {
        let kind = match step.request["body"]["type"].as_str() {
            Some("email") => VerifyKind::Email,
            Some("magiclink") => VerifyKind::MagicLink,
            Some("invite") => VerifyKind::Invite,
            Some("email_change") => VerifyKind::EmailChange,
            // Types that this crate never sends.
            Some(_) | None => continue,
        };
        let reply = step.clone();
        let world = World::new(move |_| reply.reply());

        match world.client.verify_code_for(EMAIL, kind, "123456".into()).await {
            Ok(Completed::EmailChangeHalf) => halves += 1,
            Ok(_) => {
                assert_eq!(world.store.session().unwrap()["access_token"], step.body["access_token"]);
                sessions += 1;
            }
            Err(error) => {
                assert_eq!(error, OtpError::Wrong, "{}", step.title);
                assert_eq!(step.body["code"], Value::from("otp_expired"));
                wrong += 1;
            }
        }
    }
    assert!(
        sessions >= 5 && halves == 1 && wrong >= 3,
        "{sessions} sessions, {halves} halves, {wrong} wrong"
    );
}

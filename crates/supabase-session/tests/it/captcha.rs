//! A captcha's token, on the calls that a project may ask it for.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use supabase_session::{SignUpOutcome, VerifyKind};

use crate::fake::{EMAIL, World, ok, refuse, session, user};
use crate::sign_up::wish;

const TOKEN: &str = "10000000-aaaa-bbbb-cccc-000000000001";

fn carried(body: &Value) -> Option<&str> {
    body["gotrue_meta_security"]["captcha_token"].as_str()
}

#[tokio::test]
async fn every_call_that_opens_a_session_or_sends_a_mail_carries_the_token() {
    let world = World::new(|seen| match seen.what() {
        "password" | "verify" => ok(session("1")),
        "signup" if seen.body["email"].is_null() => ok(session("1")),
        "signup" => ok(user(EMAIL)),
        _ => ok(json!({})),
    });
    let client = world.client.with_captcha(TOKEN.into());

    client.sign_in_anonymously().await.unwrap();
    client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    client.verify_code_for(EMAIL, VerifyKind::Invite, "123456".into()).await.unwrap();
    client.sign_up(wish(EMAIL)).await.unwrap();
    client.send_recovery(EMAIL).await.unwrap();
    client.send_magic_link(EMAIL, true).await.unwrap();
    for flow in client.pending() {
        client.resend(&flow.id).await.unwrap();
    }

    let seen = world.server.seen();
    let calls: Vec<_> = seen.iter().map(|seen| seen.what().to_owned()).collect();
    assert_eq!(
        calls,
        ["signup", "password", "verify", "signup", "recover", "otp", "resend", "recover", "otp"]
    );
    for seen in seen {
        assert_eq!(carried(&seen.body), Some(TOKEN), "{}", seen.what());
    }
}

#[tokio::test]
async fn a_handle_without_a_token_carries_none_and_no_other_call_carries_it() {
    let world = World::new(|_| ok(session("1")));
    let with_token = world.client.with_captcha(TOKEN.into());
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    assert_eq!(carried(&world.server.last().body), None);
    assert!(world.server.last().body.get("gotrue_meta_security").is_none());

    with_token.refresh().await.unwrap();

    assert_eq!(world.server.last().what(), "refresh_token");
    assert_eq!(carried(&world.server.last().body), None);
}

#[tokio::test]
async fn a_sign_up_that_was_refused_for_a_captcha_succeeds_with_its_token() {
    let refused = Arc::new(Mutex::new(0));
    let count = Arc::clone(&refused);
    let world = World::new(move |seen| {
        if carried(&seen.body) == Some(TOKEN) {
            return ok(user(EMAIL));
        }
        *count.lock().unwrap() += 1;
        refuse(400, "captcha_failed")
    });
    assert!(world.client.sign_up(wish(EMAIL)).await.is_err());

    let outcome = world.client.with_captcha(TOKEN.into()).sign_up(wish(EMAIL)).await.unwrap();

    assert!(matches!(outcome, SignUpOutcome::ConfirmationSent(_)));
    assert_eq!(*refused.lock().unwrap(), 1);
    assert_eq!(world.client.pending().len(), 1, "the handles share their flows");
}

#[tokio::test]
async fn a_token_does_not_show() {
    let world = World::new(|_| refuse(400, "captcha_failed"));
    let client = world.client.with_captcha(TOKEN.into());

    let error = client.sign_in_with_password(EMAIL, "x".into()).await.unwrap_err();

    assert!(!format!("{client:?} {client:#?} {error:?} {error}").contains(TOKEN));
}

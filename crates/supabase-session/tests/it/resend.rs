//! The mail of a pending flow once more, and a flow that is given up.

use std::time::Duration;

use serde_json::json;
use supabase_session::{
    CallbackError, Completed, FlowKind, HttpError, MagicLinkError, OtpError, RequestError, ResendError, State,
};

use crate::fake::{EMAIL, REDIRECT, Reply, World, offline, ok, raw, refuse, session};
use crate::sign_up::{challenge, mail_sent, nonce_sent, wish};

#[tokio::test]
async fn a_mail_sent_again_carries_the_same_nonce_and_challenge() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let (first, flow) = (world.server.last(), world.client.pending()[0].clone());
    world.clock.advance(60);
    world.server.now(|_| ok(json!({})));

    let again = world.client.resend(&flow.id).await.unwrap();

    let request = world.server.last();
    assert_eq!(request.path, "/auth/v1/resend");
    assert_eq!(request.body["type"], "signup");
    assert_eq!(request.body["email"], EMAIL);
    assert_eq!(request.body["code_challenge"], first.body["code_challenge"]);
    assert_eq!(request.body["code_challenge_method"], "s256");
    assert_eq!(nonce_sent(&request), nonce_sent(&first));
    assert_eq!(again.id, flow.id);
    assert_eq!(again.sent_at, flow.sent_at + Duration::from_secs(60));
    assert_eq!(world.client.pending(), [again]);
}

/// A sign-up whose link something else has opened first; its nonce.
async fn spent() -> (World, String) {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let nonce = nonce_sent(&world.server.last());
    let said = "error=access_denied&error_code=otp_expired&error_description=x";
    let refused = world.client.complete(&format!("{REDIRECT}?{said}&flow={nonce}#{said}&sb=")).await;
    assert_eq!(refused, Err(CallbackError::Spent));
    world.clock.advance(60);
    (world, nonce)
}

#[tokio::test]
async fn after_a_spent_sign_up_link_a_link_that_signs_in_is_sent_also_after_a_restart() {
    for restarts in [false, true] {
        let (world, nonce) = spent().await;
        let world = if restarts { world.restarted() } else { world };
        world.client.restore().await;
        let flow = world.client.pending().remove(0);
        assert_eq!(flow.kind, FlowKind::SignUp);
        world.server.now(|_| ok(json!({})));

        let again = world.client.resend(&flow.id).await.unwrap();

        let (request, slot) = (world.server.last(), world.store.slots().remove(0));
        assert_eq!((request.what(), &request.body["create_user"]), ("otp", &json!(false)));
        assert_eq!((&request.body["email"], nonce_sent(&request)), (&json!(EMAIL), nonce.clone()));
        assert_eq!(request.body["code_challenge"], challenge(&slot));
        assert_eq!((again.id, again.kind), (flow.id, FlowKind::MagicLink));
        assert_eq!(world.restarted().client.restore().await, State::SignedOut(None));
        world.server.now(|_| ok(session("1")));
        let completed = world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await;
        assert!(matches!(completed, Ok(Completed::SignedIn(_))));
        assert!(world.store.slots().is_empty());
    }
}

#[tokio::test]
async fn a_wrong_code_and_a_spent_hash_say_the_same_as_a_spent_link() {
    let world = World::new(mail_sent);
    for by_code in [true, false] {
        world.server.now(mail_sent);
        world.client.sign_up(wish(EMAIL)).await.unwrap();
        let (nonce, flow) = (nonce_sent(&world.server.last()), world.client.pending().remove(0));
        world.server.now(|_| refuse(403, "otp_expired"));
        if by_code {
            let refused = world.client.verify_code(&flow.id, "123456".into()).await;
            assert_eq!(refused, Err(OtpError::Wrong));
        } else {
            let link = format!("{REDIRECT}?flow={nonce}&token_hash=0a1b&type=signup");
            assert_eq!(world.client.complete(&link).await, Err(CallbackError::Spent));
        }
        world.server.now(|_| ok(json!({})));

        world.client.resend(&flow.id).await.unwrap();

        assert_eq!(world.server.last().what(), "otp");
    }
}

#[tokio::test]
async fn where_no_link_that_signs_in_is_sent_a_spent_sign_up_gets_its_own_mail() {
    for code in ["otp_disabled", "signup_disabled"] {
        let (world, _) = spent().await;
        let flow = world.client.pending().remove(0);
        world.server.now(move |seen| if seen.what() == "otp" { refuse(422, code) } else { ok(json!({})) });

        let again = world.client.resend(&flow.id).await.unwrap();

        assert_eq!((world.server.last().what(), again.kind), ("resend", FlowKind::SignUp));
    }
    let (world, _) = spent().await;
    let before = world.client.pending();
    world.server.now(|_| offline());
    assert_eq!(world.client.resend(&before[0].id).await, Err(RequestError::Http(HttpError::Offline).into()));
    assert_eq!(world.client.pending(), before);
}

#[tokio::test]
async fn the_mail_of_a_sign_up_can_be_asked_for_where_no_flow_is_pending() {
    let world = World::new(|_| ok(json!({})));

    let flow = world.client.send_confirmation(EMAIL).await.unwrap();

    let (request, slot) = (world.server.last(), world.store.slots().remove(0));
    assert_eq!((request.what(), &request.body["type"]), ("resend", &json!("signup")));
    assert_eq!(request.body["code_challenge"], challenge(&slot));
    assert_eq!((flow.kind, flow.email.as_deref()), (FlowKind::SignUp, Some(EMAIL)));
    assert_eq!(world.client.pending(), [flow]);
    assert_eq!(world.client.send_confirmation("ada").await, Err(MagicLinkError::EmailInvalid));
}

#[tokio::test]
async fn a_refused_resend_leaves_the_flow_and_its_time() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let before = world.client.pending();
    world.clock.advance(1);
    let limited = r#"{"code":"over_email_send_rate_limit","message":"only after 58 seconds."}"#;
    let wait = Some(Duration::from_secs(58));
    let table: [(Box<dyn Fn() -> Reply + Send + Sync>, ResendError); 5] = [
        (Box::new(|| raw(429, &[], limited)), RequestError::RateLimited { retry_after: wait }.into()),
        (Box::new(offline), RequestError::Http(HttpError::Offline).into()),
        (Box::new(|| raw(200, &[], "<html>")), RequestError::Http(HttpError::WebPage).into()),
        (Box::new(|| refuse(400, "captcha_failed")), ResendError::CaptchaRequired),
        (Box::new(|| refuse(400, "email_provider_disabled")), ResendError::EmailDisabled),
    ];
    for (reply, expected) in table {
        world.server.now(move |_| reply());

        assert_eq!(world.client.resend(&before[0].id).await.unwrap_err(), expected);
        assert_eq!(world.client.pending(), before);
    }
}

#[tokio::test]
async fn a_resend_gives_the_flow_another_hour_in_the_store_too() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let id = world.client.pending()[0].id.clone();
    world.clock.advance(3000);
    world.server.now(|_| ok(json!({})));
    world.client.resend(&id).await.unwrap();

    world.clock.advance(3000);
    let restarted = world.restarted();
    restarted.client.restore().await;

    assert_eq!(restarted.client.pending().len(), 1);
}

#[tokio::test]
async fn a_cancelled_flow_is_gone_and_cannot_be_sent_again() {
    let world = World::new(mail_sent);
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let id = world.client.pending()[0].id.clone();
    let sent = world.server.seen().len();

    world.client.cancel(&id).await.unwrap();

    assert!(world.client.pending().is_empty());
    assert!(world.store.slots().is_empty());
    assert_eq!(world.store.text("-code-verifier"), None, "no empty list is left behind");
    assert_eq!(world.client.resend(&id).await.unwrap_err(), ResendError::Unknown);
    assert_eq!(world.server.seen().len(), sent);
}

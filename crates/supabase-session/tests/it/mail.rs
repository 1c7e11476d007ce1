//! Magic link, recovery and e-mail change by link.

use serde_json::json;
use supabase_session::{
    CallbackError, Completed, FlowKind, HttpError, MagicLinkError, PendingFlow, RequestError, ResendError,
    ServerCode,
};

use crate::fake::{EMAIL, REDIRECT, Reply, World, offline, ok, raw, refuse, session};
use crate::sign_up::{challenge, nonce_sent};

async fn send(world: &World, kind: FlowKind) -> Result<PendingFlow, MagicLinkError> {
    match kind {
        FlowKind::MagicLink => world.client.send_magic_link(EMAIL, false).await,
        FlowKind::Recovery => world.client.send_recovery(EMAIL).await,
        other => panic!("{other:?}"),
    }
}

const KINDS: [(FlowKind, &str); 2] = [(FlowKind::MagicLink, "otp"), (FlowKind::Recovery, "recover")];

#[tokio::test]
async fn a_mail_is_asked_for_with_its_challenge_and_is_pending() {
    for (kind, endpoint) in KINDS {
        let world = World::new(|_| ok(json!({})));

        let flow = send(&world, kind).await.unwrap();

        let (request, slot) = (world.server.last(), world.store.slots().remove(0));
        assert_eq!(request.what(), endpoint);
        assert_eq!(request.body["email"], EMAIL);
        assert_eq!(request.body["code_challenge"], challenge(&slot));
        assert_eq!(nonce_sent(&request), slot["nonce"]);
        assert_eq!((flow.kind, flow.email.as_deref()), (kind, Some(EMAIL)));
        assert_eq!(world.client.pending(), [flow]);
    }
}

#[tokio::test]
async fn a_magic_link_says_whether_it_may_open_an_account() {
    let world = World::new(|_| ok(json!({})));
    for create_user in [true, false] {
        world.client.send_magic_link(EMAIL, create_user).await.unwrap();

        assert_eq!(world.server.last().body["create_user"], create_user);
    }
}

#[tokio::test]
async fn a_magic_link_signs_in_and_a_recovery_says_that_a_password_comes_next() {
    for (kind, _) in KINDS {
        let world = World::new(|_| ok(json!({})));
        send(&world, kind).await.unwrap();
        let nonce = nonce_sent(&world.server.last());
        world.server.now(|_| ok(session("1")));

        let completed =
            world.restarted().client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await.unwrap();

        match (kind, completed) {
            (FlowKind::MagicLink, Completed::SignedIn(user))
            | (FlowKind::Recovery, Completed::Recovery(user)) => {
                assert_eq!(user.email.as_deref(), Some(EMAIL));
            }
            other => panic!("{other:?}"),
        }
        assert!(world.store.slots().is_empty());
        assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
    }
}

#[tokio::test]
async fn each_refusal_of_a_mail_has_its_error_and_leaves_no_flow() {
    let table = [
        (422, "otp_disabled", MagicLinkError::NoAccount),
        (422, "signup_disabled", MagicLinkError::SignUpDisabled),
        (422, "email_provider_disabled", MagicLinkError::EmailDisabled),
        (400, "captcha_failed", MagicLinkError::CaptchaRequired),
        (
            400,
            "email_address_not_authorized",
            MagicLinkError::Request(RequestError::Unexpected {
                code: ServerCode::new("email_address_not_authorized"),
            }),
        ),
        (
            400,
            "code_of_2031",
            MagicLinkError::Request(RequestError::Unexpected { code: ServerCode::new("code_of_2031") }),
        ),
    ];
    for (status, code, expected) in table {
        for (kind, _) in KINDS {
            let world = World::new(move |_| refuse(status, code));

            assert_eq!(send(&world, kind).await.unwrap_err(), expected);
            assert!(world.store.slots().is_empty(), "{code}");
        }
    }
}

#[tokio::test]
async fn too_many_mails_say_how_long_to_wait() {
    let text = r#"{"code":"over_email_send_rate_limit","message":"For security purposes, you can only request this after 59 seconds."}"#;
    let world = World::new(move |_| raw(429, &[], text));

    let error = send(&world, FlowKind::Recovery).await.unwrap_err();

    let retry_after = Some(std::time::Duration::from_secs(59));
    assert_eq!(error, MagicLinkError::Request(RequestError::RateLimited { retry_after }));
    assert!(world.client.pending().is_empty() && world.store.slots().is_empty());
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_still_signs_in() {
    let faults: [fn() -> Reply; 3] = [offline, || raw(502, &[], "<html>"), || raw(200, &[], "<html>")];
    for fault in faults {
        let world = World::new(move |_| fault());
        assert!(matches!(
            send(&world, FlowKind::MagicLink).await,
            Err(MagicLinkError::Request(RequestError::Http(_)))
        ));
        assert!(world.client.pending().is_empty());
        let nonce = nonce_sent(&world.server.last());
        world.server.now(|_| ok(session("1")));

        world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await.unwrap();

        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn what_is_no_address_is_not_sent() {
    let world = World::new(|_| ok(json!({})));

    assert_eq!(world.client.send_magic_link("", true).await, Err(MagicLinkError::EmailInvalid));
    assert_eq!(world.client.send_recovery("ada").await, Err(MagicLinkError::EmailInvalid));
    assert!(world.server.seen().is_empty() && world.store.slots().is_empty());
}

#[tokio::test]
async fn a_mail_sent_again_is_the_same_request_and_opens_no_account() {
    for (kind, endpoint) in KINDS {
        let world = World::new(|_| ok(json!({})));
        let flow = match kind {
            FlowKind::MagicLink => world.client.send_magic_link(EMAIL, true).await,
            _ => send(&world, kind).await,
        }
        .unwrap();
        let first = world.server.last();
        world.clock.advance(60);

        let again = world.client.resend(&flow.id).await.unwrap();

        let second = world.server.last();
        assert_eq!(second.what(), endpoint);
        assert_eq!(second.query, first.query);
        assert_eq!(second.body["code_challenge"], first.body["code_challenge"]);
        assert_ne!(second.body["create_user"], true);
        assert_eq!((again.id, again.kind), (flow.id, kind));
        assert!(again.sent_at > flow.sent_at);
    }
}

#[tokio::test]
async fn a_page_instead_of_the_answer_to_a_resend_is_an_error() {
    let world = World::new(|_| ok(json!({})));
    let flow = send(&world, FlowKind::Recovery).await.unwrap();
    world.server.now(|_| raw(200, &[], "<html>airport</html>"));

    assert_eq!(
        world.client.resend(&flow.id).await,
        Err(ResendError::Request(RequestError::Http(HttpError::WebPage)))
    );
    assert_eq!(world.client.pending(), [flow]);
}

#[tokio::test]
async fn flows_of_two_kinds_for_one_address_live_side_by_side() {
    let world = World::new(|_| ok(json!({})));
    for (kind, _) in KINDS {
        send(&world, kind).await.unwrap();
    }
    let kinds: Vec<_> = world.client.pending().iter().map(|flow| flow.kind).collect();

    assert_eq!(kinds, [FlowKind::MagicLink, FlowKind::Recovery]);
}

#[tokio::test]
async fn a_message_is_taken_for_an_e_mail_change_only() {
    let world = World::new(|_| ok(json!({})));
    send(&world, FlowKind::Recovery).await.unwrap();
    let nonce = nonce_sent(&world.server.last());
    let sent = world.server.seen().len();

    for (link, expected) in [
        (format!("{REDIRECT}?flow={nonce}&message=Confirmation+link+accepted"), CallbackError::Malformed),
        (format!("{REDIRECT}?flow=other&message=Confirmation+link+accepted"), CallbackError::Unknown),
        (format!("{REDIRECT}#message=Confirmation+link+accepted"), CallbackError::Unknown),
    ] {
        assert_eq!(world.client.complete(&link).await, Err(expected), "{link}");
    }
    assert_eq!(world.server.seen().len(), sent);
    assert_eq!(world.client.pending().len(), 1);
}

//! Two people on one desktop: what one of them began is nobody else's, and what comes back must be theirs.

use serde_json::json;
use supabase_session::{CallbackError, Completed, FlowId, FlowKind, OtpError, ResendError};

use crate::fake::{BOB, EMAIL, REDIRECT, Reply, Seen, World, ok, raw, refuse, session, session_of_bob, user};
use crate::sign_up::nonce_sent;

const NEW: &str = "ada.new@example.com";

/// Mails are sent; codes and hashes are good and are Ada's.
fn serve(seen: &Seen) -> Reply {
    match seen.what() {
        "pkce" | "verify" => ok(session("2")),
        "logout" => raw(204, &[], ""),
        "user/identities/authorize" => ok(json!({"url": "https://github.example/login"})),
        "otp" | "recover" => ok(json!({})),
        _ => ok(user(EMAIL)),
    }
}

/// Ada is signed in and has begun something for her account; its id and nonce.
async fn begun(kind: FlowKind) -> (World, FlowId, String) {
    let world = World::new(serve).signed_in().await;
    match kind {
        FlowKind::EmailChange => drop(world.client.change_email(NEW).await.unwrap()),
        FlowKind::LinkIdentity => drop(world.client.begin_link("github", &[]).await.unwrap()),
        other => panic!("{other:?}"),
    }
    let nonce = nonce_sent(&world.server.last());
    let id = world.client.pending()[0].id.clone();
    (world, id, nonce)
}

#[tokio::test]
async fn what_somebody_began_counts_and_is_seen_only_while_they_are_signed_in() {
    for kind in [FlowKind::EmailChange, FlowKind::LinkIdentity] {
        for bob_is_in in [false, true] {
            let (world, id, nonce) = begun(kind).await;
            world.client.sign_out().await;
            if bob_is_in {
                world.bob_signs_in().await;
            }
            let (before, sent) = (world.client.state(), world.server.seen().len());

            assert_eq!(world.client.pending(), []);
            for answer in
                ["code=c", "error=access_denied", "token_hash=abc&type=email_change", "message=half"]
            {
                let outcome = world.client.complete(&format!("{REDIRECT}?{answer}&flow={nonce}")).await;
                assert_eq!(outcome, Err(CallbackError::OtherAccount), "{answer}");
            }
            let typed = world.client.verify_code(&id, "123456".into()).await;
            assert_eq!(typed, Err(OtpError::OtherAccount));
            assert_eq!(world.client.resend(&id).await, Err(ResendError::Unknown));
            assert_eq!((world.client.state(), world.server.seen().len()), (before, sent), "nothing was sent");

            world.client.sign_out().await;
            let world = world.signed_in().await;
            assert_eq!(world.client.pending().len(), 1, "it has waited for her");
            let done = world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await.unwrap();
            assert!(matches!(done, Completed::EmailChanged(_) | Completed::IdentityLinked(_)), "{done:?}");
            assert_eq!(world.store.session().unwrap()["access_token"], "access-2");
        }
    }
}

#[tokio::test]
async fn a_bare_link_of_somebody_who_is_not_signed_in_is_not_exchanged() {
    let world = World::new(serve).signed_in().await;
    let bare = supabase_session::Redirect::bare(REDIRECT.parse().unwrap());
    world.client.with_redirect(bare).change_email(NEW).await.unwrap();
    world.client.sign_out().await;
    world.bob_signs_in().await;
    let sent = world.server.seen().len();

    let outcome = world.client.complete(&format!("{REDIRECT}?code=c")).await;

    assert_eq!(outcome, Err(CallbackError::OtherAccount));
    assert_eq!((world.who().as_deref(), world.server.seen().len()), (Some(BOB), sent));
}

#[tokio::test]
async fn what_comes_back_for_somebody_must_be_theirs() {
    for typed in [false, true] {
        let (world, id, nonce) = begun(FlowKind::EmailChange).await;
        world.server.now(|seen| match seen.what() {
            "pkce" | "verify" => ok(session_of_bob()),
            _ => serve(seen),
        });

        if typed {
            let outcome = world.client.verify_code(&id, "123456".into()).await;
            assert_eq!(outcome, Err(OtpError::OtherAccount));
        } else {
            let outcome = world.client.complete(&format!("{REDIRECT}?code=c&flow={nonce}")).await;
            assert_eq!(outcome, Err(CallbackError::OtherAccount));
        }

        assert_eq!(world.who().as_deref(), Some(EMAIL));
        assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
        let ended = world.server.last();
        assert_eq!((ended.what(), ended.bearer()), ("logout", "access-bob"));
        assert!(!world.client.pending()[0].exchanging, "the flow waits for its own answer");
    }
}

/// Nobody is signed in, and a sign-in of this kind waits; its nonce.
async fn waiting(kind: FlowKind) -> (World, String) {
    let world = World::new(serve);
    world.client.restore().await;
    match kind {
        FlowKind::MagicLink => drop(world.client.send_magic_link("Ada@Example.com", false).await.unwrap()),
        FlowKind::Recovery => drop(world.client.send_recovery(EMAIL).await.unwrap()),
        FlowKind::OAuth => {
            let (_, page) = world.client.begin_oauth("github", &[]).await.unwrap();
            let redirect = page.query_pairs().find(|(key, _)| key == "redirect_to").unwrap().1.into_owned();
            return (world, redirect.split_once("flow=").unwrap().1.to_owned());
        }
        other => panic!("{other:?}"),
    }
    let nonce = nonce_sent(&world.server.last());
    (world, nonce)
}

fn hash(nonce: &str) -> String {
    format!("{REDIRECT}?flow={nonce}&token_hash=0a1b2c&type=email")
}

#[tokio::test]
async fn a_hash_beside_a_nonce_signs_in_only_whom_the_flow_was_begun_for() {
    for kind in [FlowKind::MagicLink, FlowKind::Recovery] {
        let (world, nonce) = waiting(kind).await;
        world.server.now(|seen| if seen.what() == "verify" { ok(session_of_bob()) } else { serve(seen) });

        let Ok(Completed::Unsolicited(unsolicited)) = world.client.complete(&hash(&nonce)).await else {
            panic!("somebody else's hash is asked about")
        };

        assert!(!world.is_signed_in() && world.store.session().is_none());
        assert!(!world.client.pending()[0].exchanging, "the flow waits for its own answer");
        world.server.now(|seen| {
            if seen.bearer() == "access-bob" { ok(session_of_bob()["user"].clone()) } else { serve(seen) }
        });
        let whom = world.client.inspect(&unsolicited).await.unwrap().unwrap();
        assert_eq!(whom.email.as_deref(), Some(BOB));
        world.client.accept(unsolicited).await.unwrap();
        assert_eq!(world.who().as_deref(), Some(BOB));
        world.client.sign_out().await;

        world.server.now(serve);
        assert!(world.client.complete(&hash(&nonce)).await.is_ok());
        assert_eq!(world.who().as_deref(), Some(EMAIL));
    }
}

#[tokio::test]
async fn a_hash_never_completes_a_providers_flow() {
    let (world, nonce) = waiting(FlowKind::OAuth).await;
    let sent = world.server.seen().len();

    assert!(matches!(world.client.complete(&hash(&nonce)).await, Ok(Completed::Unsolicited(_))));
    assert_eq!(world.server.seen().len(), sent);
    assert!(!world.is_signed_in() && world.client.pending().len() == 1);

    let (world, _, nonce) = begun(FlowKind::LinkIdentity).await;
    let sent = world.server.seen().len();
    assert_eq!(world.client.complete(&hash(&nonce)).await, Err(CallbackError::SignedIn));
    assert_eq!(world.server.seen().len(), sent);
}

#[tokio::test]
async fn somebody_elses_hash_beside_the_nonce_of_a_change_is_ended_on_the_server() {
    let (world, _, nonce) = begun(FlowKind::EmailChange).await;
    world.server.now(|seen| if seen.what() == "verify" { ok(session_of_bob()) } else { serve(seen) });

    assert_eq!(world.client.complete(&hash(&nonce)).await, Err(CallbackError::OtherAccount));

    let ended = world.server.last();
    assert_eq!((ended.what(), ended.bearer()), ("logout", "access-bob"));
    assert_eq!((world.who().as_deref(), world.client.pending().len()), (Some(EMAIL), 1));
}

#[tokio::test]
async fn tokens_beside_a_nonce_sign_in_only_whom_the_flow_was_begun_for() {
    let (world, nonce) = waiting(FlowKind::MagicLink).await;
    let world = world.implicit();
    let link = |name: &str| {
        format!(
            "{REDIRECT}?flow={nonce}#access_token=access-{name}&refresh_token=r&expires_in=60&token_type=bearer"
        )
    };
    world.server.now(|seen| match (seen.what(), seen.bearer()) {
        ("user", "access-bob") => ok(session_of_bob()["user"].clone()),
        _ => serve(seen),
    });

    assert!(matches!(world.client.complete(&link("bob")).await, Ok(Completed::Unsolicited(_))));
    assert!(!world.is_signed_in());
    assert!(matches!(world.client.complete(&link("ada")).await, Ok(Completed::SignedIn(_))));
    assert_eq!(world.who().as_deref(), Some(EMAIL));
}

#[tokio::test]
async fn a_typed_code_of_a_sign_in_never_replaces_who_is_signed_in() {
    let (world, _) = waiting(FlowKind::MagicLink).await;
    let id = world.client.pending()[0].id.clone();
    world.bob_signs_in().await;
    let sent = world.server.seen().len();

    assert_eq!(world.client.verify_code(&id, "123456".into()).await, Err(OtpError::SignedIn));

    assert_eq!((world.who().as_deref(), world.server.seen().len()), (Some(BOB), sent));
    world.server.now(|_| refuse(500, "unforeseen"));
    assert_eq!(world.client.pending().len(), 1);
}

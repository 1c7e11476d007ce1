//! Links that nobody here asked for, hashes, and the implicit flow.

use serde_json::json;
use supabase_session::{
    AcceptLinkError, CallbackError, Completed, HttpError, RequestError, ServerCode, State,
    UNSOLICITED_LINK_LIFETIME, UnsolicitedLink, VerifyKind,
};

use crate::fake::{EMAIL, FakeClock, REDIRECT, Reply, Seen, World, offline, ok, raw, refuse, session, user};
use crate::sign_up::nonce_sent;

const TOKENS: &str = "access_token=access-link&expires_at=1800003600&expires_in=3600&refresh_token=refresh-link&sb=&token_type=bearer";

fn token_link() -> String {
    format!("{REDIRECT}#{TOKENS}&type=invite")
}

fn hash_link() -> String {
    format!("{REDIRECT}?token_hash=0a1b2c&type=recovery")
}

fn serve(seen: &Seen) -> Reply {
    match seen.what() {
        "user" if seen.bearer() == "access-link" => ok(user(EMAIL)),
        "verify" => ok(session("hash")),
        _ => refuse(500, "unforeseen"),
    }
}

/// Nobody is signed in; the clock stands still.
async fn world(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> World {
    let world = World::with_clock(FakeClock::manual(), rule);
    world.client.restore().await;
    world
}

async fn held(world: &World, link: &str) -> UnsolicitedLink {
    match world.client.complete(link).await {
        Ok(Completed::Unsolicited(unsolicited)) => unsolicited,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_link_that_nobody_asked_for_does_nothing_until_it_is_accepted() {
    for (link, kind) in [(token_link(), VerifyKind::Invite), (hash_link(), VerifyKind::Recovery)] {
        let world = world(serve).await;

        let unsolicited = held(&world, &link).await;

        assert_eq!(unsolicited.kind(), Some(kind));
        assert!(world.server.seen().is_empty());
        assert_eq!(world.client.state(), State::SignedOut(None));
        assert_eq!(world.store.session(), None);
    }
}

#[tokio::test]
async fn the_server_names_whom_tokens_belong_to_and_only_acceptance_stores_them() {
    let world = world(serve).await;
    let unsolicited = held(&world, &token_link()).await;

    let owner = world.client.inspect(&unsolicited).await.unwrap().unwrap();
    assert_eq!(owner.email.as_deref(), Some(EMAIL));
    assert_eq!((world.is_signed_in(), world.store.session()), (false, None));

    let completed = world.client.accept(unsolicited).await.unwrap();
    assert!(matches!(completed, Completed::SignedIn(user) if user.email.as_deref() == Some(EMAIL)));
    let stored = world.store.session().unwrap();
    assert_eq!(
        (&stored["access_token"], &stored["refresh_token"]),
        (&json!("access-link"), &json!("refresh-link"))
    );
    assert_eq!(stored["expires_at"], crate::fake::NOW + 3600);
    assert!(world.client.state().signed_in().unwrap().verified);
}

#[tokio::test]
async fn a_hash_tells_nothing_before_it_is_used_and_then_goes_alone() {
    let world = world(serve).await;
    let unsolicited = held(&world, &hash_link()).await;

    assert_eq!(world.client.inspect(&unsolicited).await, Ok(None));
    assert!(world.server.seen().is_empty());

    assert!(matches!(world.client.accept(unsolicited).await, Ok(Completed::Recovery(_))));
    assert_eq!(world.server.last().body, json!({"type": "recovery", "token_hash": "0a1b2c"}));
    assert_eq!(world.store.session().unwrap()["access_token"], "access-hash");
}

#[tokio::test]
async fn while_somebody_is_signed_in_such_links_are_refused_at_every_step() {
    for link in [token_link(), hash_link()] {
        let world = world(serve).await;
        let unsolicited = held(&world, &link).await;
        let world = world.signed_in().await;
        let before = (world.client.state(), world.store.session());

        assert_eq!(world.client.complete(&link).await, Err(CallbackError::SignedIn));
        assert_eq!(world.client.inspect(&unsolicited).await, Err(AcceptLinkError::SignedIn));
        assert_eq!(world.client.accept(unsolicited).await, Err(AcceptLinkError::SignedIn));

        assert!(world.server.seen().is_empty());
        assert_eq!((world.client.state(), world.store.session()), before);
    }
}

#[tokio::test]
async fn a_sign_in_while_a_link_is_being_accepted_wins() {
    let gate = std::sync::Arc::new(crate::fake::Gate::default());
    for link in [token_link(), hash_link()] {
        let held_back = std::sync::Arc::clone(&gate);
        let world = world(move |seen| match seen.what() {
            "password" => ok(session("1")),
            "logout" => raw(204, &[], ""),
            _ => Reply::Gate(std::sync::Arc::clone(&held_back), Box::new(serve(seen))),
        })
        .await;
        let (client, unsolicited) = (world.client.clone(), held(&world, &link).await);
        let accepting = tokio::spawn(async move { client.accept(unsolicited).await });
        gate.reached.notified().await;
        world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
        gate.open.notify_one();

        assert_eq!(accepting.await.unwrap(), Err(AcceptLinkError::SignedIn));
        assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
        // The session that lost is ended on the server, and no other.
        let ended = world.server.last();
        assert_eq!((ended.what(), ended.query("scope")), ("logout", Some("local")));
        assert!(["access-link", "access-hash"].contains(&ended.bearer()), "{}", ended.bearer());
    }
}

#[tokio::test]
async fn a_link_is_held_for_ten_minutes_and_not_longer() {
    let world = world(serve).await;
    let (unsolicited, late) = (held(&world, &token_link()).await, UNSOLICITED_LINK_LIFETIME.as_secs());
    world.clock.advance(late - 1);
    assert!(world.client.inspect(&unsolicited).await.is_ok());
    let sent = world.server.seen().len();

    world.clock.advance(1);

    assert_eq!(world.client.inspect(&unsolicited).await, Err(AcceptLinkError::Forgotten));
    assert_eq!(world.client.accept(unsolicited).await, Err(AcceptLinkError::Forgotten));
    assert_eq!(world.server.seen().len(), sent);
}

#[tokio::test]
async fn a_link_is_accepted_once_forgotten_when_told_and_replaced_by_the_next() {
    let world = world(serve).await;
    let first = held(&world, &token_link()).await;
    let second = held(&world, &token_link()).await;
    assert_eq!(world.client.accept(first).await, Err(AcceptLinkError::Forgotten));
    second.clone().forget();
    assert_eq!(world.client.accept(second).await, Err(AcceptLinkError::Forgotten));

    let third = held(&world, &hash_link()).await;
    world.client.accept(third.clone()).await.unwrap();
    world.client.sign_out().await;
    assert_eq!(world.client.accept(third).await, Err(AcceptLinkError::Forgotten));
    assert_eq!(world.server.count("verify"), 1);
}

#[tokio::test]
async fn each_refusal_of_such_a_link_has_its_error() {
    let table: [(fn() -> Reply, AcceptLinkError); 5] = [
        (|| refuse(403, "otp_expired"), AcceptLinkError::Spent),
        (|| refuse(403, "bad_jwt"), AcceptLinkError::Spent),
        (|| refuse(403, "user_banned"), AcceptLinkError::Banned),
        (offline, AcceptLinkError::Request(RequestError::Http(HttpError::Offline))),
        (
            || refuse(400, "of_2031"),
            AcceptLinkError::Request(RequestError::Unexpected { code: ServerCode::new("of_2031") }),
        ),
    ];
    for (reply, expected) in table {
        for link in [token_link(), hash_link()] {
            let world = world(move |_| reply()).await;
            let unsolicited = held(&world, &link).await;

            assert_eq!(world.client.accept(unsolicited.clone()).await, Err(expected.clone()), "{link}");
            assert_eq!(world.client.state(), State::SignedOut(None));

            world.server.now(serve);
            assert!(world.client.accept(unsolicited).await.is_ok(), "it is still held");
        }
    }
}

#[tokio::test]
async fn a_held_link_shows_nothing_of_what_it_holds() {
    let world = world(serve).await;
    for link in [token_link(), hash_link()] {
        let completed = world.client.complete(&link).await;
        let shown = format!("{completed:?} {completed:#?}");

        for secret in ["access-link", "refresh-link", "0a1b2c"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

/// A magic link was asked for here; its nonce.
async fn asked(world: &World) -> String {
    world.server.now(|_| ok(json!({})));
    world.client.send_magic_link(EMAIL, false).await.unwrap();
    let nonce = nonce_sent(&world.server.last());
    world.server.now(serve);
    nonce
}

#[tokio::test]
async fn a_hash_for_a_pending_flow_was_asked_for_and_signs_in() {
    let world = world(serve).await;
    let nonce = asked(&world).await;
    let link = format!("{REDIRECT}?flow={nonce}&token_hash=0a1b2c&type=email");

    world.server.now(|_| refuse(403, "otp_expired"));
    assert_eq!(world.client.complete(&link).await, Err(CallbackError::Spent));
    assert!(!world.client.pending()[0].exchanging);
    world.server.now(|_| offline());
    assert_eq!(world.client.complete(&link).await, Err(CallbackError::Http(HttpError::Offline)));
    world.server.now(serve);

    assert!(matches!(world.client.complete(&link).await, Ok(Completed::SignedIn(_))));
    assert!(world.store.slots().is_empty());
    assert_eq!(world.client.complete(&link).await, Err(CallbackError::Spent));
}

#[tokio::test]
async fn tokens_for_a_pending_flow_are_taken_only_by_a_client_that_was_built_for_it() {
    let world = world(serve).await;
    let nonce = asked(&world).await;
    let link = format!("{REDIRECT}?flow={nonce}#{TOKENS}");
    let sent = world.server.seen().len();

    assert_eq!(world.client.complete(&link).await, Err(CallbackError::Malformed));
    assert_eq!((world.server.seen().len(), world.store.slots().len()), (sent, 1));

    let world = world.implicit();
    let foreign = link.replace(&nonce, "foreign");
    assert_eq!(world.client.complete(&foreign).await, Err(CallbackError::Unknown));
    assert!(matches!(world.client.complete(&link).await, Ok(Completed::SignedIn(_))));
    assert_eq!(world.store.session().unwrap()["access_token"], "access-link");
    assert!(world.store.slots().is_empty());
    assert_eq!(world.client.complete(&link).await, Err(CallbackError::Spent));
}

#[tokio::test]
async fn what_real_servers_answered_to_a_hash_is_understood() {
    let steps = crate::golden::steps(&["token_hash", "invite"], "/auth/v1/verify");
    let (mut sessions, mut spent) = (0, 0);
    // A hash beside an address is what this crate never sends.
    for step in steps.into_iter().filter(|step| {
        step.request["body"]["token_hash"].is_string() && step.request["body"]["email"].is_null()
    }) {
        let reply = step.clone();
        let world = world(move |_| reply.reply()).await;
        let unsolicited = held(&world, &hash_link()).await;

        match world.client.accept(unsolicited).await {
            Ok(_) => {
                assert_eq!(world.store.session().unwrap()["access_token"], step.body["access_token"]);
                sessions += 1;
            }
            Err(error) => {
                assert_eq!((error, &step.body["code"]), (AcceptLinkError::Spent, &json!("otp_expired")));
                spent += 1;
            }
        }
    }
    assert!(sessions >= 4 && spent >= 2, "{sessions} sessions, {spent} spent");
}

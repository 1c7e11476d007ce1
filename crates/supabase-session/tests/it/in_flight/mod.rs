//! A sign-in whose request is on its way loses against what happens meanwhile: a sign-out, somebody else's sign-in, the
//! flow given up. The session that the server issued for it is ended there.

mod closed;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use serde_json::json;
use supabase_session::{Client, Completed, FlowId, State, StoreKey, UnsolicitedLink, VerifyKind};
use tokio::task::JoinHandle;

use crate::fake::{
    BOB, BOB_ID, EMAIL, FakeClock, Gate, REDIRECT, Reply, Seen, World, ok, raw, refuse, session,
    session_of_bob, user,
};
use crate::sign_up::{nonce_sent, wish};

/// Every kind of sign-in that asks the server for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignInKind {
    CodeOfLink,
    HashOfLink,
    TokensOfLink,
    TypedCode,
    TypedForeignCode,
    UnsolicitedTokens,
    UnsolicitedHash,
    Password,
    Anonymous,
    SignUp,
}

const KINDS: [SignInKind; 10] = [
    SignInKind::CodeOfLink,
    SignInKind::HashOfLink,
    SignInKind::TokensOfLink,
    SignInKind::TypedCode,
    SignInKind::TypedForeignCode,
    SignInKind::UnsolicitedTokens,
    SignInKind::UnsolicitedHash,
    SignInKind::Password,
    SignInKind::Anonymous,
    SignInKind::SignUp,
];

impl SignInKind {
    /// Whether the sign-in belongs to a flow that can be given up.
    fn has_flow(self) -> bool {
        matches!(self, Self::CodeOfLink | Self::HashOfLink | Self::TokensOfLink | Self::TypedCode)
    }
}

const TOKENS: &str = "access_token=access-late&refresh_token=refresh-late&expires_in=3600&token_type=bearer";

/// Gives `access-late` to every sign-in, and ends sessions.
fn serve(seen: &Seen) -> Reply {
    match seen.what() {
        "otp" => ok(json!({})),
        "logout" => raw(204, &[], ""),
        "user" => ok(user(EMAIL)),
        _ => ok(session("late")),
    }
}

/// Nobody is signed in, and a magic link was asked for; its id and nonce.
async fn waiting() -> (World, FlowId, String) {
    let world = World::with_clock(FakeClock::manual(), serve).implicit();
    world.client.restore().await;
    world.client.send_magic_link(EMAIL, false).await.unwrap();
    let nonce = nonce_sent(&world.server.last());
    let id = world.client.pending()[0].id.clone();
    (world, id, nonce)
}

type Work = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// The sign-in as a future that was not polled yet.
async fn work(kind: SignInKind, world: &World, id: &FlowId, nonce: &str) -> Work {
    let client = world.client.clone();
    match kind {
        SignInKind::CodeOfLink => link(client, format!("{REDIRECT}?code=c&flow={nonce}")),
        SignInKind::HashOfLink => link(client, format!("{REDIRECT}?token_hash=abc&type=email&flow={nonce}")),
        SignInKind::TokensOfLink => link(client, format!("{REDIRECT}?flow={nonce}#{TOKENS}")),
        SignInKind::UnsolicitedTokens => accept(held(&client, &format!("{REDIRECT}#{TOKENS}")).await, client),
        SignInKind::UnsolicitedHash => {
            accept(held(&client, &format!("{REDIRECT}?token_hash=abc&type=invite")).await, client)
        }
        SignInKind::TypedCode => {
            let id = id.clone();
            Box::pin(async move { said(client.verify_code(&id, "123456".into()).await) })
        }
        SignInKind::TypedForeignCode => {
            Box::pin(
                async move { said(client.verify_code_for(EMAIL, VerifyKind::Invite, "123456".into()).await) },
            )
        }
        SignInKind::Password => {
            Box::pin(async move { said(client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await) })
        }
        SignInKind::Anonymous => Box::pin(async move { said(client.sign_in_anonymously().await) }),
        SignInKind::SignUp => Box::pin(async move { said(client.sign_up(wish(EMAIL)).await) }),
    }
}

fn said<T, E: std::fmt::Debug>(outcome: Result<T, E>) -> Result<(), String> {
    outcome.map(drop).map_err(|error| format!("{error:?}"))
}

fn link(client: Client, link: String) -> Work {
    Box::pin(async move { said(client.complete(&link).await) })
}

fn accept(unsolicited: UnsolicitedLink, client: Client) -> Work {
    Box::pin(async move { said(client.accept(unsolicited).await) })
}

async fn held(client: &Client, link: &str) -> UnsolicitedLink {
    match client.complete(link).await {
        Ok(Completed::Unsolicited(unsolicited)) => unsolicited,
        other => panic!("{other:?}"),
    }
}

/// A world in which this sign-in has asked the server, whose answer is held up.
async fn in_flight(kind: SignInKind) -> (World, FlowId, Arc<Gate>, JoinHandle<Result<(), String>>) {
    let (world, id, nonce) = waiting().await;
    let work = work(kind, &world, &id, &nonce).await;
    let gate = Arc::new(Gate::default());
    let held_up = Arc::clone(&gate);
    world.server.now(move |seen| match seen.what() {
        "logout" => serve(seen),
        _ => Reply::Gate(Arc::clone(&held_up), Box::new(serve(seen))),
    });
    let working = tokio::spawn(work);
    gate.reached.notified().await;
    (world, id, gate, working)
}

/// The late session was ended on the server, alone.
fn late_session_was_ended(world: &World) -> bool {
    let seen = world.server.seen();
    let mut ends = seen.iter().filter(|seen| seen.what() == "logout" && seen.bearer() == "access-late");
    ends.next().is_some_and(|end| end.query("scope") == Some("local")) && ends.next().is_none()
}

#[tokio::test]
async fn a_sign_out_wins_over_every_way_in_that_has_asked_the_server() {
    for kind in KINDS {
        let (world, _, gate, working) = in_flight(kind).await;

        world.client.sign_out().await;
        gate.open.notify_one();

        let outcome = working.await.unwrap();
        assert_eq!(outcome, Err("Superseded".to_owned()), "{kind:?}");
        assert_eq!(world.client.state(), State::SignedOut(None), "{kind:?}");
        assert_eq!(world.store.session(), None, "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}: {:?}", world.server.seen());
    }
}

#[tokio::test]
async fn somebody_who_signs_in_meanwhile_is_not_replaced_by_any_way_in() {
    for kind in KINDS {
        let (world, _, gate, working) = in_flight(kind).await;

        world.bob_signs_in().await;
        gate.open.notify_one();

        let outcome = working.await.unwrap();
        let reason = outcome.unwrap_err();
        assert!(["SignedIn", "Superseded"].contains(&&*reason), "{kind:?}: {reason}");
        assert_eq!(world.who().as_deref(), Some(BOB), "{kind:?}");
        assert_eq!(world.store.session().unwrap()["user"]["id"], BOB_ID, "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}");
    }
}

/// A handle's sign-ins that replace whoever is signed in when they begin, unless the handle replaces nobody.
const REPLACING: [SignInKind; 4] =
    [SignInKind::TypedForeignCode, SignInKind::Password, SignInKind::Anonymous, SignInKind::SignUp];

#[tokio::test]
async fn somebody_who_signs_in_between_two_tries_of_a_sign_in_that_replaces_nobody_stays() {
    for kind in REPLACING {
        let (mut world, id, nonce) = waiting().await;
        world.client = world.client.replacing_nobody();
        world.server.now(|_| refuse(400, "captcha_failed"));
        work(kind, &world, &id, &nonce).await.await.unwrap_err();
        world.bob_signs_in().await;
        world.server.now(serve);
        let sent = world.server.seen().len();

        let reason = work(kind, &world, &id, &nonce).await.await.unwrap_err();

        assert!(["SignedIn", "Superseded"].contains(&&*reason), "{kind:?}: {reason}");
        assert_eq!(world.who().as_deref(), Some(BOB), "{kind:?}");
        assert_eq!(world.store.session().unwrap()["user"]["id"], BOB_ID, "{kind:?}");
        assert_eq!(world.server.seen().len(), sent, "{kind:?}: nothing is issued that nobody wants");
    }
}

#[tokio::test]
async fn a_handle_that_replaces_nobody_signs_in_where_nobody_is_and_ends_what_comes_too_late() {
    for kind in REPLACING {
        let (mut world, id, nonce) = waiting().await;
        world.client = world.client.replacing_nobody();
        let gate = Arc::new(Gate::default());
        let held_up = Arc::clone(&gate);
        world.server.now(move |_| Reply::Gate(Arc::clone(&held_up), Box::new(ok(session("late")))));
        let working = tokio::spawn(work(kind, &world, &id, &nonce).await);
        gate.reached.notified().await;
        world.bob_signs_in().await;
        world.server.now(serve);
        gate.open.notify_one();

        working.await.unwrap().unwrap_err();
        assert_eq!(world.who().as_deref(), Some(BOB), "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}");

        world.client.sign_out().await;
        work(kind, &world, &id, &nonce).await.await.unwrap();
        assert_eq!(world.who().as_deref(), Some(EMAIL), "{kind:?}");
    }
}

#[tokio::test]
async fn a_flow_that_is_given_up_signs_nobody_in_any_more() {
    for kind in KINDS.into_iter().filter(|kind| kind.has_flow()) {
        let (world, id, gate, working) = in_flight(kind).await;

        world.client.cancel(&id).await.unwrap();
        gate.open.notify_one();

        assert_eq!(working.await.unwrap(), Err("Superseded".to_owned()), "{kind:?}");
        assert!(!world.is_signed_in() && world.store.session().is_none(), "{kind:?}");
        assert!(world.store.slots().is_empty(), "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}");
    }
}

#[tokio::test]
async fn a_sign_out_wins_over_what_waits_for_its_turn_behind_another_link() {
    for kind in
        [SignInKind::CodeOfLink, SignInKind::HashOfLink, SignInKind::TypedCode, SignInKind::UnsolicitedHash]
    {
        let (world, id, nonce) = waiting().await;
        let behind = work(kind, &world, &id, &nonce).await;
        world.client.send_recovery(EMAIL).await.unwrap();
        let first = format!("{REDIRECT}?code=first&flow={}", nonce_sent(&world.server.last()));
        let gate = Arc::new(Gate::default());
        let held_up = Arc::clone(&gate);
        world.server.now(move |seen| match seen.body["auth_code"].as_str() {
            Some("first") => Reply::Gate(Arc::clone(&held_up), Box::new(refuse(400, "bad_code_verifier"))),
            _ => serve(seen),
        });
        let ahead = tokio::spawn(link(world.client.clone(), first));
        gate.reached.notified().await;
        let mut behind = tokio::spawn(behind);
        // The task goes on as far as it can.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert!(!behind.is_finished(), "{kind:?} waits for its turn");

        world.client.sign_out().await;
        gate.open.notify_one();

        ahead.await.unwrap().unwrap_err();
        assert_eq!((&mut behind).await.unwrap(), Err("Superseded".to_owned()), "{kind:?}");
        assert!(!world.is_signed_in() && world.store.session().is_none(), "{kind:?}");
        assert_eq!(
            world.server.count("pkce") + world.server.count("verify"),
            1,
            "{kind:?}: nothing was burnt"
        );
    }
}

#[tokio::test]
async fn of_two_sign_in_links_at_once_the_first_stays_and_the_seconds_code_is_not_burnt() {
    let (world, _, first) = waiting().await;
    world.client.send_recovery(EMAIL).await.unwrap();
    let second = nonce_sent(&world.server.last());
    let gate = Arc::new(Gate::default());
    let held_up = Arc::clone(&gate);
    world.server.now(move |seen| match seen.body["auth_code"].as_str() {
        Some("one") => Reply::Gate(Arc::clone(&held_up), Box::new(ok(session("1")))),
        Some("two") => ok(session_of_bob()),
        _ => serve(seen),
    });
    let of = |code: &str, nonce: &str| format!("{REDIRECT}?code={code}&flow={nonce}");
    let one = tokio::spawn(link(world.client.clone(), of("one", &first)));
    gate.reached.notified().await;
    let two = tokio::spawn(link(world.client.clone(), of("two", &second)));
    tokio::task::yield_now().await;
    gate.open.notify_one();

    assert_eq!(one.await.unwrap(), Ok(()));
    assert_eq!(two.await.unwrap(), Err("SignedIn".to_owned()));

    assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
    assert_eq!(world.server.count("pkce"), 1);
    assert_eq!(world.store.slots().len(), 1, "the second may be used after a sign-out");
}

#[tokio::test]
async fn a_link_that_is_accepted_twice_at_once_is_used_once_and_the_second_says_so() {
    let (world, ..) = waiting().await;
    let unsolicited = held(&world.client, &format!("{REDIRECT}?token_hash=abc&type=invite")).await;

    let (one, two) =
        tokio::join!(world.client.accept(unsolicited.clone()), world.client.accept(unsolicited.clone()));

    let outcomes = [said(one), said(two)];
    assert!(outcomes.contains(&Ok(())) && outcomes.contains(&Err("Forgotten".to_owned())), "{outcomes:?}");
    assert_eq!(world.server.count("verify"), 1);
}

//! Two programs on one store: one refresh, one sign-out, no flow lost.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use serde_json::{Value, json};
use supabase_session::{Completed, SignOutCause, State, UserUpdate};

use crate::fake::{EMAIL, Gate, NOW, REDIRECT, Reply, Seen, World, offline, ok, raw, refuse, session, user};

const ELSEWHERE: State = State::SignedOut(Some(SignOutCause::Elsewhere));

/// Two programs, both signed in with `access-1`.
async fn two(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> (World, World) {
    let one = World::guarded(rule).signed_in().await;
    let other = one.restarted();
    other.client.restore().await;
    (one, other)
}

/// The session of this number, where each is refreshed when the one before it ends.
fn issued(number: u64) -> Value {
    let mut session = session(&number.to_string());
    session["expires_at"] = json!(NOW + 3600 * number);
    session
}

/// Refreshes give `access-2`, `access-3` and so on, each for the newest refresh token only.
fn rotating(seen: &Seen) -> Reply {
    let token = |seen: &Seen| seen.body["refresh_token"].as_str().unwrap_or_default().to_owned();
    match seen.what() {
        "refresh_token" => {
            let number: u64 = token(seen).rsplit('-').next().unwrap().parse().unwrap();
            ok(issued(number + 1))
        }
        "logout" => raw(204, &[], ""),
        _ => ok(user(EMAIL)),
    }
}

fn refresh_tokens(world: &World) -> Vec<String> {
    let seen = world.server.seen();
    let refreshes = seen.iter().filter(|seen| seen.what() == "refresh_token");
    refreshes.map(|seen| seen.body["refresh_token"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn whoever_comes_second_waits_and_takes_over_what_the_first_one_got() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let (one, other) = two(move |seen| match seen.what() {
        "refresh_token" => Reply::Gate(Arc::clone(&held), Box::new(rotating(seen))),
        _ => rotating(seen),
    })
    .await;
    one.clock.advance(3600);
    let generation = other.client.state().signed_in().unwrap().generation;
    let client = one.client.clone();
    let first = tokio::spawn(async move { client.get_user().await });
    gate.reached.notified().await;

    let client = other.client.clone();
    let second = tokio::spawn(async move { client.get_user().await });
    // The refresh waits for the lock.
    one.clock.until_slept(1).await;
    gate.open.notify_one();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();

    assert_eq!(refresh_tokens(&one), ["refresh-1"]);
    let bearers: Vec<_> = one.server.seen().iter().skip(1).map(|seen| seen.bearer().to_owned()).collect();
    assert_eq!(bearers, ["access-2", "access-2"]);
    assert_eq!(other.client.state().signed_in().unwrap().generation, generation);
}

#[tokio::test]
async fn over_many_expiries_each_token_is_refreshed_once() {
    let (one, other) = two(rotating).await;
    for _ in 0..20 {
        one.clock.advance(3600);
        other.client.refresh_soon().await;
        one.client.refresh_soon().await;
    }

    let expected: Vec<_> = (1..=20).map(|number| format!("refresh-{number}")).collect();
    assert_eq!(refresh_tokens(&one), expected);
    assert!(one.is_signed_in() && other.is_signed_in());
}

#[tokio::test]
async fn when_what_was_taken_over_is_over_too_its_own_refresh_token_is_used() {
    let (one, other) = two(rotating).await;
    one.clock.advance(3600);
    one.client.refresh().await.unwrap();
    one.clock.advance(3600);

    other.client.get_user().await.unwrap();

    assert_eq!(refresh_tokens(&one), ["refresh-1", "refresh-2"]);
    assert_eq!(other.server.last().bearer(), "access-3");
}

#[tokio::test]
async fn a_sign_out_is_the_other_programs_too_at_its_next_look() {
    let (one, other) = two(rotating).await;

    one.client.sign_out().await;
    assert!(other.is_signed_in());
    let sent = one.server.seen().len();
    other.client.refresh_soon().await;

    assert_eq!(other.client.state(), ELSEWHERE);
    assert_eq!(one.server.seen().len(), sent, "the server is not asked");
    assert_eq!(other.store.session(), None);
}

#[tokio::test]
async fn a_sign_in_is_taken_over_as_a_new_one_that_nobody_here_has_verified() {
    let (one, other) = two(rotating).await;
    one.client.sign_out().await;
    other.client.refresh_soon().await;
    let mut bob = session("9");
    bob["user"]["id"] = json!("6f1c7a0e-0000-4000-8000-000000000002");
    one.server.now(move |_| ok(bob.clone()));

    one.client.sign_in_with_password("bob@example.com", "x".into()).await.unwrap();
    other.client.refresh_soon().await;

    let state = other.client.state();
    let now = state.signed_in().unwrap();
    assert_eq!(now.user.id, one.client.state().signed_in().unwrap().user.id);
    assert!(!now.verified && now.generation > 1);
}

#[tokio::test]
async fn what_one_program_learns_of_the_user_does_not_write_old_tokens_over_the_others_new_ones() {
    let (one, other) = two(rotating).await;
    one.client.refresh().await.unwrap();

    other.client.update_user(UserUpdate::default()).await.unwrap();

    assert_eq!(other.store.session().unwrap()["refresh_token"], "refresh-2");
    other.client.get_user().await.unwrap();
    assert_eq!(other.server.last().bearer(), "access-2");
}

#[tokio::test]
async fn a_sign_out_ends_the_newest_session_on_the_server() {
    let (one, other) = two(rotating).await;
    one.client.refresh().await.unwrap();

    other.client.sign_out().await;

    let request = one.server.last();
    assert_eq!((request.what(), request.bearer()), ("logout", "access-2"));
    one.client.refresh_soon().await;
    assert_eq!(one.client.state(), ELSEWHERE);
}

#[tokio::test]
async fn a_sign_out_does_not_wait_for_a_refresh_of_its_own_program() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let (one, _) = two(move |seen| match seen.what() {
        "refresh_token" => Reply::Gate(Arc::clone(&held), Box::new(rotating(seen))),
        _ => rotating(seen),
    })
    .await;
    let client = one.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    one.client.sign_out().await;
    gate.open.notify_one();

    assert!(refresh.await.unwrap().is_err());
    assert_eq!(one.store.session(), None);
    assert!(one.clock.slept().is_empty(), "nobody waited for a lock");
}

#[tokio::test]
async fn a_sign_out_that_could_not_wait_wins_over_the_other_programs_refresh() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let (one, other) = two(move |seen| match seen.what() {
        "refresh_token" => Reply::Gate(Arc::clone(&held), Box::new(rotating(seen))),
        _ => rotating(seen),
    })
    .await;
    let client = one.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;
    let client = other.client.clone();
    let sign_out = tokio::spawn(async move { client.sign_out().await });
    one.clock.until_slept(1).await;
    one.clock.advance(10);
    sign_out.await.unwrap();
    assert_eq!(one.store.session(), None);

    gate.open.notify_one();

    assert!(refresh.await.unwrap().is_err());
    assert_eq!((one.client.state(), one.store.session()), (ELSEWHERE, None));
}

#[tokio::test]
async fn a_lock_that_cannot_be_had_stops_nobody_and_signs_nobody_out() {
    let (one, _) = two(rotating).await;
    one.store.unlockable.store(true, SeqCst);
    one.client.refresh().await.unwrap();
    one.store.unlockable.store(false, SeqCst);

    let hung = supabase_session::SessionStore::lock(&*one.store).await.unwrap();
    let client = one.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    // Before the request, and again before its answer is stored.
    for wait in 1..=2 {
        one.clock.until_slept(wait).await;
        one.clock.advance(10);
    }
    refresh.await.unwrap().unwrap();
    drop(hung);

    assert_eq!(refresh_tokens(&one), ["refresh-1", "refresh-2"]);
    assert_eq!(one.store.session(), Some(issued(3)));
}

#[tokio::test]
async fn a_store_that_cannot_be_read_or_makes_no_sense_changes_nothing() {
    let (one, other) = two(rotating).await;
    one.client.sign_out().await;
    one.store.unreadable.store(true, SeqCst);
    other.client.refresh_soon().await;
    assert!(other.is_signed_in());
    one.store.unreadable.store(false, SeqCst);
    one.store.values.lock().unwrap().insert("sb-abcd-auth-token".to_owned(), "{damaged".to_owned());

    other.client.refresh_soon().await;
    assert!(other.is_signed_in());
    other.client.refresh().await.unwrap();

    assert_eq!(other.store.session(), Some(issued(2)));
}

#[tokio::test]
async fn an_older_session_that_comes_back_into_the_store_is_not_taken_over() {
    let (one, _) = two(rotating).await;
    let old = one.store.session().unwrap();
    for _ in 0..2 {
        one.clock.advance(3600);
        one.client.refresh().await.unwrap();
    }
    one.store.values.lock().unwrap().insert("sb-abcd-auth-token".to_owned(), old.to_string());

    one.client.refresh_soon().await;
    one.client.refresh().await.unwrap();

    assert_eq!(refresh_tokens(&one), ["refresh-1", "refresh-2", "refresh-3"]);
    assert_eq!(one.store.session(), Some(issued(4)));
}

#[tokio::test]
async fn a_session_that_could_not_be_read_at_first_is_there_once_it_can_be() {
    let (one, _) = two(rotating).await;
    one.store.unreadable.store(true, SeqCst);
    let late = one.restarted();
    assert_eq!(late.client.restore().await, State::Restoring);
    one.store.unreadable.store(false, SeqCst);

    late.client.refresh_soon().await;

    assert!(late.is_signed_in());
}

#[tokio::test]
async fn a_store_that_does_not_answer_holds_no_refresh_up() {
    let world = World::new(rotating).signed_in().await;
    world.store.silent.store(true, SeqCst);

    world.client.refresh().await.unwrap();

    assert!(world.clock.slept().contains(&std::time::Duration::from_secs(10)));
    assert_eq!(world.store.session(), Some(issued(2)));
}

#[tokio::test]
async fn with_a_wrong_wall_clock_two_programs_do_not_refresh_in_turns() {
    let one = World::guarded(rotating);
    one.clock.set_wall(86_400);
    let one = one.signed_in().await;
    let other = one.restarted();
    // The other program knows the session from the store only, by a wrong clock.
    other.client.restore().await;
    for _ in 0..20 {
        other.client.refresh_soon().await;
        one.client.refresh_soon().await;
        one.clock.advance(30);
    }

    assert_eq!(refresh_tokens(&one), ["refresh-1"]);
}

#[tokio::test]
async fn an_end_of_an_older_session_does_not_end_the_one_that_the_other_program_has_begun() {
    let jwt = |session_id: &str| {
        use base64::Engine;
        let claims = json!({"session_id": session_id}).to_string();
        format!("e30.{}.c2ln", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims))
    };
    let begun = move |id: &str| {
        let mut session = session(id);
        session["access_token"] = json!(jwt(id));
        session
    };
    let first = begun("1");
    let (one, other) = two(move |_| ok(first.clone())).await;
    other.server.now(|_| offline());
    let second = begun("2");
    one.server.now(move |seen| match seen.what() {
        "password" => ok(second.clone()),
        // Asked with the old session's token.
        _ => refuse(403, "session_not_found"),
    });
    one.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();

    assert!(other.client.get_user().await.is_err());

    assert!(other.is_signed_in());
    assert_eq!(other.store.session().unwrap()["refresh_token"], "refresh-2");
}

#[tokio::test]
async fn each_program_keeps_the_others_flows_and_completes_their_links() {
    let one = World::guarded(|seen| if seen.what() == "pkce" { ok(session("1")) } else { ok(json!({})) });
    let other = one.restarted();
    one.client.restore().await;
    other.client.restore().await;
    let begun = one.client.send_magic_link(EMAIL, true).await.unwrap();
    let link = one.server.last().query("redirect_to").unwrap().to_owned();
    other.client.send_recovery(EMAIL).await.unwrap();

    assert_eq!(one.restarted().client.restore().await, State::SignedOut(None));
    let third = one.restarted();
    third.client.restore().await;
    assert_eq!(third.client.pending().len(), 2);
    let completed = other.client.complete(&format!("{link}&code=c")).await.unwrap();

    assert!(matches!(completed, Completed::SignedIn(_)));
    assert!(link.starts_with(REDIRECT));
    one.client.refresh_soon().await;
    assert!(one.is_signed_in());
    assert!(one.client.pending().iter().all(|flow| flow.id != begun.id));
    assert_eq!((one.client.pending().len(), one.store.slots().len()), (1, 1));
}

#[tokio::test]
async fn a_flow_that_one_program_prolonged_does_not_expire_in_the_other() {
    let one = World::guarded(|_| ok(json!({})));
    let other = one.restarted();
    let flow = one.client.send_magic_link(EMAIL, true).await.unwrap();
    other.client.restore().await;
    one.clock.advance(3000);
    one.client.resend(&flow.id).await.unwrap();
    one.clock.advance(1000);

    other.client.refresh_soon().await;

    assert_eq!(other.client.pending().len(), 1);
    assert_eq!(one.store.slots().len(), 1);
}

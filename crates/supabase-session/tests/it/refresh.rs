//! Refresh: one request for all callers, which no dropped caller stops and which loses against a sign-out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use supabase_session::{ApiError, HttpError, RefreshError, SignOutCause, State, TransportError};

use crate::fake::{EMAIL, FakeClock, Gate, Reply, World, offline, ok, raw, session, user};

const ASKED: State = State::SignedOut(Some(SignOutCause::Asked));

/// Signed in; refreshes answer `reply`, everything else the user.
pub(crate) async fn world(reply: impl Fn() -> Reply + Send + Sync + 'static) -> World {
    World::new(move |seen| if seen.what() == "refresh_token" { reply() } else { ok(user(EMAIL)) })
        .signed_in()
        .await
}

/// As [`world`], with every refresh held at a gate.
async fn gated(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (World, Arc<Gate>) {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    (world(move || Reply::Gate(Arc::clone(&held), Box::new(reply()))).await, gate)
}

#[tokio::test]
async fn a_refresh_replaces_the_tokens_everywhere_and_keeps_the_generation() {
    let world = world(|| ok(session("2"))).await;
    let before = world.client.state();

    world.client.refresh().await.unwrap();

    let request = world.server.last();
    assert_eq!(request.body, serde_json::json!({"refresh_token": "refresh-1"}));
    assert_eq!(request.bearer(), "sb_publishable_key");
    assert_eq!(world.store.session(), Some(session("2")));
    assert_eq!(world.client.state(), before);
    world.client.get_user().await.unwrap();
    assert_eq!(world.server.last().bearer(), "access-2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_callers_at_expiry_cause_one_refresh() {
    let world = world(|| ok(session("2"))).await;
    for expiry in 1..=20 {
        world.clock.advance(3600);
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let client = world.client.clone();
                tokio::spawn(async move { client.get_user().await })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap().unwrap();
        }

        assert_eq!(world.server.count("refresh_token"), expiry);
    }
}

#[tokio::test]
async fn a_fresh_token_is_used_and_one_with_little_left_is_refreshed_first() {
    let world = world(|| ok(session("2"))).await;
    world.clock.advance(3600 - 90);
    world.client.get_user().await.unwrap();
    assert_eq!(world.server.count("refresh_token"), 0);

    world.clock.advance(1);
    world.client.get_user().await.unwrap();

    assert_eq!(world.server.count("refresh_token"), 1);
    assert_eq!(world.server.last().bearer(), "access-2");
}

#[tokio::test]
async fn a_token_known_to_be_expired_is_never_sent() {
    let world = world(offline).await;
    world.clock.advance(3601);

    assert_eq!(world.client.get_user().await, Err(ApiError::Http(HttpError::Offline)));

    assert_eq!(world.server.count("user"), 0);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn a_failed_refresh_does_not_stop_requests_while_the_token_is_good() {
    let world = world(offline).await;
    world.clock.advance(3600 - 60);

    world.client.get_user().await.unwrap();

    assert_eq!(world.server.last().bearer(), "access-1");
}

#[tokio::test]
async fn a_sign_out_while_the_refresh_is_on_its_way_wins() {
    let (world, gate) = gated(|| ok(session("2"))).await;
    let client = world.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    world.client.sign_out().await;
    gate.open.notify_one();

    assert_eq!(refresh.await.unwrap(), Err(RefreshError::SignedOut));
    assert_eq!((world.client.state(), world.store.session()), (ASKED, None));
}

#[tokio::test]
async fn a_sign_out_while_the_refreshed_session_is_being_stored_wins() {
    let world = world(|| ok(session("2"))).await;
    let gate = Arc::new(Gate::default());
    *world.store.gate.lock().unwrap() = Some(Arc::clone(&gate));
    let client = world.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    let client = world.client.clone();
    let sign_out = tokio::spawn(async move { client.sign_out().await });
    tokio::task::yield_now().await;
    gate.open.notify_one();
    let _either = refresh.await.unwrap();
    sign_out.await.unwrap();

    assert_eq!((world.client.state(), world.store.session()), (ASKED, None));
}

#[tokio::test]
async fn a_new_sign_in_while_the_refresh_is_on_its_way_wins() {
    let (world, gate) = gated(|| ok(session("2"))).await;
    let client = world.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    world.server.now(|_| ok(session("3")));
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    gate.open.notify_one();

    assert_eq!(refresh.await.unwrap(), Err(RefreshError::SignedOut));
    assert_eq!(world.store.session(), Some(session("3")));
}

#[tokio::test]
async fn an_end_that_comes_for_an_older_session_does_not_end_the_new_one() {
    let (world, gate) = gated(|| crate::fake::refuse(400, "refresh_token_not_found")).await;
    world.clock.advance(4000);
    let client = world.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    world.server.now(|_| ok(session("3")));
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    gate.open.notify_one();
    assert_eq!(refresh.await.unwrap(), Err(RefreshError::SignedOut));

    assert!(world.is_signed_in());
    assert_eq!(world.store.session(), Some(session("3")));
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cut_a_rotation_in_half() {
    let (world, gate) = gated(|| ok(session("2"))).await;
    let client = world.client.clone();
    let caller = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;

    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    let client = world.client.clone();
    let other = tokio::spawn(async move { client.refresh().await });
    tokio::task::yield_now().await;
    gate.open.notify_one();

    other.await.unwrap().unwrap();
    assert_eq!(world.server.count("refresh_token"), 1);
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn a_lost_answer_is_retried_with_the_same_token_after_growing_pauses_with_jitter() {
    let count = AtomicUsize::new(0);
    let world =
        world(move || if count.fetch_add(1, SeqCst) < 2 { offline() } else { ok(session("2")) }).await;

    world.client.refresh().await.unwrap();

    let sent: Vec<_> = world.server.seen().iter().map(|seen| seen.body["refresh_token"].clone()).collect();
    assert_eq!(sent, ["refresh-1", "refresh-1", "refresh-1"]);
    let slept = world.clock.slept();
    assert_eq!(slept.len(), 2);
    assert!((200..=300).contains(&slept[0].as_millis()), "{slept:?}");
    assert!((400..=600).contains(&slept[1].as_millis()), "{slept:?}");
}

#[tokio::test]
async fn after_a_failure_the_token_cools_down_for_a_minute_and_is_then_tried_once() {
    let world = world(offline).await;
    assert_eq!(world.client.refresh().await, Err(RefreshError::Http(HttpError::Offline)));
    let first = world.server.count("refresh_token");

    world.clock.advance(59);
    assert_eq!(world.client.refresh().await, Err(RefreshError::Http(HttpError::Offline)));
    assert_eq!(world.server.count("refresh_token"), first);
    world.clock.advance(1);
    assert_eq!(world.client.refresh().await, Err(RefreshError::Http(HttpError::Offline)));

    assert_eq!(first, 3);
    assert_eq!(world.server.count("refresh_token"), 4);
}

#[tokio::test]
async fn retry_after_is_honoured_up_to_an_hour() {
    for (header, wait) in [("5", 60), ("300", 300), ("Fri, 15 Jan 2027 08:10:00 GMT", 600), ("86400", 3600)] {
        let world = world(move || raw(429, &[("retry-after", header)], "{}")).await;
        assert!(matches!(
            world.client.refresh().await,
            Err(RefreshError::Http(HttpError::RateLimited { .. }))
        ));

        world.clock.advance(wait - 1);
        let _cooling = world.client.refresh().await;
        assert_eq!(world.server.count("refresh_token"), 1, "{header}");
        world.clock.advance(1);
        let _tried = world.client.refresh().await;
        assert_eq!(world.server.count("refresh_token"), 2, "{header}");
    }
}

#[tokio::test]
async fn a_timeout_is_not_retried_at_once() {
    let world = world(|| Reply::Fail(TransportError::Timeout)).await;

    assert_eq!(world.client.refresh().await, Err(RefreshError::Http(HttpError::Timeout)));

    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn a_wall_clock_that_jumps_neither_storms_nor_signs_out() {
    for jump in [86_400, -86_400] {
        let world = world(|| ok(session("2"))).await;
        world.clock.set_wall(jump);
        for _ in 0..50 {
            world.client.get_user().await.unwrap();
        }

        assert!(world.server.count("refresh_token") <= 1, "{jump}");
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn after_a_long_sleep_of_the_machine_the_token_is_refreshed_before_it_is_used() {
    let world = world(|| ok(session("2"))).await;
    // The monotonic clock stood still.
    world.clock.set_wall(8 * 3600);

    world.client.get_user().await.unwrap();

    let sent: Vec<_> = world.server.seen().iter().map(|seen| seen.what().to_owned()).collect();
    assert_eq!(sent, ["refresh_token", "user"]);
}

#[tokio::test]
async fn a_restart_with_an_expired_token_offline_stays_signed_in() {
    let world = world(offline).await;
    world.clock.advance(7200);
    let restarted = world.restarted();

    assert!(restarted.client.restore().await.signed_in().is_some());
    assert_eq!(restarted.client.get_user().await, Err(ApiError::Http(HttpError::Offline)));

    assert!(restarted.is_signed_in());
    assert_eq!(world.store.session(), Some(session("1")));
}

#[tokio::test]
async fn keep_fresh_looks_every_half_minute_and_refreshes_in_time() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |_| ok(session("2"))).signed_in().await;
    let client = world.client.clone();
    let keeper = tokio::spawn(async move { client.keep_fresh().await });
    let mut looks = 1;
    while world.server.count("refresh_token") == 0 {
        clock.until_slept(looks).await;
        assert_eq!(clock.slept().last(), Some(&Duration::from_secs(30)));
        clock.advance(30);
        looks += 1;
        clock.until_slept(looks).await;
    }

    keeper.abort();
    // 3600 s - 90 s is reached by the 117th sync; the 118th finds less than 90 s.
    assert_eq!(looks, 119);
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn a_sign_out_with_an_expired_token_waits_for_the_refresh_that_is_on_its_way() {
    let (world, gate) = gated(|| ok(session("2"))).await;
    world.clock.advance(3600);
    let client = world.client.clone();
    let refresh = tokio::spawn(async move { client.refresh().await });
    gate.reached.notified().await;
    let client = world.client.clone();
    let sign_out = tokio::spawn(async move { client.sign_out().await });
    world.client.watch().wait_for(|state| *state == ASKED).await.unwrap();
    // As many turns as a request of its own would take.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.server.count("refresh_token"), 1, "never two at once");

    gate.open.notify_one();
    assert_eq!(refresh.await.unwrap(), Err(RefreshError::SignedOut));
    gate.reached.notified().await;
    gate.open.notify_one();
    sign_out.await.unwrap();

    assert_eq!((world.server.count("refresh_token"), world.server.count("logout")), (2, 1));
    assert_eq!((world.client.state(), world.store.session()), (ASKED, None));
}

#[tokio::test]
async fn nobody_is_nobody() {
    let world = World::new(|_| ok(session("2")));
    world.client.restore().await;

    assert_eq!(world.client.refresh().await, Err(RefreshError::SignedOut));
    assert_eq!(world.client.get_user().await, Err(ApiError::SignedOut));
    assert!(world.server.seen().is_empty());
}

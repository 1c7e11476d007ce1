//! `refresh_soon`: a sync at once when the server may be reachable again, and never a storm of requests.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use supabase_session::{HttpError, RefreshError, StoreHealth};

use crate::deadline::Deadline;
use crate::fake::{EMAIL, FakeClock, Gate, Reply, World, offline, ok, raw, session, user};

async fn world(refresh: impl Fn() -> Reply + Send + Sync + 'static) -> World {
    World::new(move |seen| if seen.what() == "refresh_token" { refresh() } else { ok(user(EMAIL)) })
        .signed_in()
        .await
}

#[tokio::test]
async fn refresh_soon_refreshes_only_when_little_is_left() {
    let world = world(|| ok(session("2"))).await;
    world.client.refresh_soon().await;
    world.clock.advance(3600 - 90);
    world.client.refresh_soon().await;
    assert!(world.server.seen().is_empty());

    world.clock.advance(1);
    world.client.refresh_soon().await;

    assert_eq!(world.server.count("refresh_token"), 1);
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn refresh_soon_after_an_outage_does_not_wait_for_the_cool_down() {
    let world = world(offline).await;
    world.clock.advance(3600);
    assert_eq!(world.client.refresh().await, Err(RefreshError::Http(HttpError::Offline)));
    let failed = world.server.count("refresh_token");
    world.server.now(|_| ok(session("2")));

    world.client.refresh_soon().await;

    assert_eq!(world.server.count("refresh_token"), failed + 1);
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn many_calls_of_refresh_soon_during_an_outage_are_one_attempt_in_ten_seconds() {
    let world = world(offline).await;
    world.clock.advance(3600);
    world.client.refresh_soon().await;
    let before = world.server.count("refresh_token");

    // A hundred seconds, ten calls in each.
    for _ in 0..100 {
        world.clock.advance(1);
        for _ in 0..10 {
            world.client.refresh_soon().await;
        }
    }

    assert_eq!(world.server.count("refresh_token") - before, 10);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn refresh_soon_right_after_a_failed_one_is_not_lost_but_comes_late() {
    let world = world(offline).await;
    world.clock.advance(3600);
    world.client.refresh_soon().await;
    world.client.refresh_soon().await;
    let failed = world.server.count("refresh_token");
    world.server.now(|seen| if seen.what() == "refresh_token" { ok(session("2")) } else { ok(user(EMAIL)) });

    // The network returns, and the window says so, five seconds after it was in front.
    world.clock.advance(5);
    world.client.refresh_soon().await;
    assert_eq!(world.server.count("refresh_token"), failed);
    world.clock.advance(5);
    world.client.get_user().await.unwrap();

    assert_eq!(world.server.count("refresh_token"), failed + 1);
}

#[tokio::test]
async fn refresh_soon_does_not_cut_short_what_the_server_asked_for() {
    let world = world(|| raw(429, &[("retry-after", "300")], "{}")).await;
    world.clock.advance(3600);
    world.client.refresh_soon().await;
    assert_eq!(world.server.count("refresh_token"), 1);

    world.clock.advance(299);
    world.client.refresh_soon().await;
    assert_eq!(world.server.count("refresh_token"), 1);
    world.clock.advance(1);
    world.client.refresh_soon().await;

    assert_eq!(world.server.count("refresh_token"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_calls_of_refresh_soon_at_once_are_one_sync() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = world(move || Reply::Gate(Arc::clone(&held), Box::new(ok(session("2"))))).await;
    world.clock.advance(3600);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = world.client.clone();
            tokio::spawn(async move { client.refresh_soon().await })
        })
        .collect();
    gate.reached.notified().await;
    gate.open.notify_one();
    for call in calls {
        call.await.unwrap();
    }

    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn refresh_soon_writes_what_the_store_lacks() {
    let world = World::with_clock(FakeClock::manual(), |_| ok(session("2"))).signed_in().await;
    world.store.broken.store(true, SeqCst);
    world.client.refresh().await.unwrap();
    assert_eq!(*world.client.watch_store().borrow(), StoreHealth::Unsaved);
    world.store.broken.store(false, SeqCst);

    world.client.refresh_soon().await;

    assert_eq!(*world.client.watch_store().borrow(), StoreHealth::Saved);
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn before_the_store_is_read_and_while_nobody_is_signed_in_refresh_soon_does_nothing() {
    let world = world(|| ok(session("2"))).await;
    world.clock.advance(3600);
    let restarted = world.restarted();

    restarted.client.refresh_soon().await;
    restarted.client.restore().await;
    assert!(restarted.is_signed_in());
    restarted.server.now(|_| raw(204, &[], ""));
    restarted.client.sign_out().await;
    let sent = restarted.server.seen().len();
    restarted.client.refresh_soon().await;

    assert_eq!(restarted.server.seen().len(), sent);
}

/// Runs `keep_fresh` into a failed refresh, lets the clocks do something, and gives how often it was tried then.
async fn tried_after(change: impl FnOnce(&FakeClock)) -> usize {
    let clock = FakeClock::manual();
    let world =
        World::with_clock(Arc::clone(&clock), |_| Reply::Fail(supabase_session::TransportError::Timeout))
            .signed_in()
            .await;
    clock.advance(3600);
    let client = world.client.clone();
    let keeper = tokio::spawn(async move { client.keep_fresh().await });
    clock.until_slept(1).await;
    let before = world.server.count("refresh_token");
    assert_eq!(before, 1);

    change(&clock);
    clock.advance(30);
    clock.until_slept(2).await;

    keeper.abort();
    world.server.count("refresh_token") - before
}

#[tokio::test]
async fn keep_fresh_notices_that_the_machine_slept_and_does_not_wait_for_the_cool_down() {
    let _deadline = Deadline::here();
    // Thirty seconds of a minute's cool-down; one that the monotonic clock alone would see.
    assert_eq!(tried_after(|_| ()).await, 0);
    assert_eq!(tried_after(|clock| clock.set_wall(-8 * 3600)).await, 0);
    assert_eq!(tried_after(|clock| clock.set_wall(31)).await, 1);
    assert_eq!(tried_after(|clock| clock.set_wall(8 * 3600)).await, 1);
}

//! Refreshes on a store that fails or takes its time.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use supabase_session::{ServerSignOut, StoreHealth};

use crate::fake::{EMAIL, FakeClock, Gate, World, ok, raw, session, user};
use crate::refresh::world;

#[tokio::test]
async fn a_refreshed_session_that_cannot_be_stored_is_held_and_said_so() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |seen| {
        if seen.what() == "user" { ok(user(EMAIL)) } else { ok(session("2")) }
    })
    .signed_in()
    .await;
    world.store.broken.store(true, SeqCst);

    world.client.refresh().await.unwrap();

    assert_eq!(*world.client.watch_store().borrow(), StoreHealth::Unsaved);
    assert_eq!(
        world.store.session(),
        Some(session("1")),
        "the old one, the new one's parent, is still there"
    );
    world.client.get_user().await.unwrap();
    assert_eq!(world.server.last().bearer(), "access-2");
    world.store.broken.store(false, SeqCst);
    clock.until_slept(1).await;
    clock.advance(1);
    world.client.watch_store().wait_for(|health| *health == StoreHealth::Saved).await.unwrap();
    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn however_long_the_store_fails_it_falls_back_by_one_generation_only() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |seen| {
        // As the server does: a parent gets its child again, the newest one a child of its own.
        if seen.body["refresh_token"] == "refresh-1" { ok(session("2")) } else { ok(session("3")) }
    })
    .signed_in()
    .await;
    world.store.broken.store(true, SeqCst);
    for _ in 0..3 {
        world.client.refresh().await.unwrap();
        clock.advance(3600);
    }

    let sent: Vec<_> = world.server.seen().iter().map(|seen| seen.body["refresh_token"].clone()).collect();
    assert_eq!(sent, ["refresh-1", "refresh-1", "refresh-1"], "a restart finds the parent of the newest");
    world.store.broken.store(false, SeqCst);
    world.client.refresh().await.unwrap();
    assert_eq!(world.server.last().body["refresh_token"], "refresh-2", "stored now, so it moves on");
    assert_eq!(world.store.session(), Some(session("3")));
}

#[tokio::test]
async fn a_sign_out_on_a_store_that_cannot_be_emptied_leaves_no_token_there_that_is_two_generations_old() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |seen| match seen.what() {
        "logout" => raw(204, &[], ""),
        // As the server does: a parent gets its child again, the newest one a child of its own.
        _ if seen.body["refresh_token"] == "refresh-1" => ok(session("2")),
        _ => ok(session("3")),
    })
    .signed_in()
    .await;
    world.store.broken.store(true, SeqCst);
    world.client.refresh().await.unwrap();
    clock.advance(3600);

    let report = world.client.sign_out().await;

    assert_eq!((report.server, report.store.is_some()), (ServerSignOut::Confirmed, true));
    let seen = world.server.seen();
    let asked: Vec<_> = seen.iter().map(|seen| (seen.what(), seen.body["refresh_token"].as_str())).collect();
    let again = ("refresh_token", Some("refresh-1"));
    assert_eq!(asked, [again, again, ("logout", None)], "the store still holds the parent of the newest");
    assert_eq!(world.server.last().bearer(), "access-2");
}

#[tokio::test]
async fn a_token_that_ended_while_it_was_being_stored_is_not_sent() {
    let world = world(|| ok(session("2"))).await;
    world.clock.advance(3600);
    let gate = Arc::new(Gate::default());
    *world.store.gate.lock().unwrap() = Some(Arc::clone(&gate));
    let client = world.client.clone();
    let caller = tokio::spawn(async move { client.get_user().await });
    gate.reached.notified().await;

    // The machine sleeps.
    world.clock.set_wall(8 * 3600);
    gate.open.notify_one();
    caller.await.unwrap().unwrap();

    let sent: Vec<_> = world.server.seen().iter().map(|seen| seen.what().to_owned()).collect();
    assert_eq!(sent, ["refresh_token", "refresh_token", "user"]);
}

#[tokio::test]
async fn whoever_is_about_to_end_the_process_hears_whether_the_store_has_everything() {
    let world = World::with_clock(FakeClock::manual(), |_| ok(session("2"))).signed_in().await;
    assert!(world.client.flush().await);
    world.store.broken.store(true, SeqCst);
    world.client.refresh().await.unwrap();
    assert!(!world.client.flush().await);
    world.store.broken.store(false, SeqCst);

    assert!(world.client.flush().await);
    assert_eq!(world.store.session(), Some(session("2")));
}

//! Figures to reach: how many requests an outage, a hundred callers and a night's sleep may cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use async_trait::async_trait;
use supabase_session::{
    ApiError, Client, Clock, HttpError, MemoryStore, Request, Response, Transport, TransportError,
};

use crate::deadline::Deadline;
use crate::fake::{EMAIL, FakeClock, Seen, World, offline, ok, project, raw, session, user};

const HOUR: u64 = 3600;
const DAY: i64 = 86_400;

fn is_refresh(seen: &Seen) -> bool {
    seen.what() == "refresh_token"
}

/// A server that counts refreshes and other requests, and grants each. (`Server` keeps every request, and here come a
/// hundred thousand.)
#[derive(Default)]
struct Counter {
    refreshes: AtomicUsize,
    others: AtomicUsize,
}

#[async_trait]
impl Transport for Counter {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let grant = request.url.query().is_some_and(|query| query.contains("grant_type"));
        tokio::task::yield_now().await;
        let (count, body) = match grant {
            true => (&self.refreshes, session("2").to_string()),
            false => (&self.others, "{}".to_owned()),
        };
        count.fetch_add(1, SeqCst);
        Ok(Response { status: 200, headers: Vec::new(), body: body.into() })
    }
}

#[tokio::test]
async fn a_hundred_callers_at_a_thousand_expiries_are_exactly_a_thousand_refreshes() {
    let _deadline = Deadline::here();
    let (counter, clock) = (Arc::new(Counter::default()), FakeClock::auto());
    let client = Client::builder(project(), Arc::new(MemoryStore::new()))
        .transport(Arc::clone(&counter) as Arc<dyn Transport>)
        .clock(Arc::clone(&clock) as Arc<dyn Clock>)
        .build();
    client.restore().await;
    client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    counter.refreshes.store(0, SeqCst);
    for _ in 0..1000 {
        clock.advance(HOUR);
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let rest = client.rest();
                tokio::spawn(async move {
                    let none: &[(&str, &str)] = &[];
                    rest.select_one::<serde_json::Value>("profiles", "id", none).await
                })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap().unwrap();
        }
    }

    assert_eq!((counter.refreshes.load(SeqCst), counter.others.load(SeqCst)), (1000, 100 * 1000));
}

#[tokio::test]
async fn an_outage_of_a_day_costs_at_most_one_attempt_a_minute_and_no_sign_out() {
    let world = World::new(|_| offline()).signed_in().await;
    world.clock.advance(HOUR);
    for look in 1..=24 * 60 * 2_usize {
        assert_eq!(world.client.get_user().await, Err(ApiError::Http(HttpError::Offline)));
        world.clock.advance(30);
        // Counting is slow: often at the beginning, then every hour.
        if look > 20 && look % 120 != 0 {
            continue;
        }
        // The first refresh tries three times; from the fourth minute on it is one a minute, whenever it is counted.
        let minutes_begun = look.div_ceil(2);
        assert!(world.server.count("refresh_token") <= minutes_begun.max(4), "{look}");
    }

    let attempts = world.server.count("refresh_token");
    assert!((24 * 60 - 10..=24 * 60).contains(&attempts), "{attempts}");
    assert!(world.is_signed_in());
    world.server.now(|seen| if is_refresh(seen) { ok(session("2")) } else { ok(user(EMAIL)) });
    world.clock.advance(60);
    world.client.get_user().await.unwrap();
}

#[tokio::test]
async fn a_network_that_was_away_for_a_moment_costs_one_minute_only() {
    let world =
        World::new(|seen| if is_refresh(seen) { offline() } else { ok(user(EMAIL)) }).signed_in().await;
    world.clock.advance(HOUR);
    let _offline = world.client.get_user().await.unwrap_err();
    assert_eq!(world.server.count("refresh_token"), 3);

    world.server.now(|seen| if is_refresh(seen) { ok(session("2")) } else { ok(user(EMAIL)) });
    world.clock.advance(60);

    world.client.get_user().await.unwrap();
}

#[tokio::test]
async fn eight_hours_of_sleep_are_one_refresh_on_wake_whoever_asks() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |seen| {
        if is_refresh(seen) { ok(session("2")) } else { ok(user(EMAIL)) }
    })
    .signed_in()
    .await;
    let client = world.client.clone();
    let keeper = tokio::spawn(async move { client.keep_fresh().await });
    clock.until_slept(1).await;

    // The monotonic clock stands still; on wake the keeper's sleep ends and a hundred windows ask.
    clock.set_wall(8 * 3600);
    clock.advance(30);
    let windows: Vec<_> = (0..100)
        .map(|_| {
            let client = world.client.clone();
            tokio::spawn(async move { client.get_user().await })
        })
        .collect();
    for window in windows {
        window.await.unwrap().unwrap();
    }
    clock.until_slept(2).await;
    keeper.abort();

    assert_eq!(world.server.count("refresh_token"), 1);
}

/// A server that takes no token but the newest.
fn strict(seen: &Seen) -> crate::fake::Reply {
    if is_refresh(seen) {
        ok(session("2"))
    } else if seen.bearer() == "access-2" {
        ok(user(EMAIL))
    } else {
        raw(403, &[], r#"{"code":"bad_jwt","message":"token is expired"}"#)
    }
}

#[tokio::test]
async fn a_program_that_starts_with_a_clock_a_day_off_refreshes_once_and_stays_signed_in() {
    for wrong in [DAY, -DAY] {
        let world = World::new(strict).signed_in().await;
        world.clock.advance(2 * HOUR);
        world.clock.set_wall(wrong);
        let restarted = world.restarted();
        restarted.client.restore().await;
        for _ in 0..50 {
            restarted.client.get_user().await.unwrap();
        }

        let refused = world.server.seen().iter().filter(|seen| seen.bearer() == "access-1").count();
        assert!(refused <= usize::from(wrong < 0), "{wrong}: a clock that is behind may err once, {refused}");
        assert_eq!(world.server.count("refresh_token"), 1, "{wrong}");
        assert!(restarted.is_signed_in());
    }
}

#[tokio::test]
async fn a_clock_that_jumps_a_day_to_and_fro_all_day_costs_no_more_than_one_refresh_a_jump() {
    let world = World::new(|seen| if is_refresh(seen) { ok(session("2")) } else { ok(user(EMAIL)) })
        .signed_in()
        .await;
    for jump in 0..24 {
        world.clock.set_wall(if jump % 2 == 0 { DAY } else { -DAY });
        for _ in 0..20 {
            world.client.get_user().await.unwrap();
        }
        world.clock.advance(60);
    }

    assert!(world.server.count("refresh_token") <= 24);
    assert!(world.is_signed_in());
    assert!(
        world.clock.slept().iter().all(|pause| *pause < Duration::from_secs(1)),
        "no cool-down was begun"
    );
}

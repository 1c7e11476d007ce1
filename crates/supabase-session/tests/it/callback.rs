//! Links that come back.

use std::sync::Arc;

use supabase_session::{CallbackError, Completed, HttpError, ServerCode, State};

use crate::fake::{EMAIL, FakeClock, Gate, REDIRECT, Reply, World, offline, ok, raw, refuse, session, user};
use crate::sign_up::{nonce_sent, wish};

/// A sign-up waits for its mail; the link with code `c` is given.
async fn waiting() -> (World, String) {
    // The clock stands still: a hundred callers that each wait for the store would make the hour go by.
    let world = World::with_clock(FakeClock::manual(), |_| ok(user(EMAIL)));
    world.client.sign_up(wish(EMAIL)).await.unwrap();
    let nonce = nonce_sent(&world.server.last());
    world.server.now(|_| ok(session("1")));
    (world, format!("{REDIRECT}?code=c&flow={nonce}"))
}

async fn error(world: &World, link: &str) -> CallbackError {
    world.client.complete(link).await.unwrap_err()
}

/// Whether the flow still waits and nobody is signed in.
fn still_waiting(world: &World) -> bool {
    let pending = world.client.pending();
    pending.len() == 1 && !pending[0].exchanging && world.store.slots().len() == 1 && !world.is_signed_in()
}

fn over(world: &World) -> bool {
    world.client.pending().is_empty() && world.store.slots().is_empty()
}

#[tokio::test]
async fn the_link_signs_in_with_the_flows_verifier_and_the_flow_is_over() {
    let (world, link) = waiting().await;
    let verifier = world.store.slots()[0]["code_verifier"].clone();

    let completed = world.client.complete(&link).await.unwrap();

    let request = world.server.last();
    assert_eq!(request.what(), "pkce");
    assert_eq!(request.body, serde_json::json!({"auth_code": "c", "code_verifier": verifier}));
    assert!(matches!(completed, Completed::SignedIn(user) if user.email.as_deref() == Some(EMAIL)));
    assert!(world.client.state().signed_in().unwrap().verified);
    assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
    assert!(over(&world));
}

#[tokio::test]
async fn a_pending_flow_survives_a_restart_and_the_link_may_come_before_the_store_is_read() {
    let (world, link) = waiting().await;

    let restarted = world.restarted();
    assert_eq!(restarted.client.state(), State::Restoring);
    restarted.client.complete(&link).await.unwrap();

    assert!(restarted.is_signed_in());
    assert!(over(&restarted));
}

#[tokio::test]
async fn a_link_that_is_not_of_a_pending_flow_causes_no_request_and_no_change() {
    let (world, link) = waiting().await;
    let sent = world.server.seen().len();
    let nonce = link.rsplit('=').next().unwrap().to_owned();
    let table = [
        (format!("{REDIRECT}?code=c"), CallbackError::Unknown),
        (format!("{REDIRECT}?code=c&flow=wrong"), CallbackError::Unknown),
        (format!("{REDIRECT}?code=c&flow={}", &nonce[1..]), CallbackError::Unknown),
        (format!("{REDIRECT}?code=c#flow={nonce}"), CallbackError::Unknown),
        (format!("{REDIRECT}?error=access_denied&flow=wrong"), CallbackError::Unknown),
        (format!("{REDIRECT}?flow={nonce}"), CallbackError::Malformed),
        (format!("{REDIRECT}?code=c&code=d&flow={nonce}"), CallbackError::Malformed),
        (format!("{REDIRECT}/?code=c&flow={nonce}"), CallbackError::Malformed),
        (format!("app.foyer.desktop://evil/callback?code=c&flow={nonce}"), CallbackError::Malformed),
        (
            format!("{REDIRECT}?flow={nonce}#access_token=a&refresh_token=r&token_type=bearer"),
            CallbackError::Malformed,
        ),
        (format!("{REDIRECT}?code=c&flow={nonce}&x={}", "y".repeat(16 << 10)), CallbackError::Malformed),
        (String::new(), CallbackError::Malformed),
    ];
    for (link, expected) in table {
        assert_eq!(error(&world, &link).await, expected, "{link}");
        assert!(still_waiting(&world), "{link}");
    }
    assert_eq!(world.server.seen().len(), sent);

    world.client.complete(&link).await.unwrap();
}

#[tokio::test]
async fn tokens_in_a_link_do_not_change_who_is_signed_in() {
    let world = World::new(|_| offline()).signed_in().await;
    let before = (world.client.state(), world.store.session());

    let link = format!(
        "{REDIRECT}#access_token=evil&expires_in=3600&refresh_token=evil&token_type=bearer&type=signup"
    );
    assert_eq!(error(&world, &link).await, CallbackError::SignedIn);

    assert_eq!((world.client.state(), world.store.session()), before);
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn a_flow_is_forgotten_after_an_hour() {
    let (world, link) = waiting().await;
    let sent = world.server.seen().len();
    world.clock.advance(3600);

    assert_eq!(error(&world, &link).await, CallbackError::Unknown);
    assert!(world.client.pending().is_empty());
    assert_eq!(world.server.seen().len(), sent);
    let restarted = world.restarted();
    restarted.client.restore().await;
    assert!(over(&restarted));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_link_a_hundred_times_at_once_is_one_exchange() {
    let (world, link) = waiting().await;
    let attempts: Vec<_> = (0..100)
        .map(|_| {
            let (client, link) = (world.client.clone(), link.clone());
            tokio::spawn(async move { client.complete(&link).await })
        })
        .collect();

    let mut signed_in = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(Completed::SignedIn(_)) => signed_in += 1,
            Err(error) => assert_eq!(error, CallbackError::Spent),
            other => panic!("{other:?}"),
        }
    }

    assert!(signed_in >= 1);
    assert_eq!(world.server.count("pkce"), 1);
    assert!(world.is_signed_in());
    assert!(over(&world));
}

#[tokio::test]
async fn a_link_that_comes_again_is_spent_without_a_request() {
    let (world, link) = waiting().await;
    world.client.complete(&link).await.unwrap();

    assert_eq!(error(&world, &link).await, CallbackError::Spent);

    assert_eq!(world.server.count("pkce"), 1);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn after_a_fault_on_the_way_the_same_link_works() {
    let faults: [(fn() -> Reply, HttpError); 5] = [
        (offline, HttpError::Offline),
        (|| Reply::Fail(supabase_session::TransportError::Timeout), HttpError::Timeout),
        (|| raw(503, &[], "<html>"), HttpError::ServerTrouble { status: 503 }),
        (|| raw(200, &[], "<html>airport</html>"), HttpError::WebPage),
        (
            || raw(429, &[("retry-after", "3")], ""),
            HttpError::RateLimited { retry_after: Some(std::time::Duration::from_secs(3)) },
        ),
    ];
    for (fault, expected) in faults {
        let (world, link) = waiting().await;
        world.server.now(move |_| fault());
        assert_eq!(error(&world, &link).await, CallbackError::Http(expected));
        assert!(still_waiting(&world));

        world.server.now(|_| ok(session("1")));
        world.restarted().client.complete(&link).await.unwrap();
    }
}

#[tokio::test]
async fn a_wrong_verifier_does_not_burn_the_code() {
    let (world, link) = waiting().await;
    world.server.now(|_| refuse(400, "bad_code_verifier"));

    assert_eq!(error(&world, &link.replace("code=c", "code=foreign")).await, CallbackError::ForeignCode);
    assert!(still_waiting(&world));

    world.server.now(|_| ok(session("1")));
    world.client.complete(&link).await.unwrap();
}

#[tokio::test]
async fn what_can_never_work_ends_the_flow() {
    let table = [
        (404, "flow_state_not_found", CallbackError::Spent),
        (422, "flow_state_expired", CallbackError::ConfirmedTooLate),
        (403, "user_banned", CallbackError::Ended(ServerCode::new("user_banned"))),
        (400, "code_of_2031", CallbackError::Ended(ServerCode::new("code_of_2031"))),
    ];
    for (status, code, expected) in table {
        let (world, link) = waiting().await;
        world.server.now(move |_| refuse(status, code));

        assert_eq!(error(&world, &link).await, expected);
        assert!(over(&world), "{code}");
        assert_eq!(error(&world, &link).await, CallbackError::Spent);
        assert_eq!(world.server.count("pkce"), 1);
    }
}

#[tokio::test]
async fn a_link_that_says_no() {
    // The error, its code, what it means, whether the flow lives on.
    let table = [
        ("access_denied", Some("otp_expired"), CallbackError::Spent, true),
        ("server_error", None, CallbackError::Http(HttpError::ServerTrouble { status: 500 }), true),
        (
            "server_error",
            Some("unexpected_failure"),
            CallbackError::Http(HttpError::ServerTrouble { status: 500 }),
            true,
        ),
        ("access_denied", None, CallbackError::Refused, false),
        ("access_denied", Some("flow_state_expired"), CallbackError::ConfirmedTooLate, false),
        (
            "server_error",
            Some("identity_already_exists"),
            CallbackError::Ended(ServerCode::new("identity_already_exists")),
            false,
        ),
        ("%3Cb%3Ehi%3C/b%3E", None, CallbackError::Ended(ServerCode::new("unreadable")), false),
    ];
    for (error_name, code, expected, lives) in table {
        let (world, link) = waiting().await;
        let sent = world.server.seen().len();
        let nonce = link.rsplit('=').next().unwrap();
        let code = code.map(|code| format!("&error_code={code}")).unwrap_or_default();
        let parts = format!("error={error_name}{code}&error_description=Some+text");

        let no = format!("{REDIRECT}?{parts}&flow={nonce}#{parts}&sb=");
        assert_eq!(error(&world, &no).await, expected);

        assert_eq!(still_waiting(&world), lives, "{no}");
        assert_eq!(over(&world), !lives, "{no}");
        assert_eq!(world.server.seen().len(), sent);
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cut_an_exchange_in_half() {
    let (world, link) = waiting().await;
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    world.server.now(move |_| Reply::Gate(Arc::clone(&held), Box::new(ok(session("1")))));
    let client = world.client.clone();
    let caller = tokio::spawn(async move { client.complete(&link).await });
    gate.reached.notified().await;
    let exchanging = world.client.pending()[0].exchanging;

    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    gate.open.notify_one();
    let mut states = world.client.watch();
    states.wait_for(|state| state.signed_in().is_some()).await.unwrap();
    world.client.watch_pending().wait_for(Vec::is_empty).await.unwrap();

    assert!(exchanging);
    assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
}

#[tokio::test]
async fn a_second_code_for_a_flow_waits_for_the_outcome_of_the_first() {
    let (world, link) = waiting().await;
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    world.server.now(move |seen| match seen.body["auth_code"].as_str() {
        Some("c") => Reply::Gate(Arc::clone(&held), Box::new(ok(session("1")))),
        _ => ok(session("2")),
    });
    let (client, first) = (world.client.clone(), link.clone());
    let first = tokio::spawn(async move { client.complete(&first).await });
    gate.reached.notified().await;

    let (client, second) = (world.client.clone(), link.replace("code=c", "code=d"));
    let second = tokio::spawn(async move { client.complete(&second).await });
    tokio::task::yield_now().await;
    gate.open.notify_one();

    assert!(first.await.unwrap().is_ok());
    assert_eq!(second.await.unwrap(), Err(CallbackError::Spent));
    assert_eq!(world.server.count("pkce"), 1);
}

#[tokio::test]
async fn a_link_that_signs_in_never_replaces_whoever_is_signed_in_and_works_after_they_have_gone() {
    let (world, link) = waiting().await;
    world.client.sign_in_with_password("bob@example.com", "Passw0rd!".into()).await.unwrap();
    let sent = world.server.seen().len();

    assert_eq!(error(&world, &link).await, CallbackError::SignedIn);

    assert_eq!(world.server.seen().len(), sent);
    assert_eq!(world.client.pending().len(), 1);
    world.client.sign_out().await;
    assert!(matches!(world.client.complete(&link).await, Ok(Completed::SignedIn(_))));
}

#[tokio::test]
async fn a_pending_flow_survives_restarts_a_refresh_a_second_flow_and_a_sign_out() {
    let (world, link) = waiting().await;
    let world = world.restarted().signed_in().await;
    world.server.now(|seen| match seen.what() {
        "otp" => ok(serde_json::json!({})),
        "refresh_token" => ok(session("2")),
        _ => ok(session("3")),
    });

    world.client.refresh().await.unwrap();
    world.client.send_magic_link("bob@example.com", false).await.unwrap();
    let world = world.restarted();
    world.client.restore().await;
    assert_eq!(world.client.pending().len(), 2);
    world.client.sign_out().await;
    world.client.complete(&link).await.unwrap();

    assert_eq!(world.store.session().unwrap()["access_token"], "access-3");
    assert_eq!(world.client.pending().len(), 1, "the second flow waits on");
    assert_eq!(error(&world, &link).await, CallbackError::Spent);
    assert_eq!(world.server.count("pkce"), 1);
}

//! Sign-in, restart, sign-out, and a store that fails.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use serde_json::json;
use supabase_session::{
    ApiError, HttpError, PasswordInvalid, RequestError, ServerCode, ServerSignOut, SignInError, SignOutCause,
    State, StoreError, StoreHealth, UserUpdate,
};

use crate::fake::{EMAIL, FakeClock, Reply, World, offline, ok, raw, refuse, session, user};

const ASKED: State = State::SignedOut(Some(SignOutCause::Asked));

#[tokio::test]
async fn a_password_signs_in_and_the_store_holds_supabase_js_s_form() {
    let world = World::new(|_| ok(session("1")));
    world.client.restore().await;

    let user = world.client.sign_in_with_password(" ada@example.com", "Passw0rd!".into()).await.unwrap();

    let request = world.server.last();
    assert_eq!((request.what(), request.bearer()), ("password", "sb_publishable_key"));
    assert_eq!(request.body, json!({"email": EMAIL, "password": "Passw0rd!"}));
    assert_eq!(user.user_metadata["full_name"], "Ada");
    assert_eq!(world.store.session().unwrap(), session("1"));
    assert!(world.store.text("sb-abcd-auth-token").is_some());
}

#[tokio::test]
async fn a_restart_is_signed_in_without_the_network_and_unverified_until_the_server_says_so() {
    let world = World::new(|_| ok(user(EMAIL))).signed_in().await;

    let restarted = world.restarted();
    assert_eq!(restarted.client.state(), State::Restoring);
    let state = restarted.client.restore().await;
    assert!(restarted.server.seen().is_empty());
    assert!(!state.signed_in().unwrap().verified);
    assert_eq!(state, restarted.client.restore().await);

    restarted.client.get_user().await.unwrap();
    assert_eq!(restarted.server.last().bearer(), "access-1");
    assert!(restarted.client.state().signed_in().unwrap().verified);
}

#[tokio::test]
async fn an_empty_store_is_signed_out_without_a_cause() {
    let world = World::new(|_| offline());

    assert_eq!(world.client.restore().await, State::SignedOut(None));
}

#[tokio::test]
async fn a_stored_session_that_cannot_be_read_is_lost_with_a_cause_and_not_deleted() {
    for damage in ["", "{", "null", r#"{"access_token":"a"}"#] {
        let world = World::new(|_| offline()).signed_in().await;
        world.store.values.lock().unwrap().insert("sb-abcd-auth-token".to_owned(), damage.to_owned());

        let restarted = world.restarted();

        assert_eq!(restarted.client.restore().await, State::SignedOut(Some(SignOutCause::StoreLost)));
        assert_eq!(world.store.text("-auth-token").as_deref(), Some(damage));
    }
}

#[tokio::test]
async fn a_session_that_cannot_be_read_yet_is_read_again_and_a_sign_in_takes_its_place() {
    let world = World::new(|_| ok(session("1"))).signed_in().await;
    world.store.unreadable.store(true, SeqCst);
    let [read_again, signed_in] = [world.restarted(), world.restarted()];
    for late in [&read_again, &signed_in] {
        assert_eq!(late.client.restore().await, State::Restoring);
    }

    signed_in.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
    assert!(signed_in.is_signed_in());

    world.store.unreadable.store(false, SeqCst);
    assert!(read_again.client.restore().await.signed_in().is_some());
}

#[tokio::test]
async fn each_refusal_of_a_password_has_its_error() {
    let table = [
        (400, "invalid_credentials", SignInError::InvalidCredentials),
        (400, "email_not_confirmed", SignInError::EmailNotConfirmed),
        (400, "user_banned", SignInError::Banned),
        (422, "email_provider_disabled", SignInError::EmailDisabled),
        (400, "captcha_failed", SignInError::CaptchaRequired),
        (
            429,
            "over_request_rate_limit",
            SignInError::Request(RequestError::RateLimited { retry_after: None }),
        ),
        (
            500,
            "unexpected_failure",
            SignInError::Request(RequestError::Http(HttpError::ServerFailed { status: 500 })),
        ),
        (400, "new", SignInError::Request(RequestError::Unexpected { code: ServerCode::new("new") })),
    ];
    for (status, code, expected) in table {
        let world = World::new(move |_| refuse(status, code));
        world.client.restore().await;

        let error = world.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap_err();

        assert_eq!(error, expected);
        assert_eq!(world.client.state(), State::SignedOut(None));
    }
}

#[tokio::test]
async fn what_cannot_be_right_is_not_sent() {
    let world = World::new(|_| ok(session("1")));

    let sign_in = async |email: &str, password: &str| {
        world.client.sign_in_with_password(email, password.into()).await.unwrap_err()
    };

    assert_eq!(sign_in("", "x").await, SignInError::EmailInvalid);
    assert_eq!(sign_in(EMAIL, "").await, SignInError::PasswordInvalid(PasswordInvalid::Missing));
    assert_eq!(sign_in(EMAIL, &"x".repeat(73)).await, SignInError::PasswordInvalid(PasswordInvalid::TooLong));
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn a_page_instead_of_a_session_is_not_taken_for_one() {
    let table = [
        ("<html>", HttpError::WebPage),
        ("{}", HttpError::NotSupabase),
        ("null", HttpError::NotSupabase),
        (&user(EMAIL).to_string(), HttpError::NotSupabase),
    ];
    for (body, expected) in table {
        let body = body.to_owned();
        let world = World::new(move |_| raw(200, &[], &body));

        let error = world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap_err();

        assert_eq!(error, SignInError::Request(RequestError::Http(expected)));
    }
}

#[tokio::test]
async fn signing_out_is_done_here_before_the_server_is_asked() {
    let world = World::new(|_| offline()).signed_in().await;
    let (client, store) = (world.client.clone(), Arc::clone(&world.store));
    let at_request = Arc::new(Mutex::new(None));
    let found = Arc::clone(&at_request);
    world.server.now(move |_| {
        *found.lock().unwrap() = Some((client.state(), store.session()));
        raw(204, &[], "")
    });

    let report = world.client.sign_out().await;

    let request = world.server.last();
    assert_eq!(
        (request.what(), request.query("scope"), request.bearer()),
        ("logout", Some("local"), "access-1")
    );
    assert_eq!(*at_request.lock().unwrap(), Some((ASKED, None)));
    assert_eq!((report.server, report.store), (ServerSignOut::Confirmed, None));
    assert_eq!(world.restarted().client.restore().await, State::SignedOut(None));
}

#[tokio::test]
async fn whatever_the_server_says_to_a_sign_out_it_is_done() {
    let table: [(fn() -> Reply, ServerSignOut); 5] = [
        (offline, ServerSignOut::Unconfirmed(HttpError::Offline)),
        (|| raw(500, &[], "<html>"), ServerSignOut::Unconfirmed(HttpError::ServerFailed { status: 500 })),
        (|| refuse(403, "session_not_found"), ServerSignOut::AlreadyOver),
        (|| refuse(403, "user_not_found"), ServerSignOut::AlreadyOver),
        (|| ok(session("2")), ServerSignOut::Confirmed),
    ];
    for (reply, expected) in table {
        let world = World::new(move |_| reply()).signed_in().await;

        assert_eq!(world.client.sign_out().await.server, expected);
        assert_eq!(world.client.state(), ASKED);
        assert_eq!(world.store.session(), None);
    }
    let nobody = World::new(|_| offline());
    assert_eq!(nobody.client.sign_out().await.server, ServerSignOut::NotAsked);
    assert!(nobody.server.seen().is_empty());
}

#[tokio::test]
async fn an_expired_session_is_ended_on_the_server_with_a_token_that_is_kept_nowhere() {
    let world = World::new(|seen| if seen.what() == "logout" { raw(204, &[], "") } else { ok(session("2")) })
        .signed_in()
        .await;
    world.clock.advance(4000);

    let report = world.client.sign_out().await;

    assert_eq!(report.server, ServerSignOut::Confirmed);
    assert_eq!(world.server.last().bearer(), "access-2");
    assert_eq!((world.client.state(), world.store.session()), (ASKED, None));
}

#[tokio::test]
async fn a_sign_out_before_the_store_was_read_ends_the_stored_session() {
    let world = World::new(|_| raw(204, &[], "")).signed_in().await;

    let report = world.restarted().client.sign_out().await;

    assert_eq!(report.server, ServerSignOut::Confirmed);
    assert_eq!(world.store.session(), None);
}

#[tokio::test]
async fn a_session_that_cannot_be_stored_is_held_and_tried_again_until_it_is() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |_| ok(session("1")));
    let mut health = world.client.watch_store();
    world.store.broken.store(true, SeqCst);

    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    assert!(world.is_signed_in());
    assert_eq!(*health.borrow_and_update(), StoreHealth::Unsaved);
    for (number, pause) in [1, 2, 4, 8, 16, 32, 60, 60].into_iter().enumerate() {
        clock.until_slept(number + 1).await;
        assert_eq!(clock.slept().last(), Some(&Duration::from_secs(pause)));
        clock.advance(pause);
    }
    clock.until_slept(9).await;
    world.store.broken.store(false, SeqCst);
    clock.advance(60);
    health.wait_for(|health| *health == StoreHealth::Saved).await.unwrap();

    assert_eq!(world.store.session(), Some(session("1")));
}

#[tokio::test]
async fn a_session_that_cannot_be_removed_is_reported_and_removed_later() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |_| raw(204, &[], "")).signed_in().await;
    world.store.broken.store(true, SeqCst);

    let report = world.client.sign_out().await;

    assert!(matches!(report.store, Some(StoreError::Unwritable(_))));
    assert_eq!(world.client.state(), ASKED);
    world.store.broken.store(false, SeqCst);
    clock.until_slept(1).await;
    clock.advance(1);
    world.client.watch_store().wait_for(|health| *health == StoreHealth::Saved).await.unwrap();
    assert_eq!(world.store.session(), None);
}

#[tokio::test]
async fn an_old_value_that_could_not_be_stored_never_overwrites_a_newer_one() {
    let clock = FakeClock::manual();
    let world = World::with_clock(Arc::clone(&clock), |_| ok(session("1")));
    world.store.broken.store(true, SeqCst);
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    world.store.broken.store(false, SeqCst);
    world.server.now(|_| ok(session("2")));
    world.client.sign_in_with_password(EMAIL, "x".into()).await.unwrap();
    assert_eq!(*world.client.watch_store().borrow(), StoreHealth::Saved);

    clock.until_slept(1).await;
    clock.advance(1);
    // The task that would write has its turns.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }

    assert_eq!(world.store.session(), Some(session("2")));
}

#[tokio::test]
async fn a_second_person_replaces_the_first_under_a_new_generation() {
    let world = World::new(|_| ok(session("2"))).signed_in().await;
    let first = world.client.state().signed_in().unwrap().generation;

    world.client.sign_in_with_password("bob@example.com", "x".into()).await.unwrap();

    assert!(world.client.state().signed_in().unwrap().generation > first);
    assert_eq!(world.store.session().unwrap()["access_token"], "access-2");
}

#[tokio::test]
async fn a_changed_user_is_published_and_stored() {
    let changed =
        json!({"id": crate::fake::USER_ID, "email": EMAIL, "user_metadata": {"full_name": "Countess"}});
    let world = World::new(move |_| ok(changed.clone())).signed_in().await;
    let mut update = UserUpdate::default();
    update.data.insert("full_name".to_owned(), "Countess".into());

    world.client.update_user(update).await.unwrap();

    assert_eq!(world.server.last().body, json!({"data": {"full_name": "Countess"}}));
    assert_eq!(world.client.state().signed_in().unwrap().user.user_metadata["full_name"], "Countess");
    assert_eq!(world.store.session().unwrap()["user"]["user_metadata"]["full_name"], "Countess");
    assert_eq!(world.store.session().unwrap()["refresh_token"], "refresh-1");
}

#[tokio::test]
async fn when_the_server_says_that_the_user_or_session_is_gone_it_is_over() {
    let table = [
        ("session_not_found", SignOutCause::Elsewhere),
        ("user_not_found", SignOutCause::Deleted),
        ("user_banned", SignOutCause::Banned),
    ];
    for (code, cause) in table {
        let world = World::new(move |_| refuse(403, code)).signed_in().await;

        assert_eq!(world.client.get_user().await, Err(ApiError::SignedOut));
        assert_eq!(world.client.state(), State::SignedOut(Some(cause)));
        assert_eq!(world.store.session(), None);
    }
}

#[tokio::test]
async fn settings_prove_the_url_and_the_key() {
    let body = json!({"external": {"email": true, "phone": false, "anonymous_users": true, "github": true, "apple": false}, "disable_signup": true});
    let world = World::new(move |_| ok(body.clone()));
    let settings = world.client.settings().await.unwrap();
    assert!(
        settings.email && settings.anonymous && !settings.sign_up && !settings.autoconfirm && !settings.phone
    );
    assert_eq!(settings.providers, ["github"]);

    let table: [(fn() -> Reply, HttpError); 6] = [
        (|| raw(401, &[], r#"{"message":"Invalid API key"}"#), HttpError::KeyRefused),
        (|| refuse(403, "some_code"), HttpError::KeyRefused),
        (|| raw(200, &[], "<html>"), HttpError::WebPage),
        (|| raw(404, &[], "404 page not found\n"), HttpError::NotSupabase),
        (|| raw(302, &[("location", "https://portal.example")], ""), HttpError::WebPage),
        (|| raw(302, &[("location", "/login")], ""), HttpError::NotSupabase),
    ];
    for (reply, expected) in table {
        world.server.now(move |_| reply());
        assert_eq!(world.client.settings().await, Err(expected));
    }
}

//! A session that another client has kept becomes this one's, once, and only if it is this project's.

use std::io::Write;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use supabase_session::{
    HttpError, ImportError, RequestError, Secret, ServerCode, SignOutCause, State, StoreHealth,
};

use crate::fake::{BOB, EMAIL, Gate, NOW, Reply, Seen, World, offline, ok, raw, refuse, session};
use crate::jwt::{EcKey, claims, text};

/// What supabase-js keeps for a session of this project that ended long ago.
fn kept() -> Value {
    kept_with(&json!({}))
}

/// The same with these claims in place of its own. A claim that is null is left out.
fn kept_with(other: &Value) -> Value {
    let mut all = claims(NOW - 7200);
    for (name, value) in other.as_object().unwrap() {
        all[name] = value.clone();
    }
    all.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let mut session = session("kept");
    session["access_token"] = EcKey::new("k", 1).token(&all).into();
    session["expires_at"] = (NOW - 7200).into();
    session
}

/// As `@supabase/ssr` writes it into cookies, its chunks joined.
fn encoded(session: &Value) -> String {
    format!("base64-{}", text(session.to_string().as_bytes()))
}

fn serve(seen: &Seen) -> Reply {
    match (seen.what(), &seen.body["refresh_token"]) {
        ("refresh_token", token) if token == "refresh-kept" => ok(session("new")),
        _ => refuse(400, "unforeseen"),
    }
}

/// Nobody is signed in.
async fn world(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> World {
    let world = World::new(rule);
    world.client.restore().await;
    world
}

/// What supabase-js calls it.
const KEY: &str = "sb-abcd-auth-token";

async fn import(world: &World, copy: &str) -> Result<bool, ImportError> {
    world.client.import_session(KEY, copy.into()).await.map(|imported| imported.is_saved)
}

#[tokio::test]
async fn a_kept_session_is_refreshed_and_becomes_ours_in_each_of_its_forms() {
    let forms = [
        kept().to_string(),
        encoded(&kept()),
        format!("{}==", encoded(&kept())),
        format!(" {}\n", kept()),
        // What a copy says of its user and its times does not matter.
        json!({ "access_token": kept()["access_token"], "refresh_token": "refresh-kept", "user": null })
            .to_string(),
        json!({
            "access_token": kept()["access_token"], "refresh_token": "refresh-kept",
            "user": { "id": "somebody else", "email": BOB }, "expires_in": "soon", "expires_at": -1
        })
        .to_string(),
    ];
    for form in forms {
        let world = world(serve).await;

        let imported = world.client.import_session(KEY, form.as_str().into()).await.unwrap();

        assert_eq!((imported.user.email.as_deref(), imported.is_saved), (Some(EMAIL), true), "{form}");
        assert_eq!(world.server.seen().len(), 1);
        assert_eq!(world.server.last().body, json!({ "refresh_token": "refresh-kept" }));
        let signed_in = world.client.state().signed_in().cloned().unwrap();
        assert!(signed_in.verified, "the server has just said who it is");
        assert_eq!(world.store.session().unwrap()["refresh_token"], "refresh-new");
        assert_eq!(world.restarted().client.restore().await.signed_in().unwrap().user, imported.user);
    }
}

#[tokio::test]
async fn what_is_no_session_asks_nobody_and_changes_nothing() {
    let access = kept()["access_token"].clone();
    let of = |refresh: Value| json!({ "access_token": access, "refresh_token": refresh }).to_string();
    let mut oversized = kept();
    oversized["provider_token"] = "x".repeat(256 * 1024).into();
    let texts = [
        String::new(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        "\u{0}".into(),
        "base64-".into(),
        "base64-%%%".into(),
        format!("base64-{}", text(b"\xff\xfe")),
        format!("base64-{}", text(encoded(&kept()).as_bytes())),
        // A chunk is missing.
        encoded(&kept())[..200].to_owned(),
        kept().to_string()[1..].to_owned(),
        kept()["access_token"].to_string(),
        of(Value::Null),
        of(json!("")),
        of(json!(["refresh-kept"])),
        oversized.to_string(),
        encoded(&oversized),
        "[".repeat(100_000),
    ];
    for text in texts {
        let world = world(serve).await;

        assert_eq!(import(&world, &text).await, Err(ImportError::Unreadable), "{:.80}", text);
        assert_eq!((world.server.seen().len(), world.store.session()), (0, None));
        assert_eq!(world.client.state(), State::SignedOut(None));
    }
}

#[tokio::test]
async fn a_refresh_token_is_shown_to_the_project_that_its_session_names_and_to_no_other() {
    let others = [
        "https://efgh.supabase.co/auth/v1",
        "http://abcd.supabase.co/auth/v1",
        "https://abcd.supabase.co:8443/auth/v1",
        "https://abcd.supabase.co.evil.example/auth/v1",
        "https://abcd.supabase.co@evil.example/auth/v1",
        "https://abcd.supabase.co/other/auth/v1",
    ];
    for issuer in others {
        let world = world(serve).await;
        let copy = kept_with(&json!({ "iss": issuer })).to_string();

        assert_eq!(import(&world, &copy).await, Err(ImportError::OtherProject), "{issuer}");
        assert!(world.server.seen().is_empty(), "{issuer}");
    }
}

#[tokio::test]
async fn where_a_session_names_no_project_the_name_that_it_was_kept_under_does() {
    let issuers = [Value::Null, json!(""), json!("supabase"), json!(["https://efgh.supabase.co/auth/v1"])];
    let tokens = ["", "opaque", "e30.e30.", "...", "e30.bm8.e30"];
    let copies = issuers
        .into_iter()
        .map(|issuer| kept_with(&json!({ "iss": issuer })))
        .chain(tokens.map(|token| json!({ "access_token": token, "refresh_token": "refresh-kept" })));
    for copy in copies {
        let world = world(serve).await;
        for key in ["sb-efgh-auth-token", "sb-abcd-auth-token.0", "SB-ABCD-auth-token", "session", ""] {
            let refused = world.client.import_session(key, copy.to_string().into()).await;
            assert_eq!(refused, Err(ImportError::OtherProject), "{key} {copy}");
        }
        assert!(world.server.seen().is_empty(), "{copy}");

        assert_eq!(import(&world, &copy.to_string()).await, Ok(true), "{copy}");
    }
    // One that names this project may have been kept under any name (supabase-js's `storageKey`).
    let world = world(serve).await;
    assert!(world.client.import_session("session", kept().to_string().into()).await.is_ok());
}

#[tokio::test]
async fn somebody_who_is_signed_in_is_never_replaced() {
    let world = World::new(serve).signed_in().await;
    let before = (world.client.state(), world.store.session());

    assert_eq!(import(&world, &kept().to_string()).await, Err(ImportError::SignedIn));
    assert!(world.server.seen().is_empty());
    // Nor somebody who is found in the store only now.
    let restarted = world.restarted();
    assert_eq!(import(&restarted, &kept().to_string()).await, Err(ImportError::SignedIn));
    assert_eq!((world.client.state(), world.store.session()), before);
}

#[tokio::test]
async fn a_sign_in_while_the_server_is_asked_wins_and_the_imported_session_is_ended_there() {
    let gate = Arc::new(Gate::default());
    let held_back = Arc::clone(&gate);
    let world = world(move |seen| match seen.what() {
        "refresh_token" => Reply::Gate(Arc::clone(&held_back), Box::new(ok(session("new")))),
        "logout" => raw(204, &[], ""),
        _ => refuse(400, "unforeseen"),
    })
    .await;
    let client = world.client.clone();
    let importing = tokio::spawn(async move { client.import_session(KEY, kept().to_string().into()).await });
    gate.reached.notified().await;
    world.bob_signs_in().await;
    gate.open.notify_one();

    assert_eq!(importing.await.unwrap(), Err(ImportError::SignedIn));
    assert_eq!(world.who().as_deref(), Some(BOB));
    let ended = world.server.seen().into_iter().find(|seen| seen.what() == "logout").unwrap();
    assert_eq!((ended.bearer(), ended.query("scope")), ("access-new", Some("local")));
}

#[tokio::test]
async fn two_windows_with_the_same_copy_show_it_to_the_server_once() {
    let world = world(serve).await;
    let copy = kept().to_string();

    let (one, other) = tokio::join!(import(&world, &copy), import(&world, &copy));

    assert_eq!([one, other], [Ok(true), Err(ImportError::SignedIn)]);
    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn a_session_that_is_over_says_so_and_nobody_is_signed_in() {
    for (code, cause) in [
        ("refresh_token_not_found", SignOutCause::Elsewhere),
        ("refresh_token_already_used", SignOutCause::Elsewhere),
        ("session_expired", SignOutCause::Expired),
        ("user_not_found", SignOutCause::Deleted),
        ("user_banned", SignOutCause::Banned),
    ] {
        let world = world(move |_| refuse(400, code)).await;

        assert_eq!(import(&world, &kept().to_string()).await, Err(ImportError::Ended(cause)), "{code}");
        assert_eq!((world.client.state(), world.store.session()), (State::SignedOut(None), None));
    }
}

#[tokio::test]
async fn without_an_answer_the_copy_is_good_for_another_try() {
    let http = |error| Err(ImportError::Request(RequestError::Http(error)));
    let limited = ImportError::Request(RequestError::RateLimited { retry_after: None });
    let unknown = RequestError::Unexpected { code: ServerCode::new("new_code") };
    type Rule = fn(&Seen) -> Reply;
    let faults: [(Rule, Result<bool, ImportError>); 5] = [
        (|_| offline(), http(HttpError::Offline)),
        (|_| raw(200, &[], "<html>"), http(HttpError::WebPage)),
        (|_| raw(503, &[], "{}"), http(HttpError::ServerTrouble { status: 503 })),
        (|_| refuse(429, "over_request_rate_limit"), Err(limited)),
        (|_| refuse(400, "new_code"), Err(unknown.into())),
    ];
    for (rule, expected) in faults {
        let world = world(rule).await;

        assert_eq!(import(&world, &kept().to_string()).await, expected);
        assert!(!world.is_signed_in());
        world.server.now(serve);
        assert_eq!(import(&world, &kept().to_string()).await, Ok(true));
    }
}

#[tokio::test]
async fn a_session_that_the_store_does_not_take_is_signed_in_and_said_not_to_be_saved() {
    let world = world(serve).await;
    world.store.broken.store(true, SeqCst);

    assert_eq!(import(&world, &kept().to_string()).await, Ok(false));

    assert_eq!(world.who().as_deref(), Some(EMAIL));
    assert_eq!(*world.client.watch_store().borrow(), StoreHealth::Unsaved);
}

/// What a subscriber of `tracing` writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_of_a_copy_stands_in_an_error_or_a_log() {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let foreign = kept_with(&json!({ "iss": "https://canary.example/auth/v1" })).to_string();
    let canaries = [kept().to_string().replace("refresh-kept", "refresh-canary"), foreign, "{canary".into()];
    let mut said = String::new();
    for copy in &canaries {
        let world = world(|_| refuse(400, "refresh_token_not_found")).await;
        let error = world.client.import_session(KEY, Secret::from(copy.as_str())).await.unwrap_err();
        said += &format!("{error} {error:?}");
    }
    tracing::info!("the subscriber writes");

    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the subscriber writes"));
    let access = kept()["access_token"].as_str().unwrap().to_owned();
    for text in [&said, &log] {
        assert!(!text.contains("canary") && !text.contains(&access), "{text}");
    }
}

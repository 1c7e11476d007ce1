//! Rows, and the one retry of every request with a refreshed token.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};
use supabase_session::{ApiError, HttpError, Method, ProjectWords, ServerCode};

use crate::fake::{EMAIL, Gate, Reply, Seen, USER_ID, World, offline, ok, raw, refuse, session, user};

pub(crate) async fn world(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> World {
    World::new(rule).signed_in().await
}

pub(crate) fn storage_says(status: &str, code: &str, message: &str) -> Reply {
    raw(400, &[], &json!({"statusCode": status, "error": "x", "message": message, "code": code}).to_string())
}

/// The three services' words for a token that is no good.
fn no_good(path: &str) -> Reply {
    match path {
        path if path.starts_with("/auth/") => refuse(403, "bad_jwt"),
        path if path.starts_with("/rest/") => refuse(401, "PGRST301"),
        _ => storage_says("403", "AccessDenied", "\"exp\" claim timestamp check failed"),
    }
}

pub(crate) fn yes(seen: &Seen) -> Reply {
    match seen.path.as_str() {
        "/auth/v1/user" => ok(user(EMAIL)),
        path if path.starts_with("/rest/") => ok(json!({"a": 1})),
        _ => ok(json!({"Key": "k"})),
    }
}

async fn ask(world: &World, service: &str) -> Result<(), ApiError> {
    match service {
        "auth" => world.client.get_user().await.map(drop),
        "rest" => world.client.rest().select_one::<Value>("t", "a", &[("id", USER_ID)]).await.map(drop),
        _ => world.client.storage("avatars").download("a/b.png").await.map(drop),
    }
}

#[tokio::test]
async fn each_form_of_a_refused_token_causes_one_refresh_and_one_retry() {
    for service in ["auth", "rest", "storage"] {
        let world = world(|seen| match (seen.what(), seen.bearer()) {
            ("refresh_token", _) => ok(session("2")),
            (_, "access-2") => yes(seen),
            _ => no_good(&seen.path),
        })
        .await;

        ask(&world, service).await.unwrap();

        let bearers: Vec<_> = world.server.seen().iter().map(|seen| seen.bearer().to_owned()).collect();
        assert_eq!(bearers, ["access-1", "sb_publishable_key", "access-2"], "{service}");
    }
}

#[tokio::test]
async fn a_refusal_that_comes_after_the_refresh_uses_its_token_and_causes_no_second_one() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = world(move |seen| match (seen.what(), seen.bearer()) {
        ("refresh_token", _) => ok(session("2")),
        (_, "access-2") => yes(seen),
        ("/rest/v1/slow", _) => Reply::Gate(Arc::clone(&held), Box::new(no_good(&seen.path))),
        _ => no_good(&seen.path),
    })
    .await;
    let rest = world.client.rest();
    let slow = tokio::spawn(async move { rest.select_one::<Value>("slow", "a", &[("id", "1")]).await });
    gate.reached.notified().await;

    world.client.get_user().await.unwrap();
    gate.open.notify_one();

    slow.await.unwrap().unwrap();
    assert_eq!(world.server.last().bearer(), "access-2");
    assert_eq!(world.server.count("refresh_token"), 1);
}

#[tokio::test]
async fn two_refusals_in_a_row_are_an_error_and_no_loop() {
    for (service, code) in [("auth", "bad_jwt"), ("rest", "PGRST301"), ("storage", "AccessDenied")] {
        let world =
            world(|seen| if seen.what() == "refresh_token" { ok(session("2")) } else { no_good(&seen.path) })
                .await;

        let error = ask(&world, service).await.unwrap_err();

        assert_eq!(error, ApiError::TokenRefused { code: ServerCode::new(code) });
        assert_eq!(world.server.seen().len(), 3);
        assert!(world.is_signed_in());
    }
}

#[tokio::test]
async fn a_policys_no_causes_no_refresh() {
    let world =
        world(|_| storage_says("403", "AccessDenied", "new row violates row-level security policy")).await;
    assert_eq!(ask(&world, "storage").await, Err(ApiError::Forbidden));
    world.server.now(|_| refuse(403, "42501"));
    assert_eq!(ask(&world, "rest").await, Err(ApiError::Forbidden));

    assert_eq!(world.server.count("refresh_token"), 0);
}

#[tokio::test]
async fn when_the_refresh_fails_the_request_fails_with_its_reason() {
    let world =
        world(|seen| if seen.what() == "refresh_token" { offline() } else { no_good(&seen.path) }).await;

    assert_eq!(ask(&world, "rest").await, Err(ApiError::Http(HttpError::Offline)));
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn signed_out_nothing_is_sent() {
    let world = World::new(yes);
    world.client.restore().await;

    for service in ["auth", "rest", "storage"] {
        assert_eq!(ask(&world, service).await, Err(ApiError::SignedOut));
    }
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn one_row_is_asked_for_as_one_object() {
    let world = world(|_| ok(json!({"full_name": "Ada"}))).await;

    let row: Option<Value> =
        world.client.rest().select_one("profiles", "full_name,website", &[("id", USER_ID)]).await.unwrap();

    let request = world.server.last();
    assert_eq!(row, Some(json!({"full_name": "Ada"})));
    assert_eq!((request.method, request.path.as_str()), (Method::Get, "/rest/v1/profiles"));
    assert_eq!(request.query("id"), Some(format!("eq.{USER_ID}").as_str()));
    assert_eq!(request.query("select"), Some("full_name,website"));
    assert_eq!(request.headers["accept"], "application/vnd.pgrst.object+json");
    assert_eq!(request.headers["apikey"], "sb_publishable_key");
    assert_eq!(request.bearer(), "access-1");
}

#[tokio::test]
async fn no_row_is_none_and_two_rows_are_an_error() {
    let single = |rows: &str| {
        let details = format!("The result contains {rows} rows");
        json!({"code": "PGRST116", "details": details, "hint": null, "message": "m"}).to_string()
    };
    let (none, two) = (single("0"), single("2"));
    let world = world(move |_| raw(406, &[], &none)).await;
    let select = async || world.client.rest().select_one::<Value>("t", "a", &[("id", USER_ID)]).await;

    assert_eq!(select().await, Ok(None));
    world.server.now(move |_| raw(406, &[], &two));
    assert_eq!(select().await, Err(ApiError::Unexpected { code: ServerCode::new("PGRST116") }));
}

#[tokio::test]
async fn an_upsert_asks_for_the_row_as_it_is_then() {
    let world = world(|_| ok(json!({"id": USER_ID, "website": "w"}))).await;

    let row: Value =
        world.client.rest().upsert("profiles", &json!({"id": USER_ID, "website": "w"})).await.unwrap();

    let request = world.server.last();
    assert_eq!(row["website"], "w");
    assert_eq!((request.method, request.path.as_str()), (Method::Post, "/rest/v1/profiles"));
    assert_eq!(request.headers["prefer"], "resolution=merge-duplicates,return=representation");
    assert_eq!(request.headers["accept"], "application/vnd.pgrst.object+json");
    assert_eq!(request.body, json!({"id": USER_ID, "website": "w"}));
}

#[tokio::test]
async fn a_new_row_gives_way_to_one_that_is_there() {
    let world = world(|_| ok(json!([{"website": "w"}]))).await;
    let insert = async || {
        world.client.rest().insert_new::<_, Value>("profiles", &json!({"id": USER_ID, "website": "w"})).await
    };

    assert_eq!(insert().await, Ok(Some(json!({"website": "w"}))));
    let request = world.server.last();
    assert_eq!((request.method, request.path.as_str()), (Method::Post, "/rest/v1/profiles"));
    assert_eq!(request.headers["prefer"], "resolution=ignore-duplicates,return=representation");
    assert_eq!(request.body, json!({"id": USER_ID, "website": "w"}));

    world.server.now(|_| ok(json!([])));
    assert_eq!(insert().await, Ok(None));
}

#[tokio::test]
async fn a_guarded_patch_tells_whether_the_guard_matched() {
    let world = world(|_| ok(json!([{"website": "w"}]))).await;
    let time = "2026-11-21T16:28:46.962+00:00";
    let filter = [("id", Some(USER_ID)), ("updated_at", Some(time)), ("username", None)];
    let patch = async || {
        world.client.rest().patch_guarded::<_, Value>("profiles", &filter, &json!({"website": "w"})).await
    };

    assert_eq!(patch().await, Ok(Some(json!({"website": "w"}))));
    let request = world.server.last();
    assert_eq!(request.method, Method::Patch);
    assert_eq!(request.query("updated_at"), Some(format!("eq.{time}").as_str()));
    assert_eq!(request.query("username"), Some("is.null"));
    assert_eq!(request.headers["prefer"], "return=representation");
    assert!(!request.headers.contains_key("accept"));

    world.server.now(|_| ok(json!([])));
    assert_eq!(patch().await, Ok(None));
}

#[tokio::test]
async fn a_patch_without_a_filter_is_not_sent() {
    let world = world(yes).await;

    let outcome =
        world.client.rest().patch_guarded::<_, Value>("t", &[] as &[(&str, &str)], &json!({"a": 1})).await;

    assert_eq!(outcome, Err(ApiError::Unexpected { code: ServerCode::new("missing_filter") }));
    assert!(world.server.seen().is_empty());
}

fn unexpected(code: &str) -> ApiError {
    ApiError::Unexpected { code: ServerCode::new(code) }
}

fn missing(column: &str) -> ApiError {
    ApiError::MissingColumn { column: column.to_owned() }
}

fn broken(code: &str) -> ApiError {
    ApiError::Http(HttpError::ProjectBroken { code: ServerCode::new(code) })
}

fn trouble() -> ApiError {
    ApiError::Http(HttpError::ServerTrouble { status: 500 })
}

#[tokio::test]
async fn a_taken_value_names_its_columns() {
    for (details, columns) in [
        ("Key (website)=(https://ada.example) already exists.", Some("website")),
        ("Key (lower(username))=(ada) already exists.", Some("lower(username)")),
        ("Key (<b>)=(x) already exists.", None),
        ("", None),
    ] {
        let body =
            json!({"code": "23505", "details": details, "message": "unique constraint \"k\""}).to_string();
        let world = world(move |_| raw(409, &[], &body)).await;

        let outcome = world.client.rest().upsert::<_, Value>("t", &json!({})).await;

        let columns = columns.map(str::to_owned);
        assert_eq!(outcome, Err(ApiError::Unique { constraint: Some("k".into()), columns }), "{details}");
    }
}

#[tokio::test]
async fn each_word_of_the_database_has_its_error() {
    let table = [
        (
            409,
            "23505",
            "violates unique constraint \"name_key\"",
            ApiError::Unique { constraint: Some("name_key".into()), columns: None },
        ),
        (409, "23505", "no name", ApiError::Unique { constraint: None, columns: None }),
        (
            400,
            "23514",
            "violates check constraint \"len\"",
            ApiError::Check { constraint: Some("len".into()) },
        ),
        (403, "42501", "m", ApiError::Forbidden),
        (401, "42501", "m", ApiError::Forbidden),
        (404, "42P01", "relation \"public.t\" does not exist", ApiError::MissingTable),
        (404, "42P01", "relation \"audit\" does not exist", unexpected("42P01")),
        (404, "PGRST205", "m", ApiError::MissingTable),
        (
            400,
            "PGRST204",
            "Could not find the 'website' column of 't' in the schema cache",
            missing("website"),
        ),
        (400, "42703", "column t.website does not exist", missing("website")),
        (400, "42703", "column \"website\" of relation \"t\" does not exist", missing("website")),
        (400, "42703", "record \"new\" has no field \"updated_at\"", unexpected("42703")),
        (
            400,
            "22001",
            "value too long for type character varying(10)",
            ApiError::TooLong { limit: Some(10) },
        ),
        (400, "22001", "m", ApiError::TooLong { limit: None }),
        (
            400,
            "23502",
            "null value in column \"team\" of relation \"t\" violates not-null constraint",
            ApiError::NotNull { column: Some("team".into()) },
        ),
        (400, "P0001", "Ask Ada\nfirst.", ApiError::Raised { message: ProjectWords::new("Ask Ada first.") }),
        (500, "42P17", "infinite recursion detected in policy for relation \"t\"", broken("42P17")),
        (500, "P0002", "m", broken("P0002")),
        (500, "57014", "canceling statement due to statement timeout", trouble()),
    ];
    for (status, code, message, expected) in table {
        let body = json!({"code": code, "details": null, "hint": null, "message": message}).to_string();
        let world = world(move |_| raw(status, &[], &body)).await;

        let outcome = world.client.rest().upsert::<_, Value>("t", &json!({})).await;

        assert_eq!(outcome, Err(expected));
    }
}

#[tokio::test]
async fn every_call_can_be_made_from_a_task() {
    fn sendable(_: impl Future + Send) {}
    let world = World::new(yes);
    let (client, rest, bucket) = (world.client.clone(), world.client.rest(), world.client.storage("b"));
    let id = "aaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();

    sendable(client.restore());
    sendable(client.resend(&id));
    sendable(client.cancel(&id));
    sendable(client.sign_in_with_password(EMAIL, "x".into()));
    sendable(client.complete("link"));
    sendable(client.sign_out());
    sendable(client.get_user());
    sendable(client.refresh());
    sendable(client.keep_fresh());
    sendable(client.settings());
    sendable(rest.select_one::<Value>("t", "a", &[("id", "1")]));
    sendable(rest.upsert::<Value, Value>("t", &Value::Null));
    sendable(rest.insert_new::<Value, Value>("t", &Value::Null));
    sendable(rest.patch_guarded::<Value, Value>("t", &[("id", Some(uuid::Uuid::nil()))], &Value::Null));
    sendable(bucket.upload("p", "t", Bytes::new(), |_, _| {}));
    sendable(bucket.download("p"));
    sendable(bucket.remove("p"));
}

#[tokio::test]
async fn what_is_public_is_asked_for_with_the_key_alone_whoever_is_signed_in() {
    let world = world(|_| ok(json!({"full_name": "Ada"}))).await;

    let row: Option<Value> =
        world.client.public_rest().select_one("profiles", "full_name", &[("username", "ada")]).await.unwrap();

    assert_eq!(row, Some(json!({"full_name": "Ada"})));
    assert_eq!(world.server.last().bearer(), "sb_publishable_key");
    world.client.sign_out().await;
    assert!(world.client.public_rest().select_one::<Value>("t", "a", &[("id", USER_ID)]).await.is_ok());
}

#[tokio::test]
async fn a_key_that_is_refused_for_public_rows_is_not_tried_again_and_ends_nothing() {
    let world = world(|seen| no_good(&seen.path)).await;

    let row = world.client.public_rest().select_one::<Value>("t", "a", &[("id", USER_ID)]).await;

    assert_eq!(row, Err(HttpError::KeyRefused.into()));
    assert_eq!(world.server.seen().len(), 1);
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn a_function_without_an_answer_answers_nothing_and_a_missing_one_is_told_apart() {
    let world = world(|_| raw(204, &[], "")).await;
    world.client.rest().call::<_, ()>("delete_account", &json!({})).await.unwrap();
    assert_eq!(world.server.last().path, "/rest/v1/rpc/delete_account");

    world.server.now(|_| raw(404, &[], &json!({"code": "PGRST202", "message": "x"}).to_string()));
    let missing = world.client.rest().call::<_, ()>("delete_account", &json!({})).await;
    assert_eq!(missing, Err(ApiError::MissingTable));
}

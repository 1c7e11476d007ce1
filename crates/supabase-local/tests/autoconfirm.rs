//! A project that confirms addresses without a mail: what it skips, and what it still asks for.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;

const PASSWORD: &str = "Passw0rd!";

async fn project() -> TestServer {
    let config = Config {
        autoconfirm: true,
        anonymous_enabled: true,
        secure_email_change: true,
        mail_max_frequency_s: 0,
        ..Config::built_in().unwrap()
    };
    TestServer::start(config).await.unwrap()
}

async fn post(server: &TestServer, path: &str, body: Value) -> Value {
    let answer = server.call(Method::POST, path, None, &body).await.unwrap();
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn a_permanent_persons_new_address_waits_for_one_click() {
    let server = project().await;
    let person = json!({ "email": "old@example.com", "password": PASSWORD });
    let session = post(&server, "/auth/v1/signup", person).await;
    let token = text(&session["access_token"]);

    let change = json!({ "email": "new@example.com" });
    let begun = server.call(Method::PUT, "/auth/v1/user", Some(token), &change).await.unwrap().json();

    let addresses = (&begun["email"], &begun["new_email"]);
    assert_eq!(addresses, (&json!("old@example.com"), &json!("new@example.com")));
    assert!(begun["email_change_sent_at"].is_string(), "{begun}");
    let (old, new) =
        (server.mails("old@example.com").await.unwrap(), server.mails("new@example.com").await.unwrap());
    assert_eq!((old.len(), new.len()), (1, 1), "both mailboxes are asked");
    server.open(text(&old[0]["link"])).await.unwrap();
    let person = server.call(Method::GET, "/auth/v1/user", Some(token), &Value::Null).await.unwrap().json();
    assert_eq!(person["email"], "new@example.com", "the first of the two clicks is enough: {person}");
}

#[tokio::test]
async fn an_anonymous_person_gets_an_address_at_once() {
    let server = project().await;
    let session = post(&server, "/auth/v1/signup", json!({ "data": {} })).await;

    let change = json!({ "email": "settled@example.com" });
    let token = Some(text(&session["access_token"]));
    let person = server.call(Method::PUT, "/auth/v1/user", token, &change).await.unwrap().json();

    assert_eq!(person["email"], "settled@example.com", "{person}");
    assert_eq!(person["is_anonymous"], false);
    assert!(server.mails("settled@example.com").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_link_without_a_password_confirms_a_new_address_and_signs_in() {
    let server = project().await;
    let unconfirmed = json!({ "email": "known@example.com", "password": PASSWORD });
    server.call_as_owner(Method::POST, "/auth/v1/admin/users", &unconfirmed).await.unwrap();

    for email in ["new@example.com", "known@example.com"] {
        post(&server, "/auth/v1/otp", json!({ "email": email, "data": {} })).await;

        let confirmed = "select count(*)::int as n from auth.users where email_confirmed_at is not null";
        let sql = format!("{confirmed} and email = '{email}'");
        assert_eq!(server.sql(&sql).await.unwrap(), [json!({ "n": 1 })], "{email}");
        let mails = server.mails(email).await.unwrap();
        let link = text(&mails[0]["link"]);
        assert!(link.contains("type=magiclink"), "{link}");
        assert!(server.open(link).await.unwrap().contains("access_token="));
    }
}

#[tokio::test]
async fn an_anonymous_person_becomes_permanent_with_one_call_that_names_an_address() {
    let server = project().await;
    let session = post(&server, "/auth/v1/signup", json!({ "data": {} })).await;
    let token = Some(text(&session["access_token"]));
    let change =
        async |change: Value| server.call(Method::PUT, "/auth/v1/user", token, &change).await.unwrap().json();

    let refused = change(json!({ "password": PASSWORD })).await;
    let changed = change(json!({ "email": "settled@example.com", "password": PASSWORD })).await;

    assert_eq!(refused["error_code"], "validation_failed", "{refused}");
    assert_eq!(changed["is_anonymous"], false, "{changed}");
    let sign_in = json!({ "email": "settled@example.com", "password": PASSWORD });
    post(&server, "/auth/v1/token?grant_type=password", sign_in).await;
}

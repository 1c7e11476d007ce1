//! What the project's owner does with the service key to the accounts of people.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::{Answer, TestServer};

const PASSWORD: &str = "Passw0rd!";

async fn project() -> TestServer {
    let config = Config { autoconfirm: true, ..Config::built_in().unwrap() };
    TestServer::start(config).await.unwrap()
}

async fn as_owner(server: &TestServer, method: Method, path: &str, body: Value) -> Answer {
    let key = server.keys().service_role.clone();
    server.call(method, path, Some(&key), &body).await.unwrap()
}

async fn sign_in(server: &TestServer, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    server.call(Method::POST, "/auth/v1/token?grant_type=password", None, &body).await.unwrap()
}

#[tokio::test]
async fn a_password_that_the_owner_sets_ends_sessions_and_mailed_links() {
    let server = project().await;
    let person = json!({ "email": "ada@example.com", "password": PASSWORD });
    let session = server.call(Method::POST, "/auth/v1/signup", None, &person).await.unwrap().json();
    let recover = json!({ "email": "ada@example.com" });
    server.call(Method::POST, "/auth/v1/recover", None, &recover).await.unwrap();

    let path = format!("/auth/v1/admin/users/{}", session["user"]["id"].as_str().unwrap());
    let changed = as_owner(&server, Method::PUT, &path, json!({ "password": "An0ther-pass" })).await;

    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(changed.json().get("recovery_sent_at"), None);
    let token = session["access_token"].as_str();
    let refused = server.call(Method::GET, "/auth/v1/user", token, &Value::Null).await.unwrap();
    assert_eq!(refused.json()["error_code"], "session_not_found");
    let mails = server.mails("ada@example.com").await.unwrap();
    let arrived = server.open(mails[0]["link"].as_str().unwrap()).await.unwrap();
    assert!(arrived.contains("otp_expired"), "{arrived}");
    assert_eq!(sign_in(&server, "ada@example.com", "An0ther-pass").await.status, StatusCode::OK);
}

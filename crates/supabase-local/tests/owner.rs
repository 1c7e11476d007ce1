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

#[tokio::test]
async fn the_owner_brings_people_along_with_their_id_their_role_and_their_hash() {
    let server = project().await;
    // The hash of "Passw0rd!" that the server itself made.
    let person = json!({ "email": "ada@example.com", "password": PASSWORD });
    server.call(Method::POST, "/auth/v1/signup", None, &person).await.unwrap();
    let rows = server.sql("select encrypted_password as hash from auth.users").await.unwrap();
    let id = "4f6a3c1e-0b7d-4a53-9a43-2f1d7c5b8e90";
    let make = async |body: Value| as_owner(&server, Method::POST, "/auth/v1/admin/users", body).await;

    let brought = json!({
        "id": id,
        "email": "eve@example.com",
        "email_confirm": true,
        "role": "service_role",
        "password_hash": rows[0]["hash"],
    });
    let made = make(brought).await;

    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert_eq!((&made.json()["id"], &made.json()["role"]), (&json!(id), &json!("service_role")));
    assert_eq!(sign_in(&server, "eve@example.com", PASSWORD).await.status, StatusCode::OK);
    for (body, message) in [
        (json!({ "email": "a@example.com", "id": "1" }), "ID must conform to the uuid v4 format"),
        (
            json!({ "email": "a@example.com", "id": "00000000-0000-0000-0000-000000000000" }),
            "ID cannot be a nil uuid",
        ),
        (
            json!({ "email": "a@example.com", "password": PASSWORD, "password_hash": rows[0]["hash"] }),
            "Only a password or a password hash should be provided",
        ),
        (
            json!({ "email": "a@example.com", "password_hash": "no hash" }),
            "This local server reads password hashes of bcrypt only",
        ),
    ] {
        let refused = make(body).await;
        assert_eq!((refused.status, &refused.json()["msg"]), (StatusCode::BAD_REQUEST, &json!(message)));
    }
}

#[tokio::test]
async fn nobody_is_deleted_for_good_who_should_be_kept() {
    let server = project().await;
    let person = json!({ "email": "ada@example.com" });
    let made = as_owner(&server, Method::POST, "/auth/v1/admin/users", person).await;
    let path = format!("/auth/v1/admin/users/{}", made.json()["id"].as_str().unwrap());

    let kept = as_owner(&server, Method::DELETE, &path, json!({ "should_soft_delete": true })).await;
    let shown = as_owner(&server, Method::GET, &path, Value::Null).await;
    let deleted = as_owner(&server, Method::DELETE, &path, json!({ "should_soft_delete": false })).await;

    assert_eq!((kept.status, shown.status), (StatusCode::NOT_IMPLEMENTED, StatusCode::OK));
    assert_eq!(deleted.status, StatusCode::OK, "{}", deleted.text());
}

#[tokio::test]
async fn a_magic_link_for_somebody_new_is_one_that_signs_up() {
    let server = project().await;

    let wanted = json!({ "type": "magiclink", "email": "new@example.com" });
    let link = as_owner(&server, Method::POST, "/auth/v1/admin/generate_link", wanted).await.json();

    assert_eq!(link["verification_type"], "signup", "{link}");
    let address = link["action_link"].as_str().unwrap();
    assert!(address.contains("type=signup"), "{address}");
    assert!(server.open(address).await.unwrap().contains("access_token="));
}

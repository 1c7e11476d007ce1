//! Functions of the project's own: what they answer, and how the query string chooses from it.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::{Answer, TestServer};

/// A server whose project has the functions that `sql` makes.
async fn project(sql: &str) -> TestServer {
    let server = TestServer::start(Config::built_in().unwrap()).await.unwrap();
    server.sql(sql).await.unwrap();
    server
}

async fn call(server: &TestServer, function: &str, body: Value) -> Answer {
    server.call(Method::POST, &format!("/rest/v1/rpc/{function}"), None, &body).await.unwrap()
}

#[tokio::test]
async fn sql_chooses_the_status_of_its_own_refusal() {
    let server = project(
        "create function pay() returns void language plpgsql as $$
           begin raise sqlstate 'PT402' using message = 'Pay first', hint = 'by card'; end $$;
         create function fail() returns void language plpgsql as $$
           begin raise sqlstate 'PTXXX'; end $$",
    )
    .await;

    let refused = call(&server, "pay", json!({})).await;
    let failed = call(&server, "fail", json!({})).await;

    assert_eq!(refused.status, StatusCode::PAYMENT_REQUIRED);
    let body = json!({ "code": "PT402", "message": "Pay first", "details": null, "hint": "by card" });
    assert_eq!(refused.json(), body);
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
}

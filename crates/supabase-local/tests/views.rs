//! A simple view is written to as a table is.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;

const SET_UP: &str = "create table public.notes (id int primary key, label text, done boolean default false);
    create view public.open_notes as select id, label from public.notes where not done;
    insert into public.notes values (1, 'one'), (2, 'two'), (3, 'three'), (4, 'done');
    update public.notes set done = id = 4";

async fn start() -> TestServer {
    let server = TestServer::start(Config::default()).await.unwrap();
    server.sql(SET_UP).await.unwrap();
    server
}

/// Writes to the view and asks for the written rows.
async fn write(
    server: &TestServer,
    method: &str,
    query: &str,
    prefer: &str,
    body: &Value,
) -> (StatusCode, Value) {
    let key = &server.keys().service_role;
    let request = Request::builder()
        .method(method)
        .uri(format!("/rest/v1/open_notes?{query}"))
        .header("apikey", key)
        .header("authorization", format!("Bearer {key}"))
        .header("content-type", "application/json")
        .header("prefer", format!("return=representation{prefer}"))
        .body(Body::from(body.to_string()));
    let answer = server.exchange(request.unwrap()).await.unwrap();
    (answer.status, answer.json())
}

#[tokio::test]
async fn rows_of_a_view_are_added_changed_and_removed_with_an_answer() {
    let server = start().await;

    let (status, rows) = write(&server, "PATCH", "id=eq.1", "", &json!({ "label": "uno" })).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([{ "id": 1, "label": "uno" }])));
    let (status, rows) = write(&server, "PATCH", "id=eq.4", "", &json!({ "label": "hidden" })).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([])), "the view does not show this row");
    let new = json!({ "id": 5, "label": "five" });
    let (status, rows) = write(&server, "POST", "select=label", "", &new).await;
    assert_eq!((status, rows), (StatusCode::CREATED, json!([{ "label": "five" }])));
    let (status, rows) = write(&server, "DELETE", "id=eq.2", "", &Value::Null).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([{ "id": 2, "label": "two" }])));

    let left = server.sql("select id, label from public.notes order by id").await.unwrap();
    let expected = json!([
        { "id": 1, "label": "uno" },
        { "id": 3, "label": "three" },
        { "id": 4, "label": "done" },
        { "id": 5, "label": "five" },
    ]);
    assert_eq!(Value::Array(left), expected);
}

#[tokio::test]
async fn a_limited_write_to_a_view_takes_the_first_rows_of_its_order() {
    let server = start().await;

    let (status, rows) = write(&server, "DELETE", "order=id.desc&limit=1", "", &Value::Null).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([{ "id": 3, "label": "three" }])));
    let change = json!({ "label": "uno" });
    let (status, rows) = write(&server, "PATCH", "order=label,id&limit=1", "", &change).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([{ "id": 1, "label": "uno" }])));
}

#[tokio::test]
async fn an_upsert_to_a_view_needs_the_columns_that_tell_rows_apart() {
    let server = start().await;
    let row = json!({ "id": 1, "label": "uno" });
    let merging = ",resolution=merge-duplicates";

    let (status, error) = write(&server, "POST", "", merging, &row).await;
    assert_eq!((status, &error["code"]), (StatusCode::CONFLICT, &json!("23505")));
    let (_, rows) = write(&server, "POST", "on_conflict=id", merging, &row).await;
    assert_eq!(rows, json!([row]));
}

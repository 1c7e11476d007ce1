//! Functions of the project's own: what they answer, and how the query string chooses from it.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::http::{Method, Request, StatusCode};
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

#[tokio::test]
async fn values_are_filtered_sorted_and_limited() {
    let server = project(
        "create function numbers(most int) returns setof int language sql
           as 'select generate_series(1, most)'",
    )
    .await;
    let numbers = async |query: &str| {
        let answer = call(&server, &format!("numbers?{query}"), json!({ "most": 5 })).await;
        (answer.status, answer.json())
    };

    assert_eq!(numbers("").await, (StatusCode::OK, json!([1, 2, 3, 4, 5])));
    assert_eq!(numbers("limit=2").await, (StatusCode::OK, json!([1, 2])));
    assert_eq!(numbers("limit=2&offset=1").await, (StatusCode::OK, json!([2, 3])));
    let best = numbers("pgrst_scalar=gt.1&order=pgrst_scalar.desc&limit=2").await;
    assert_eq!(best, (StatusCode::OK, json!([5, 4])));
    assert_eq!(numbers("pgrst_scalar=gt.9").await, (StatusCode::OK, json!([])));
    assert_eq!(numbers("select=nothing").await.1["code"], "42703");
}

#[tokio::test]
async fn columns_are_chosen_from_a_single_row() {
    let server = project(
        "create type spot as (x int, y int, z int);
         create function place(x int) returns spot language sql as 'select x, 2, 3';
         create function pair(out a int, out b text) language sql as $$ select 1, 'two' $$;
         create function one_column(out a int) language sql as 'select 1'",
    )
    .await;
    let answered = async |function: &str, body: Value| call(&server, function, body).await.json();

    assert_eq!(answered("place", json!({ "x": 1 })).await, json!({ "x": 1, "y": 2, "z": 3 }));
    assert_eq!(answered("place?select=z,first:x", json!({ "x": 1 })).await, json!({ "z": 3, "first": 1 }));
    assert_eq!(answered("place?x=eq.7", json!({ "x": 1 })).await, Value::Null);
    assert_eq!(answered("pair?select=b", json!({})).await, json!({ "b": "two" }));
    assert_eq!(answered("one_column", json!({})).await, json!({ "a": 1 }));
}

#[tokio::test]
async fn a_function_whose_rows_are_counted_runs_once() {
    let server = project(
        "create table runs (id int generated always as identity);
         create function run() returns setof int language sql security definer
           as 'insert into runs default values returning id'",
    )
    .await;
    let request = Request::post("/rest/v1/rpc/run")
        .header("apikey", &server.keys().anon)
        .header("content-type", "application/json")
        .header("prefer", "count=exact");

    let answer = server.exchange(request.body("{}".into()).unwrap()).await.unwrap();

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.headers["content-range"], "0-0/1");
    assert_eq!(server.sql("select count(*)::int as n from runs").await.unwrap(), [json!({ "n": 1 })]);
}

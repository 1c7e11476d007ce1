//! Buckets and lists of objects are what the real Storage makes of the same requests.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;

const PROJECT_LIMIT: u64 = 2_000_000;

async fn start() -> TestServer {
    TestServer::start(Config { file_size_limit: PROJECT_LIMIT, ..Config::default() }).await.unwrap()
}

/// What Storage answers to the owner of the project.
async fn ask(server: &TestServer, method: Method, path: &str, body: &Value) -> Value {
    let path = format!("/storage/v1{path}");
    server.call(method, &path, Some(&server.keys().service_role), body).await.unwrap().json()
}

async fn bucket(server: &TestServer, name: &str) -> Value {
    ask(server, Method::GET, &format!("/bucket/{name}"), &Value::Null).await
}

async fn upload(server: &TestServer, path: &str, size: usize) -> Value {
    let request = Request::post(format!("/storage/v1/object/{path}"))
        .header("authorization", format!("Bearer {}", server.keys().service_role))
        .header("content-type", "image/png");
    server.exchange(request.body(Body::from(vec![0; size])).unwrap()).await.unwrap().json()
}

#[tokio::test]
async fn the_limit_of_a_bucket_is_a_number_a_size_or_nothing() {
    let server = start().await;
    let new = json!({ "name": "pictures", "file_size_limit": "1.5MB" });
    assert_eq!(ask(&server, Method::POST, "/bucket", &new).await, json!({ "name": "pictures" }));
    assert_eq!(bucket(&server, "pictures").await["file_size_limit"], 1_500_000);

    for (wanted, limit) in [
        (json!(1000), json!(1000)),
        (json!("2000"), json!(2000)),
        (json!("500kb"), json!(500_000)),
        (json!(null), json!(null)),
    ] {
        let change = json!({ "file_size_limit": wanted });
        let answer = ask(&server, Method::PUT, "/bucket/pictures", &change).await;
        assert_eq!(answer, json!({ "message": "Successfully updated" }), "{wanted}");
        assert_eq!(bucket(&server, "pictures").await["file_size_limit"], limit, "{wanted}");
    }

    let change = json!({ "file_size_limit": "10 B" });
    let error = ask(&server, Method::PUT, "/bucket/pictures", &change).await;
    let pattern = r"^[0-9]+(?:\.[0-9]+)?(?:[gG][bB]|[mM][bB]|[kK][bB]|[bB])$";
    let message = format!(
        "body/file_size_limit must be integer, body/file_size_limit must match pattern \"{pattern}\", \
         body/file_size_limit must match a schema in anyOf"
    );
    assert_eq!(
        error,
        json!({ "statusCode": "400", "error": "Error", "message": message, "code": "InvalidRequest" })
    );
}

#[tokio::test]
async fn an_update_of_a_bucket_clears_what_is_null_and_keeps_what_is_absent() {
    let server = start().await;
    let new = json!({
        "name": "pictures", "public": true, "file_size_limit": 1000, "allowed_mime_types": ["image/png"],
    });
    ask(&server, Method::POST, "/bucket", &new).await;
    let fields = async || {
        let bucket = bucket(&server, "pictures").await;
        json!([bucket["public"], bucket["file_size_limit"], bucket["allowed_mime_types"]])
    };
    assert_eq!(fields().await, json!([true, 1000, ["image/png"]]));

    for (change, expected) in [
        (json!({ "public": false }), json!([false, 1000, ["image/png"]])),
        (json!({ "allowed_mime_types": null }), json!([false, 1000, null])),
        (json!({ "allowed_mime_types": ["image/*", "a/b"] }), json!([false, 1000, ["image/*", "a/b"]])),
        (json!({ "file_size_limit": null }), json!([false, null, ["image/*", "a/b"]])),
    ] {
        ask(&server, Method::PUT, "/bucket/pictures", &change).await;
        assert_eq!(fields().await, expected, "{change}");
    }
    let error = ask(&server, Method::PUT, "/bucket/pictures", &json!({})).await;
    assert_eq!(error["code"], "InvalidRequest", "an update of nothing is refused: {error}");
}

#[tokio::test]
async fn no_bucket_allows_more_than_the_project() {
    let server = start().await;
    let too_large = json!({
        "statusCode": "413",
        "error": "Payload too large",
        "message": "The object exceeded the maximum allowed size",
        "code": "EntityTooLarge",
    });

    let new = json!({ "name": "large", "file_size_limit": PROJECT_LIMIT + 1 });
    assert_eq!(ask(&server, Method::POST, "/bucket", &new).await, too_large);
    assert_eq!(bucket(&server, "large").await["code"], "NoSuchBucket");
    let new = json!({ "name": "large", "file_size_limit": PROJECT_LIMIT });
    ask(&server, Method::POST, "/bucket", &new).await;
    let change = json!({ "file_size_limit": "1GB" });
    assert_eq!(ask(&server, Method::PUT, "/bucket/large", &change).await, too_large);
    assert_eq!(bucket(&server, "large").await["file_size_limit"], PROJECT_LIMIT);

    // As a migration may do.
    server.sql("update storage.buckets set file_size_limit = 9000000").await.unwrap();
    let most = usize::try_from(PROJECT_LIMIT).unwrap();
    assert_eq!(upload(&server, "large/one.png", most).await["Key"], "large/one.png");
    assert_eq!(upload(&server, "large/two.png", most + 1).await, too_large);
    ask(&server, Method::PUT, "/bucket/large", &json!({ "file_size_limit": 10 })).await;
    assert_eq!(upload(&server, "large/three.png", 11).await, too_large);
}

#[tokio::test]
async fn a_search_is_how_the_names_in_the_folder_begin() {
    let server = start().await;
    ask(&server, Method::POST, "/bucket", &json!({ "name": "pictures" })).await;
    for path in ["in/Apple.png", "in/apple/one.png", "in/banana.png", "in/cherry/two.png", "out/apple.png"] {
        upload(&server, &format!("pictures/{path}"), 1).await;
    }
    let names = async |request: Value| {
        let lines = ask(&server, Method::POST, "/object/list/pictures", &request).await;
        lines.as_array().unwrap().iter().map(|line| line["name"].clone()).collect::<Value>()
    };

    assert_eq!(names(json!({ "prefix": "in", "search": "a" })).await, json!(["Apple.png", "apple"]));
    assert_eq!(names(json!({ "prefix": "in", "search": "B" })).await, json!(["banana.png"]));
    assert_eq!(names(json!({ "prefix": "in", "search": "png" })).await, json!([]));
    assert_eq!(names(json!({ "prefix": "in", "search": "%" })).await, json!([]));
    assert_eq!(names(json!({ "prefix": "", "search": "o" })).await, json!(["out"]));
    let backwards = json!({ "prefix": "in", "sortBy": { "column": "name", "order": "desc" } });
    assert_eq!(names(backwards).await, json!(["cherry", "banana.png", "apple", "Apple.png"]));
}

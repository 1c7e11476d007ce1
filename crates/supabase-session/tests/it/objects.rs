//! Objects over Storage: what goes up and down, and what each of its codes becomes.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::json;
use supabase_session::{ApiError, HttpError, Method, ServerCode};

use crate::data::{storage_says, world, yes};
use crate::fake::{Gate, Reply, USER_ID, ok, raw};

#[tokio::test]
async fn an_upload_says_its_type_and_tells_its_progress() {
    let world = world(|_| ok(json!({"Key": "avatars/u/a b.png", "Id": "i"}))).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);

    let progress = move |sent, total| listener.lock().unwrap().push((sent, total));
    world
        .client
        .storage("avatars")
        .upload("u/a b.png", "image/png", Bytes::from_static(b"12345"), progress)
        .await
        .unwrap();

    let request = world.server.last();
    assert_eq!(
        (request.method, request.path.as_str()),
        (Method::Post, "/storage/v1/object/avatars/u/a%20b.png")
    );
    assert_eq!(request.headers["content-type"], "image/png");
    assert_eq!(request.headers["cache-control"], "max-age=3600");
    assert_eq!(request.object.as_deref(), Some(&b"12345"[..]));
    assert_eq!(*told.lock().unwrap(), [(5, 5)]);
}

#[tokio::test]
async fn dropping_an_upload_aborts_its_request() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = world(move |_| Reply::Gate(Arc::clone(&held), Box::new(ok(json!({"Key": "k"}))))).await;
    let bucket = world.client.storage("avatars");
    let upload = tokio::spawn(async move {
        bucket.upload("a.png", "image/png", Bytes::from_static(b"1"), |_, _| {}).await
    });
    gate.reached.notified().await;

    upload.abort();

    world.server.aborted.notified().await;
}

#[tokio::test]
async fn a_download_gives_the_bytes() {
    let world = world(|_| raw(200, &[("content-type", "image/png")], "bytes")).await;

    let bytes = world.client.storage("avatars").download("u/a.png").await.unwrap();

    assert_eq!(bytes, "bytes");
    assert_eq!(world.server.last().path, "/storage/v1/object/authenticated/avatars/u/a.png");
}

#[tokio::test]
async fn whether_an_object_is_public_is_asked_by_its_first_byte_and_in_nobodys_name() {
    let world = world(|_| raw(206, &[("content-type", "image/png")], "b")).await;

    assert_eq!(world.client.storage("avatars").is_public("u/a.png").await, Ok(true));

    let request = world.server.last();
    assert_eq!(request.path, "/storage/v1/object/public/avatars/u/a.png");
    assert_eq!(request.headers["range"], "bytes=0-0");
    assert_eq!(request.headers["authorization"], format!("Bearer {}", request.headers["apikey"]));
    for code in ["NoSuchBucket", "NoSuchKey"] {
        let world = self::world(move |_| storage_says("404", code, "no")).await;
        assert_eq!(world.client.storage("avatars").is_public("u/a.png").await, Ok(false), "{code}");
    }
}

#[tokio::test]
async fn a_removal_counts_only_when_the_list_names_it() {
    let world = world(|_| ok(json!([{"name": "u/a.png", "id": "i"}]))).await;
    let bucket = world.client.storage("avatars");

    assert_eq!(bucket.remove("u/a.png").await, Ok(true));
    let request = world.server.last();
    assert_eq!((request.method, request.path.as_str()), (Method::Delete, "/storage/v1/object/avatars"));
    assert_eq!(request.body, json!({"prefixes": ["u/a.png"]}));
    assert_eq!(bucket.remove("u/b.png").await, Ok(false));
    world.server.now(|_| ok(json!([])));
    assert_eq!(bucket.remove("u/a.png").await, Ok(false));
}

#[tokio::test]
async fn each_word_of_storage_has_its_error() {
    let table = [
        ("404", "NoSuchKey", ApiError::NotFound),
        ("404", "NoSuchBucket", ApiError::MissingTable),
        ("403", "AccessDenied", ApiError::Forbidden),
        ("413", "EntityTooLarge", ApiError::PayloadTooLarge),
        ("415", "InvalidMimeType", ApiError::UnsupportedType),
        ("409", "KeyAlreadyExists", ApiError::Unexpected { code: ServerCode::new("KeyAlreadyExists") }),
        ("503", "SlowDown", ApiError::Http(HttpError::ServerTrouble { status: 503 })),
    ];
    for (status, code, expected) in table {
        let world = world(move |_| storage_says(status, code, "m")).await;

        assert_eq!(world.client.storage("avatars").download("a.png").await, Err(expected));
    }
}

#[tokio::test]
async fn a_body_that_a_gateway_finds_too_large_is_too_large_whatever_its_words_are() {
    for (status, body, expected) in [
        (
            413,
            "<html><head><title>413 Request Entity Too Large</title></head></html>",
            ApiError::PayloadTooLarge,
        ),
        (413, "", ApiError::PayloadTooLarge),
        (413, r#"{"message":"Request size limit exceeded"}"#, ApiError::PayloadTooLarge),
        (
            413,
            r#"{"statusCode":413,"code":"FST_ERR_CTP_BODY_TOO_LARGE","error":"Payload Too Large","message":"Request body is too large"}"#,
            ApiError::PayloadTooLarge,
        ),
        (
            415,
            r#"{"statusCode":415,"code":"FST_ERR_CTP_INVALID_MEDIA_TYPE","error":"Unsupported Media Type","message":"no"}"#,
            ApiError::UnsupportedType,
        ),
    ] {
        let world = world(move |_| raw(status, &[], body)).await;

        let sent =
            world.client.storage("avatars").upload("a/b.png", "image/png", "x".into(), |_, _| {}).await;

        assert_eq!(sent, Err(expected), "{body}");
    }
}

#[tokio::test]
async fn a_path_that_would_lead_elsewhere_is_not_sent() {
    let world = world(yes).await;
    for path in ["", "/a", "a/", "a//b", "../other/a.png", "a/./b", "."] {
        let outcome = world.client.storage("avatars").download(path).await;

        assert_eq!(outcome, Err(ApiError::Unexpected { code: ServerCode::new("InvalidKey") }), "{path}");
    }
    assert!(world.server.seen().is_empty());
}

#[tokio::test]
async fn a_folder_lists_its_objects_and_its_folders() {
    let world = world(|_| ok(json!([{"name": "one.jpg", "id": "1"}, {"name": "below", "id": null}]))).await;

    let listing = world.client.storage("avatars").list(USER_ID).await.unwrap();

    assert_eq!(listing.objects, [format!("{USER_ID}/one.jpg")]);
    assert_eq!(listing.folders, [format!("{USER_ID}/below")]);
    assert_eq!(world.server.last().path, "/storage/v1/object/list/avatars");
}

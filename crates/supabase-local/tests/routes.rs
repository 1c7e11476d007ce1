//! A path without a route: each API answers in its own form, which its clients read.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::Value;
use supabase_local::Config;
use supabase_local::testing::TestServer;

/// Whose token a request carries.
#[derive(Debug, Clone, Copy)]
enum As {
    Nobody,
    Owner,
}

#[tokio::test]
async fn an_unknown_route_or_method_is_answered_in_the_words_of_its_api() {
    use As::{Nobody, Owner};
    let server = TestServer::start(Config::built_in().unwrap()).await.unwrap();
    let keys = server.keys();

    for (who, method, path, status, said) in [
        (Owner, "GET", "/auth/v1/nope", 404, "404 page not found\n"),
        (Owner, "GET", "/auth/v1/admin/nope", 404, "404 page not found\n"),
        (Nobody, "GET", "/auth/v1/admin/nope", 401, "no_authorization"),
        (Owner, "GET", "/auth/v1/admin/users/x/factors", 404, "validation_failed"),
        (Nobody, "GET", "/auth/v1/user/nope", 401, "no_authorization"),
        (Nobody, "PATCH", "/auth/v1/user", 401, "no_authorization"),
        (Nobody, "GET", "/auth/v1/factors/x/nope", 401, "no_authorization"),
        (Nobody, "POST", "/auth/v1/sso", 404, "saml_provider_disabled"),
        (Nobody, "POST", "/auth/v1/passkeys/authentication/options", 404, "passkey_disabled"),
        (Nobody, "GET", "/auth/v1/oauth/authorize", 404, "feature_disabled"),
        (Nobody, "DELETE", "/auth/v1/signup", 405, ""),
        (Owner, "GET", "/rest/v1/a/b", 404, "{}"),
        (Owner, "PUT", "/rest/v1/rpc/nope", 405, "PGRST101"),
        (Owner, "GET", "/storage/v1/nope", 404, "Route GET:/nope not found"),
        (Owner, "PUT", "/storage/v1/object/move", 404, "Route PUT:/object/move not found"),
        (Owner, "GET", "/nope", 404, "no Route matched with those values"),
    ] {
        let mut request = Request::builder().method(method).uri(path).header("apikey", &keys.anon);
        if matches!(who, Owner) {
            request = request.header("authorization", format!("Bearer {}", keys.service_role));
        }
        let answer = server.exchange(request.body(Body::empty()).unwrap()).await.unwrap();

        assert_eq!(answer.status, status, "{method} {path} as {who:?}");
        let kind = answer.headers.get(header::CONTENT_TYPE);
        let body = answer.text();
        assert!(body.contains(said), "{method} {path} as {who:?}: {body}");
        let is_json = kind.is_some_and(|kind| kind.to_str().unwrap().starts_with("application/json"));
        let reads = serde_json::from_str::<Value>(&body).is_ok();
        assert_eq!(is_json, reads, "{method} {path}: {body}");
    }
}

#[tokio::test]
async fn a_body_that_auth_does_not_read_is_refused_in_its_form() {
    let server = TestServer::start(Config::built_in().unwrap()).await.unwrap();
    let request = Request::post("/auth/v1/signup").header("apikey", &server.keys().anon);
    let body = format!("{{\"email\":\"{}\"}}", "a".repeat(2 << 20));

    let answer = server.exchange(request.body(Body::from(body)).unwrap()).await.unwrap();

    assert_eq!(answer.status, 413);
    assert_eq!(answer.headers["x-sb-error-code"], "request_entity_too_large");
}

//! Where no route is, each API answers in its own form, as a client reads it.
// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use serde_json::Value;
use supabase_local::{Config, Server};
use tower::ServiceExt as _;

/// Whose token a request carries.
#[derive(Debug, Clone, Copy)]
enum As {
    Nobody,
    Owner,
}

#[tokio::test]
async fn an_unknown_route_or_method_is_answered_in_the_words_of_its_api() {
    use As::{Nobody, Owner};
    let server = Server::builder(Config::built_in().unwrap()).start().await.unwrap();
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
        let response = server.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();

        assert_eq!(response.status(), status, "{method} {path} as {who:?}");
        let kind = response.headers().get(header::CONTENT_TYPE).cloned();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes);
        assert!(body.contains(said), "{method} {path} as {who:?}: {body}");
        let is_json = kind.is_some_and(|kind| kind.to_str().unwrap().starts_with("application/json"));
        let reads = serde_json::from_slice::<Value>(&bytes).is_ok();
        assert_eq!(is_json, reads, "{method} {path}: {body}");
    }
}

#[tokio::test]
async fn a_body_that_auth_does_not_read_is_refused_in_its_form() {
    let server = Server::builder(Config::built_in().unwrap()).start().await.unwrap();
    let request = Request::post("/auth/v1/signup").header("apikey", &server.keys().anon);
    let body = format!("{{\"email\":\"{}\"}}", "a".repeat(2 << 20));

    let response = server.router().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();

    assert_eq!(response.status(), 413);
    assert_eq!(response.headers()["x-sb-error-code"], "request_entity_too_large");
}

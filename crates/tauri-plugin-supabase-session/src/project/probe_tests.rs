//! What the connect screen says of whatever answers at a URL.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use supabase_session_contract::{CommandError, ErrorCode, Field};
use tokio::net::TcpListener;

use super::*;
use crate::test_app::context;

/// Asks a server that answers everything in this way.
async fn said_of(answer: fn() -> Response) -> CommandError {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        axum::serve(listener, Router::new().fallback(move || async move { answer() })).await
    });
    let project = Project::new(&url, "sb_publishable_key").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let failure = context(folder.path(), true, None).check(&project).await.unwrap_err();
    server.abort();
    failure.to_command_error()
}

/// An answer's name, the answer, and the code that the connect page gets.
type Case = (&'static str, fn() -> Response, ErrorCode);

#[tokio::test]
async fn a_networks_sign_in_page_is_told_from_a_server_that_is_not_supabase() {
    const PAGE: &str = "<!doctype html><title>Free WiFi</title>";
    let table: [Case; 6] = [
        ("page", || Html(PAGE).into_response(), ErrorCode::WebPageAnswers),
        (
            "redirect to another host",
            || Redirect::temporary("http://login.wifi.example/?from=x").into_response(),
            ErrorCode::WebPageAnswers,
        ),
        (
            "511",
            || (StatusCode::NETWORK_AUTHENTICATION_REQUIRED, Html(PAGE)).into_response(),
            ErrorCode::WebPageAnswers,
        ),
        ("redirect on this host", || Redirect::to("/login").into_response(), ErrorCode::NotSupabase),
        ("no such page", || (StatusCode::NOT_FOUND, Html(PAGE)).into_response(), ErrorCode::NotSupabase),
        ("another API", || axum::Json("hello").into_response(), ErrorCode::NotSupabase),
    ];

    for (what, answer, code) in table {
        let said = said_of(answer).await;
        assert_eq!((said.code, said.field), (code, Some(Field::Url)), "{what}");
    }
}

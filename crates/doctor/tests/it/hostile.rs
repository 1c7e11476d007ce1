//! Servers that mean no good, and what must never be said.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use foyer_doctor::{CheckName, DEADLINE, Finding};
use foyer_text::Language;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::world::{Answer, EMAIL, PASSWORD, World, doctor, of, right};

/// What a server sends without end.
fn endless() -> Response {
    let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 16 << 10]));
    Body::from_stream(stream::repeat_with(piece)).into_response()
}

#[tokio::test]
async fn a_server_that_answers_the_first_question_and_then_without_end_costs_no_more_than_the_deadline() {
    let answer: Answer = |path| (!path.contains("/settings")).then(endless);
    let world = World::start(right(), Some(answer)).await;
    let begun = Instant::now();

    let report = world.doctor().run(|_| {}).await;

    assert!(begun.elapsed() < DEADLINE + Duration::from_secs(5));
    for check in [CheckName::Redirect, CheckName::SigningKeys, CheckName::Profiles, CheckName::Bucket] {
        assert_eq!(of(&report, check), Finding::NoAnswer, "{}", report.text(Language::English));
    }
}

/// A server that takes each connection, reads and does `then`.
async fn socket(
    then: fn(tokio::net::TcpStream) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(then(stream));
        }
    });
    url
}

/// This server is given up within seconds.
async fn must_time_out(url: &str) {
    let begun = Instant::now();

    let report = doctor(url, "sb_publishable_x").run(|_| {}).await;

    assert_eq!(of(&report, CheckName::Server), Finding::TimedOut);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_server_that_never_answers_is_told_within_seconds() {
    let url = socket(|mut stream| {
        Box::pin(async move {
            let mut sink = Vec::new();
            // Until the client has had enough.
            let _broken = stream.read_to_end(&mut sink).await;
        })
    })
    .await;
    must_time_out(&url).await;
}

#[tokio::test]
async fn a_server_that_drips_one_byte_after_the_other_is_told_within_seconds() {
    let url = socket(|mut stream| {
        Box::pin(async move {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
            let mut request = [0; 4096];
            let Ok(1..) = stream.read(&mut request).await else { return };
            let mut tick = tokio::time::interval(Duration::from_millis(200));
            let mut sent = stream.write_all(head).await;
            while sent.is_ok() {
                tick.tick().await;
                sent = stream.write_all(b" ").await;
            }
        })
    })
    .await;
    must_time_out(&url).await;
}

#[tokio::test]
async fn a_server_that_refuses_everything_but_the_settings_is_unknown_and_no_fault() {
    let answer: Answer = |path| {
        (!path.contains("/settings"))
            .then(|| axum::response::Redirect::to("https://elsewhere.example/").into_response())
    };
    let world = World::start(right(), Some(answer)).await;

    let report = world.doctor().run(|_| {}).await;

    for check in [CheckName::Captcha, CheckName::SigningKeys, CheckName::Profiles, CheckName::BucketReaders] {
        assert_eq!(of(&report, check), Finding::NoAnswer, "{}", report.text(Language::English));
    }
}

#[tokio::test]
async fn nothing_that_is_secret_or_personal_is_said() {
    let answer: Answer = |path| {
        let hostile = serde_json::json!({
            "message": "canary-of-the-server", "code": "canary-of-the-server", "keys": [{ "alg": "canary-of-the-server" }],
        });
        path.contains("jwks").then(|| axum::Json(hostile).into_response())
    };
    let world = World::start(right(), Some(answer)).await;
    let person = world.person().await;
    let tokens = person.get_session().await.unwrap().unwrap();
    let token = tokens.access_token.expose().clone();

    let report = world.doctor().signed_in(person).clock(Arc::new(crate::world::Ahead(60))).run(|_| {}).await;

    for said in [report.text(Language::English), report.json().unwrap(), format!("{report:?}")] {
        for secret in [world.key(), world.secret_key(), token.clone(), EMAIL.to_owned(), PASSWORD.to_owned()]
        {
            assert!(!said.contains(&secret), "{said}");
        }
        for word in ["canary", "eyJ", "sb_publishable", "sb_secret", &world.url] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
}

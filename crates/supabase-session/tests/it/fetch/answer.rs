//! What comes of a page's requests: refused tokens, what a page sees of an answer, hostile servers.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use bytes::Bytes;
use supabase_session::{FetchError, FetchRequest, HttpError, ServerCode};
use tokio::sync::Mutex;

use super::{ORIGIN, client, get, world};
use crate::deadline::Deadline;
use crate::fake::{Gate, Reply, Seen, World, offline, ok, raw, refuse, session};
use crate::sockets::{KEY, head, server, write};

#[tokio::test]
async fn a_refused_token_causes_one_refresh_and_the_same_request_once_more() {
    let no_good = [
        ("/rest/v1/t", 401, r#"{"code":"PGRST301","message":"JWT expired"}"#),
        (
            "/storage/v1/object/a/b",
            400,
            r#"{"statusCode":"403","error":"Unauthorized","message":"jwt expired"}"#,
        ),
    ];
    for (path, status, no) in no_good {
        let world = world(move |seen| match (seen.what(), seen.bearer()) {
            ("refresh_token", _) => ok(session("2")),
            (_, "access-2") => raw(201, &[], "done"),
            _ => raw(status, &[], no),
        })
        .await;
        let body = Some(Bytes::from_static(b"body"));
        let request = FetchRequest { method: "POST".into(), body: body.clone(), ..get(path) };

        let answer = world.client.fetch(request).await.unwrap();

        assert_eq!((answer.status, &answer.body[..]), (201, &b"done"[..]), "{path}");
        let seen = world.server.seen();
        let bearers: Vec<_> = seen.iter().map(Seen::bearer).collect();
        assert_eq!(bearers, ["access-1", "sb_publishable_key", "access-2"], "{path}");
        assert_eq!((&seen[0].object, &seen[2].object), (&body, &body), "{path}");
    }
}

/// What the gateway before the functions says of a token (the self-hosted one and the Supabase CLI's alike).
const GATEWAYS: [&str; 4] = [
    "UNAUTHORIZED_LEGACY_JWT",
    "UNAUTHORIZED_ASYMMETRIC_JWT",
    "UNAUTHORIZED_INVALID_JWT_FORMAT",
    "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM",
];

#[tokio::test]
async fn a_token_that_the_gateway_before_the_functions_refuses_is_replaced_once() {
    for name in GATEWAYS {
        let world = world(move |seen| match (seen.what(), seen.bearer()) {
            ("refresh_token", _) => ok(session("2")),
            (_, "access-2") => raw(201, &[], "done"),
            _ => raw(401, &[("sb-error-code", name)], r#"{"message":"Invalid JWT"}"#),
        })
        .await;
        let request = FetchRequest { method: "POST".into(), ..get("/functions/v1/f") };

        assert_eq!(world.client.fetch(request).await.unwrap().status, 201, "{name}");

        let seen = world.server.seen();
        assert_eq!(
            seen.iter().map(Seen::bearer).collect::<Vec<_>>(),
            ["access-1", "sb_publishable_key", "access-2"],
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_function_that_says_no_itself_runs_once_whatever_its_words_are() {
    let ran: [&[(&str, &str)]; 4] = [
        &[],
        &[("sb-error-code", "EDGE_FUNCTION_ERROR")],
        &[("x-sb-error-code", "bad_jwt")],
        // It passes on what another function's gateway said.
        &[("sb-error-code", "UNAUTHORIZED_LEGACY_JWT"), ("x-deno-execution-id", "5236cf00")],
    ];
    let words = [
        "",
        "mine",
        r#"{"code":401,"message":"Invalid JWT"}"#,
        r#"{"msg":"Error: no"}"#,
        r#"{"code":"UNAUTHORIZED_LEGACY_JWT","message":"Invalid JWT"}"#,
        // What the project's own APIs said to the function.
        r#"{"code":"PGRST301","message":"JWT expired"}"#,
        r#"{"code":"PGRST303","message":"JWT issued at future"}"#,
        r#"{"code":"bad_jwt","message":"token used before issued"}"#,
        r#"{"statusCode":"403","error":"Unauthorized","message":"jwt expired"}"#,
    ];
    for (status, method) in [(401, "POST"), (403, "DELETE"), (400, "PUT"), (401, "GET")] {
        for (headers, words) in ran.iter().flat_map(|headers| words.map(|words| (*headers, words))) {
            let world = world(move |_| raw(status, headers, words)).await;
            let request = FetchRequest { method: method.into(), ..get("/functions/v1/f") };

            let answer = world.client.fetch(request).await.unwrap();

            assert_eq!((answer.status, &answer.body[..]), (status, words.as_bytes()));
            assert_eq!(world.server.seen().len(), 1, "{method} {status} {headers:?} {words}");
        }
    }
}

#[tokio::test]
async fn a_second_no_is_the_answer_and_costs_no_more_refreshes() {
    let world = world(|seen| match seen.what() {
        "refresh_token" => ok(session("2")),
        "/functions/v1/open" => raw(200, &[], ""),
        _ => raw(401, &[("sb-error-code", GATEWAYS[0])], "mine"),
    })
    .await;

    for _ in 0..3 {
        let answer = world.client.fetch(get("/functions/v1/closed")).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (401, &b"mine"[..]));
        assert_eq!(world.client.fetch(get("/functions/v1/open")).await.unwrap().status, 200);
    }

    assert_eq!(world.server.count("refresh_token"), 1, "one function's own 401 says nothing of the others");
    assert_eq!(world.server.count("/functions/v1/closed"), 4);
}

#[tokio::test]
async fn a_no_that_is_not_about_the_token_and_a_fault_of_the_server_are_answers() {
    let world = world(|_| refuse(403, "42501")).await;
    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap().status, 403);
    for status in [400, 404, 409, 416, 429, 500, 503, 522] {
        world.server.now(move |_| raw(status, &[("retry-after", "7")], "<html>why</html>"));
        let answer = world.client.fetch(get("/rest/v1/t")).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (status, &b"<html>why</html>"[..]));
        assert_eq!(answer.headers, [("retry-after".to_owned(), "7".to_owned())]);
    }
    assert_eq!(world.server.count("refresh_token"), 0);
}

#[tokio::test]
async fn signed_out_the_key_stands_in_and_is_tried_once() {
    let world = World::new(|_| raw(401, &[], r#"{"code":"PGRST301","message":"no"}"#));

    let answer = world.client.fetch(get("/rest/v1/t")).await.unwrap();

    assert_eq!(answer.status, 401);
    let seen = world.server.seen();
    assert_eq!(seen.iter().map(Seen::bearer).collect::<Vec<_>>(), ["sb_publishable_key"]);
}

#[tokio::test]
async fn while_the_session_cannot_be_read_nothing_is_sent_as_nobody() {
    let world = World::new(|_| raw(200, &[], "[]"));
    world.store.unreadable.store(true, SeqCst);

    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap_err(), FetchError::NotRestored);
    assert!(world.server.seen().is_empty());

    world.store.unreadable.store(false, SeqCst);
    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_failed_refresh_says_why() {
    let no = || raw(401, &[], r#"{"code":"PGRST301","message":"no"}"#);
    for (refresh, why) in [
        (offline as fn() -> Reply, FetchError::Http(HttpError::Offline)),
        (|| refuse(400, "refresh_token_not_found"), FetchError::SignedOut),
        (|| refuse(400, "new_code"), FetchError::RefreshRefused(ServerCode::new("new_code"))),
    ] {
        let world = world(move |seen| if seen.what() == "refresh_token" { refresh() } else { no() }).await;
        assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap_err(), why);
    }
}

#[tokio::test]
async fn a_page_sees_the_headers_that_a_browser_shows_and_never_a_credential() {
    let sent = [
        ("content-type", "application/json"),
        ("content-range", "0-1/2"),
        ("x-relay-error", "true"),
        ("etag", "e"),
        ("server", "nginx"),
        ("x-own", "o"),
        ("x-hidden", "h"),
        ("set-cookie", "c"),
        ("authorization", "a"),
        ("apikey", "k"),
    ];
    let usual = ["content-range", "content-type", "etag", "x-relay-error"];
    for (exposed, more) in [
        (None, vec![]),
        (Some("X-Own , Set-Cookie,Authorization"), vec!["x-own"]),
        (Some("*"), vec!["access-control-expose-headers", "server", "x-hidden", "x-own"]),
    ] {
        let mut headers = sent.to_vec();
        headers.extend(exposed.map(|list| ("access-control-expose-headers", list)));
        let world = world(move |_| raw(200, &headers, "[]")).await;

        let answer = world.client.fetch(get("/rest/v1/t")).await.unwrap();

        let mut names: Vec<_> = answer.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut expected = [usual.to_vec(), more].concat();
        expected.sort_unstable();
        assert_eq!(names, expected, "{exposed:?}");
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_token_is_not_handed_over() {
    let world = world(|_| raw(200, &[], r#"{"authorization":"Bearer access-1"}"#)).await;
    assert_eq!(world.client.fetch(get("/rest/v1/rpc/echo")).await.unwrap_err(), FetchError::RepeatsToken);
    world.server.now(|_| raw(200, &[("etag", "access-1")], ""));
    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap_err(), FetchError::RepeatsToken);
    world.server.now(|_| raw(200, &[("x-hidden", "access-1")], "access-"));
    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_what_is_no_status_is_no_answer() {
    let world = world(|_| raw(200, &[], "")).await;
    for status in [301, 302, 303, 307, 308] {
        world.server.now(move |_| raw(status, &[("location", "https://evil.example/rest/v1/t")], ""));
        assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap_err(), FetchError::Redirected);
    }
    world.server.now(|_| raw(304, &[], ""));
    assert_eq!(world.client.fetch(get("/rest/v1/t")).await.unwrap().status, 304);
    world.server.now(|_| raw(999, &[], ""));
    let odd = world.client.fetch(get("/rest/v1/t")).await.unwrap_err();
    assert_eq!(odd, FetchError::Http(HttpError::NotSupabase));
    assert!(world.server.seen().iter().all(|seen| seen.path == "/rest/v1/t"));
}

#[tokio::test]
async fn dropping_it_aborts_the_request() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let world = world(move |_| Reply::Gate(Arc::clone(&held), Box::new(raw(200, &[], "")))).await;
    let client = world.client.clone();
    let fetch = tokio::spawn(async move { client.fetch(get("/storage/v1/object/a/b")).await });
    gate.reached.notified().await;

    fetch.abort();

    world.server.aborted.notified().await;
    assert!(world.is_signed_in());
}

#[tokio::test]
async fn nothing_of_a_request_or_an_answer_is_shown() {
    let _deadline = Deadline::here();
    let world = world(|_| raw(200, &[("etag", "canary")], "canary")).await;
    let request = FetchRequest {
        method: "POST".into(),
        url: format!("{ORIGIN}/rest/v1/t?name=canary"),
        headers: vec![("x-mine".into(), "canary".into())],
        body: Some("canary".into()),
    };

    let shown = format!("{request:?} {request:#?} {:?}", world.client.fetch(request.clone()).await);

    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("FetchResponse(200, 6 bytes)"), "{shown}");
}

/// Answers the connections one after the other, the last one also to all that follow; tells what it was asked.
async fn answering(answers: &'static [&'static str]) -> (String, Arc<Mutex<Vec<String>>>) {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&asked);
    let url = server(move |mut stream| {
        let heard = Arc::clone(&heard);
        async move {
            let (head, _) = head(&mut stream).await;
            let mut heard = heard.lock().await;
            let answer = answers[heard.len().min(answers.len() - 1)];
            heard.push(head);
            write(&mut stream, answer).await;
        }
    })
    .await;
    (url, asked)
}

#[tokio::test]
async fn on_real_sockets_a_hostile_server_gets_one_request_and_its_answer_no_further_than_it_may() {
    let _deadline = Deadline::here();
    for (answer, expected) in [
        (
            "HTTP/1.1 302 Found\r\nlocation: /auth/v1/user\r\ncontent-length: 0\r\n\r\n",
            FetchError::Redirected,
        ),
        ("HTTP/1.1 200 OK\r\ncontent-length: 67108865\r\n\r\n", FetchError::Http(HttpError::TooLarge)),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", FetchError::Http(HttpError::Offline)),
        ("garbage\r\n\r\n", FetchError::Http(HttpError::Offline)),
    ] {
        let answers: &'static [&'static str] = vec![answer].leak();
        let (url, asked) = answering(answers).await;
        let request = FetchRequest { url: format!("{url}/rest/v1/t"), ..get("") };

        assert_eq!(client(&url).fetch(request).await.unwrap_err(), expected, "{answer}");

        let asked = asked.lock().await;
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].contains(&format!("authorization: Bearer {KEY}\r\n")), "{asked:?}");
    }
}

#[tokio::test]
async fn on_real_sockets_the_answer_to_head_has_no_body_and_its_length_is_no_limit() {
    let _deadline = Deadline::here();
    let (url, asked) =
        answering(&["HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\ncontent-range: */3\r\n\r\n"]).await;
    let request = FetchRequest { method: "HEAD".into(), url: format!("{url}/rest/v1/t?select=*"), ..get("") };

    let answer = client(&url).fetch(request).await.unwrap();

    assert!(asked.lock().await[0].starts_with("HEAD /rest/v1/t?select=* HTTP/1.1\r\n"));
    assert!(answer.body.is_empty());
    assert!(answer.headers.contains(&("content-range".to_owned(), "*/3".to_owned())));
}

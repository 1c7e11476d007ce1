//! Input that nests too deep or is too large is refused, and the process goes on.
// It looks at the program's memory where Linux tells it.
#![cfg(unix)]
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "these tests need less of it")]
mod running;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::StatusCode;
use running::Running;
use serde_json::{Value, json};

/// A nesting that would overflow the stack of a thread.
const DEEP: usize = 10_000;

async fn get(server: &Running, query: &str) -> (StatusCode, Value) {
    let request = reqwest::Client::new().get(format!("{}/rest/v1/profiles?{query}", server.url));
    let request = request.header("apikey", &server.anon_key).bearer_auth(&server.service_role_key);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or(Value::Null))
}

fn nested(open: &str, depth: usize, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[tokio::test]
async fn conditions_that_nest_too_deep_are_refused_and_the_server_lives() {
    let server = Running::start(&["--ephemeral"]);

    let deep = [
        format!("or=({})", nested("or(", DEEP, "id.is.null", ")")),
        format!("and=({})", nested("not.and(", DEEP / 2, "id.is.null", ")")),
        format!("or=({})", nested("or(", 1_500, "id.is.null", ")")),
        format!("or=({}", "or(".repeat(DEEP)),
        format!("select=id{}", "->a".repeat(DEEP)),
        format!("order=full_name{}", "->a".repeat(DEEP)),
        format!("full_name{}=eq.1", "->a".repeat(DEEP)),
        format!("full_name=fts.{}", nested("(", DEEP, "a", ")")),
        format!("or=(full_name.fts.{})", nested("(", DEEP, "a", ")")),
        format!("full_name=match.{}", nested("(", DEEP, "a", ")")),
        format!("full_name=cs.{}", nested("[", DEEP, "", "]")),
        format!("full_name=in.({})", nested("{", DEEP, "", "}")),
    ];
    for query in deep {
        let (status, error) = get(&server, &query).await;
        assert_eq!(
            (status, &error["code"]),
            (StatusCode::BAD_REQUEST, &json!("PGRST100")),
            "{}",
            &query[..30]
        );
    }

    let (status, rows) = get(&server, &format!("or=({})", nested("or(", 60, "id.is.null", ")"))).await;
    assert_eq!((status, rows), (StatusCode::OK, json!([])), "what people write is read");
    let (status, _) = get(&server, "full_name=eq.:(:(:(").await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn bodies_that_nest_too_deep_are_refused_and_the_server_lives() {
    let server = Running::start(&["--ephemeral"]);
    let deep = nested("[", DEEP, "", "]");

    for (path, body, code) in [
        ("/rest/v1/profiles", format!("{{\"id\":{deep}}}"), "PGRST102"),
        ("/rest/v1/rpc/delete_account", format!("{{\"a\":{deep}}}"), "PGRST102"),
        ("/auth/v1/signup", format!("{{\"email\":\"a@example.com\",\"data\":{{\"a\":{deep}}}}}"), "bad_json"),
        ("/storage/v1/object/list/avatars", format!("{{\"prefix\":{deep}}}"), "InvalidRequest"),
    ] {
        let request = reqwest::Client::new().post(format!("{}{path}", server.url));
        let request = request.header("apikey", &server.anon_key).bearer_auth(&server.service_role_key);
        let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
        let status = answer.status();
        let error: Value = answer.json().await.unwrap();
        let named = error["error_code"].as_str().or(error["code"].as_str());
        assert_eq!((status, named), (StatusCode::BAD_REQUEST, Some(code)), "{path}: {error}");
    }

    assert_eq!(get(&server, "select=id").await.0, StatusCode::OK);
}

/// The peak of the program's resident memory, in KiB.
#[cfg(target_os = "linux")]
fn most_memory(server: &Running) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_form_that_is_too_large_is_refused_without_being_kept() {
    const MIB: usize = 1 << 20;
    let server = Running::start(&["--ephemeral"]);
    let piece = vec![b'x'; MIB];

    for part in [
        "--frontier\r\ncontent-disposition: form-data; name=\"\"; filename=\"a.png\"",
        "--frontier\r\ncontent-disposition: form-data; name=\"metadata\"",
        "--frontier\r\ncontent-disposition: form-data; name=\"",
        "no frontier at all",
    ] {
        let before = most_memory(&server);
        let head = format!(
            "POST /storage/v1/object/avatars/x/a.png HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-type: multipart/form-data; boundary=frontier\r\ncontent-length: {}\r\n\r\n{part}\r\n\r\n",
            server.address(),
            server.service_role_key,
            part.len() + 4 + 60 * MIB,
        );
        let mut connection = TcpStream::connect(server.address()).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        connection.write_all(head.as_bytes()).unwrap();
        for _ in 0..60 {
            connection.write_all(&piece).unwrap();
        }
        let mut answer = [0; 4096];
        let read = connection.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]);

        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("EntityTooLarge"), "{part}: {answer}");
        // The kernel counts in steps for each core, so that the peak it tells may even be a little lower afterwards.
        let grown = most_memory(&server).saturating_sub(before);
        assert!(grown < 40 << 10, "{part}: {grown} KiB were taken for what may be 10 MiB");
    }
    assert_eq!(get(&server, "select=id").await.0, StatusCode::OK);
}

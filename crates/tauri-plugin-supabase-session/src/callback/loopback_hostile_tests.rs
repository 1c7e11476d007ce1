//! The loopback port against visitors that mean harm: slow ones, many, pages of the web, and requests of odd forms.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::tests::{Served, status};
use super::*;
use crate::local_server::CONNECTIONS;

/// Shorter than what a port has patience for: whoever is answered within it has not waited for a slow visitor.
const AT_ONCE: Duration = Duration::from_secs(8);

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(AT_ONCE, work).await.expect("nobody else has to be waited for")
}

/// What comes over a connection until the port ends it.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A port that ends a connection with bytes unread resets it.
    let _reset = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn visitors_who_ask_nothing_or_half_a_question_keep_nobody_else_out() {
    let mut served = Served::new(true).await;
    let host = served.base.authority().to_owned();
    let half_a_body = format!(
        "POST /auth/callback?flow=N HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 99\r\n\r\na"
    );

    for slow in ["", "GET /auth/callback?code=c HT", &half_a_body] {
        let mut slow_ones = Vec::new();
        for _ in 0..3 * CONNECTIONS {
            slow_ones.push(served.begin(slow).await);
        }

        let answer = within(served.get("/auth/callback?code=c")).await;

        assert_eq!(status(&answer), "200", "{slow}");
        assert!(within(served.links.recv()).await.is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_does_not_come_to_its_end_is_given_up() {
    let mut served = Served::new(true).await;
    let host = served.base.authority().to_owned();
    let begun = tokio::time::Instant::now();

    let half_a_head = served.begin("GET /auth/callback?code=c HTTP/1.1\r\nHost: ").await;
    assert_eq!(rest(half_a_head).await, "");
    let half_a_body = format!(
        "POST /auth/callback?flow=N HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 99\r\n\r\na"
    );
    let answer = rest(served.begin(&half_a_body).await).await;

    assert_eq!(status(&answer), "408");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert!(served.links.try_recv().is_err());
}

#[tokio::test]
async fn a_browser_that_waits_for_its_answer_does_not_give_way_to_newer_visitors() {
    let port = Loopback::open().await.unwrap();
    let base = port.redirect_to().clone();
    let (queue, mut received) = Queue::new();
    let _served = tokio::spawn(port.serve(PageSettings::new("Foyer"), queue, false, std::future::pending()));
    let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, base.port().unwrap()));
    let mut browser = connect().await.unwrap();
    let request = format!("GET /auth/callback?code=c HTTP/1.1\r\nHost: {}\r\n\r\n", base.authority());
    tokio::io::AsyncWriteExt::write_all(&mut browser, request.as_bytes()).await.unwrap();
    let link = within(received.recv()).await.unwrap();

    let mut silent = Vec::new();
    for _ in 0..3 * CONNECTIONS {
        silent.push(connect().await.unwrap());
    }
    // The oldest of them has given way by now: all of those behind it were let in.
    assert_eq!(within(rest(silent.swap_remove(0))).await, "");
    link.asked_by.unwrap().send(LinkOutcome::Done).unwrap();

    assert_eq!(status(&within(rest(browser)).await), "200");
}

#[tokio::test]
async fn one_connection_gets_one_answer_and_what_was_sent_behind_the_request_is_not_read() {
    let mut served = Served::new(false).await;
    let host = served.base.authority().to_owned();
    let one = |code| format!("GET /auth/callback?code={code} HTTP/1.1\r\nHost: {host}\r\n\r\n");

    let answer = rest(served.begin(&(one("first") + &one("second"))).await).await;

    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    assert_eq!(served.links.recv().await.unwrap(), format!("{}?code=first", served.base));
    // Whatever else was read would be in the queue before the answer to this one.
    served.get("/auth/callback?code=third").await;
    assert_eq!(served.links.recv().await.unwrap(), format!("{}?code=third", served.base));
}

#[tokio::test]
async fn only_a_request_that_says_the_ports_own_name_once_is_meant() {
    let mut served = Served::new(false).await;
    let own = served.base.authority().to_owned();
    let port = served.base.port().unwrap();
    let path = "/auth/callback?code=c";

    for request in [
        format!("GET {path} HTTP/1.1\r\nHost: {own}\r\nHost: rebound.example\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: rebound.example\r\nHost: {own}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: {own}\r\nHost: {own}\r\n\r\n"),
        format!("GET http://rebound.example{path} HTTP/1.1\r\nHost: {own}\r\n\r\n"),
        format!("GET http://rebound.example:{port}{path} HTTP/1.1\r\nHost: rebound.example:{port}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: rebound.example:{port}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: [::1]:{port}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: {own}.rebound.example\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: x@{own}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost:\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nX-Forwarded-Host: {own}\r\n\r\n"),
        format!("GET {path} HTTP/1.0\r\n\r\n"),
    ] {
        let answer = within(served.send(&request)).await;
        assert!(["400", "404"].contains(&status(&answer)), "{request}{answer}");
    }
    assert!(served.links.try_recv().is_err());
    // The same in the form that is meant for proxies, by the right name.
    let absolute = format!("GET http://{own}{path} HTTP/1.1\r\nHost: {own}\r\n\r\n");
    assert_eq!(status(&served.send(&absolute).await), "200");
}

#[tokio::test]
async fn a_page_of_the_web_that_lets_browsers_ask_for_the_address_reaches_nothing() {
    let mut served = Served::new(true).await;
    let host = served.base.authority().to_owned();
    let get = |destination: &str| {
        format!(
            "GET /auth/callback?code=c HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n\
             Sec-Fetch-Dest: {destination}\r\n\r\n"
        )
    };

    for destination in ["image", "script", "iframe", "empty", "style", "object", "video"] {
        assert_eq!(status(&served.send(&get(destination)).await), "403", "{destination}");
    }
    assert!(served.links.try_recv().is_err());

    // The redirect of the project's server opens in a tab.
    assert_eq!(status(&served.send(&get("document")).await), "200");
    assert!(served.links.recv().await.is_some());
}

#[tokio::test]
async fn a_head_without_an_end_is_not_read_to_its_end() {
    let mut served = Served::new(false).await;
    let host = served.base.authority().to_owned();

    // Cookies of whatever else ran on a port of this machine.
    let with_cookies = |length| {
        let cookies = "c".repeat(length);
        format!("GET /auth/callback?code=c HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\r\n")
    };
    assert_eq!(status(&served.send(&with_cookies(24 << 10)).await), "200");
    assert!(served.links.recv().await.is_some());
    let answer = rest(served.begin(&with_cookies(160 << 10)).await).await;
    assert_eq!(answer.get(9..12), Some("431"));

    let head = format!("GET /auth/callback?code=c HTTP/1.1\r\nHost: {host}\r\nX-Long: ");
    let mut stream = served.begin(&head).await;
    let mut sent = 0_usize;
    let chunk = [b'x'; 4096];
    // Until the port has had enough; the kernel takes some more than it reads.
    while within(tokio::io::AsyncWriteExt::write_all(&mut stream, &chunk)).await.is_ok() {
        sent += chunk.len();
        assert!(sent < 64 << 20, "it reads without an end");
    }
    assert!(served.links.try_recv().is_err());
}

//! The loopback port over real sockets: what it takes, what it refuses, and when it closes.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::*;
use crate::callback::ReceivedLink;
use crate::local_server::language::Language;

/// A port that is served, and what comes through it. Every link is answered with `Done`.
pub(super) struct Served {
    pub(super) base: Url,
    pub(super) links: mpsc::UnboundedReceiver<String>,
    pages: PageSettings,
    over: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Served {
    pub(super) async fn new(implicit: bool) -> Self {
        let port = Loopback::open().await.unwrap();
        let base = port.redirect_to().clone();
        let (queue, mut arrivals) = Queue::new();
        let (seen, links) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(ReceivedLink { link, asked_by }) = arrivals.recv().await {
                seen.send(link.expose().clone()).unwrap();
                asked_by.unwrap().send(LinkOutcome::Done).unwrap();
            }
        });
        let (over, is_over) = oneshot::channel::<()>();
        let pages = PageSettings::new("Foyer");
        let serving = port.serve(pages.clone(), queue, implicit, async { drop(is_over.await) });
        let task = tokio::spawn(serving);
        Self { base, links, pages, over, task }
    }

    pub(super) async fn get(&self, target: &str) -> String {
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.base.authority())).await
    }

    pub(super) async fn send(&self, request: &str) -> String {
        let mut stream = self.begin(request).await;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    /// A connection over which this was sent, and no more.
    pub(super) async fn begin(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.base.port().unwrap())).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

pub(super) fn status(answer: &str) -> &str {
    &answer[9..12]
}

#[tokio::test]
async fn the_link_goes_into_the_queue_to_the_letter_and_the_page_says_what_came_of_it() {
    let mut served = Served::new(false).await;

    let answer = served.get("/auth/callback?code=a-b_c&flow=N").await;

    assert_eq!(served.links.recv().await.unwrap(), format!("{}?code=a-b_c&flow=N", served.base));
    assert_eq!(status(&answer), "200");
    assert!(answer.contains("You are signed in") && answer.contains("close this tab"));
    assert!(!answer.contains("a-b_c"));
    for header in ["cache-control: no-store", "referrer-policy: no-referrer", "default-src 'none'"] {
        assert!(answer.contains(header), "{header}");
    }
}

#[tokio::test]
async fn the_page_speaks_the_browsers_language_until_the_app_chooses_one() {
    let served = Served::new(false).await;
    let host = served.base.authority();
    let request =
        format!("GET /auth/callback?code=c HTTP/1.1\r\nHost: {host}\r\nAccept-Language: de-DE\r\n\r\n");

    let answer = served.send(&request).await;
    assert!(answer.contains("lang=\"de\" dir=\"ltr\"") && answer.contains("Du bist angemeldet"), "{answer}");

    served.pages.choose(Language::from_tag("ar-EG"));
    let answer = served.send(&request).await;
    assert!(answer.contains("lang=\"ar\" dir=\"rtl\"") && !answer.contains("angemeldet"), "{answer}");
}

#[tokio::test]
async fn other_paths_hosts_and_methods_reach_nothing() {
    let mut served = Served::new(false).await;
    let host = served.base.authority().to_owned();

    for target in
        ["/", "/auth/callback/?code=c", "/auth/callbackx?code=c", "/AUTH/callback?code=c", "//auth/callback"]
    {
        assert_eq!(status(&served.get(target).await), "404", "{target}");
    }
    for name in ["localhost", "rebound.example", "127.0.0.1"] {
        let request = format!("GET /auth/callback?code=c HTTP/1.1\r\nHost: {name}\r\n\r\n");
        assert_eq!(status(&served.send(&request).await), "404", "{name}");
    }
    for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "POST"] {
        let request =
            format!("{method} /auth/callback?code=c HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(status(&served.send(&request).await), "405", "{method}");
    }
    let long = format!("/auth/callback?code={}", "x".repeat(LONGEST));
    assert_eq!(status(&served.get(&long).await), "414");
    assert!(served.links.try_recv().is_err());
}

#[tokio::test]
async fn a_fragment_is_read_only_where_the_implicit_flow_is_on_and_only_for_our_own_page() {
    let mut off = Served::new(false).await;
    assert!(!off.get("/auth/callback?flow=N").await.contains("fetch("));
    assert_eq!(off.links.recv().await.unwrap(), format!("{}?flow=N", off.base));

    let mut on = Served::new(true).await;
    let host = on.base.authority().to_owned();
    assert!(on.get("/auth/callback?flow=N").await.contains("fetch("));
    assert!(on.links.try_recv().is_err());

    let post = |origin: &str| {
        let body = "access_token=a&refresh_token=r";
        format!(
            "POST /auth/callback?flow=N HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    assert_eq!(status(&on.send(&post("https://evil.example")).await), "405");
    assert!(on.links.try_recv().is_err());
    assert_eq!(status(&on.send(&post(&format!("http://{host}"))).await), "200");
    assert_eq!(on.links.recv().await.unwrap(), format!("{}?flow=N#access_token=a&refresh_token=r", on.base));
}

#[tokio::test]
async fn an_answer_as_long_as_a_link_may_be_comes_through_in_the_query_and_in_the_fragment() {
    let mut served = Served::new(true).await;
    let host = served.base.authority().to_owned();
    let origin = format!("http://{host}");
    let long = format!("code={}", "x".repeat(LONGEST - "code=".len()));
    let token = format!("access_token={}", "x".repeat(LONGEST - "access_token=".len()));

    assert_eq!(status(&served.get(&format!("/auth/callback?{long}")).await), "200");
    assert_eq!(served.links.recv().await.unwrap(), format!("{}?{long}", served.base));
    let post = |body: &str| {
        format!(
            "POST /auth/callback?flow=N HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    assert_eq!(status(&served.send(&post(&token)).await), "200");
    assert_eq!(served.links.recv().await.unwrap(), format!("{}?flow=N#{token}", served.base));
    assert_eq!(status(&served.send(&post(&format!("{token}x"))).await), "400");
    assert!(served.links.try_recv().is_err());
}

#[tokio::test]
async fn the_port_is_closed_when_the_flow_is_over_and_can_be_opened_again() {
    let served = Served::new(false).await;
    let port = served.base.port().unwrap();

    served.over.send(()).unwrap();
    served.task.await.unwrap();

    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err());
    assert_eq!(Loopback::reopen(&served.base).await.unwrap().redirect_to(), &served.base);
}

#[tokio::test]
async fn the_port_listens_on_this_machine_only() {
    let port = Loopback::open().await.unwrap();

    assert_eq!(port.redirect_to().host_str(), Some("127.0.0.1"));
    // Another address of this machine is refused: nothing listens on it.
    let elsewhere = (Ipv4Addr::new(127, 0, 0, 2), port.redirect_to().port().unwrap());
    assert!(TcpStream::connect(elsewhere).await.is_err());
    assert!(Loopback::is_address(port.redirect_to()));
    for other in
        ["http://127.0.0.1/auth/callback", "http://localhost:80/auth/callback", "http://127.0.0.1:81/x"]
    {
        assert!(!Loopback::is_address(&Url::parse(other).unwrap()), "{other}");
    }
}

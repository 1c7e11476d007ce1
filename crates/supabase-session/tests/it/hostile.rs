//! A whole client on real sockets, refreshing through servers and proxies that misbehave: the session is kept each time,
//! and the credentials stay where they belong.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use supabase_session::{Client, Clock, HttpError, Project, RefreshError, SessionStore, State, StoreKey};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::deadline::Deadline;
use crate::fake::{FakeClock, OpenStore, session};
use crate::sockets::{KEY, head, server, write};

/// A client with an expired session, of a server that treats each connection with `serve`.
async fn expired<F, Fut>(serve: F) -> (Client, Arc<OpenStore>, Arc<FakeClock>)
where
    F: Fn(TcpStream) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let project = Project::new(&server(serve).await, KEY).unwrap();
    let (store, clock) = (Arc::new(OpenStore::default()), FakeClock::auto());
    let key = StoreKey::session(&project).as_str().to_owned();
    store.values.lock().unwrap().insert(key, session("1").to_string());
    let client = Client::builder(project, Arc::clone(&store) as Arc<dyn SessionStore>)
        .clock(Arc::clone(&clock) as Arc<dyn Clock>)
        .build();
    clock.advance(3601);
    assert!(matches!(client.restore().await, State::SignedIn(_)));
    (client, store, clock)
}

/// The refresh fails, with this or (`None`) with any error that keeps the session, and nothing else changes.
async fn keeps<F, Fut>(what: &str, error: Option<HttpError>, serve: F)
where
    F: Fn(TcpStream) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let (client, store, _) = expired(serve).await;

    let outcome = client.refresh().await;

    match error {
        Some(error) => assert_eq!(outcome, Err(RefreshError::Http(error)), "{what}"),
        None => assert!(matches!(outcome, Err(RefreshError::Http(_))), "{what}: {outcome:?}"),
    }
    assert!(client.state().signed_in().is_some(), "{what}");
    assert_eq!(store.session(), Some(session("1")), "{what}");
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_captive_portals_page_is_not_taken_for_an_answer() {
    let _deadline = Deadline::here();
    for status in ["200 OK", "302 Found", "403 Forbidden", "511 Network Authentication Required"] {
        keeps(status, None, move |mut stream| async move {
            head(&mut stream).await;
            let headers = "content-type: text/html\r\nlocation: http://portal.example/\r\n";
            write(&mut stream, &answer(status, headers, "<html>Accept our terms</html>")).await;
        })
        .await;
    }
}

#[tokio::test]
async fn an_answer_cut_at_every_tenth_is_no_answer_and_the_whole_one_after_it_is() {
    let _deadline = Deadline::here();
    let whole = session("2").to_string();
    for tenth in 0..10 {
        let length = whole.len() * tenth / 10;
        let (cut, full) = (whole[..length].to_owned(), answer("200 OK", "", &whole));
        let promised = whole.len();
        let count = Arc::new(AtomicUsize::new(0));
        // The first three connections break off (they are one refresh), the fourth does not.
        let (client, store, clock) = expired(move |mut stream| {
            let (cut, full, count) = (cut.clone(), full.clone(), Arc::clone(&count));
            async move {
                head(&mut stream).await;
                if count.fetch_add(1, SeqCst) < 3 {
                    write(
                        &mut stream,
                        &format!("HTTP/1.1 200 OK\r\ncontent-length: {promised}\r\n\r\n{cut}"),
                    )
                    .await;
                } else {
                    write(&mut stream, &full).await;
                }
            }
        })
        .await;

        assert_eq!(client.refresh().await, Err(RefreshError::Http(HttpError::Offline)), "{tenth}");
        assert_eq!(store.session(), Some(session("1")), "{tenth}");
        clock.advance(60);
        client.refresh().await.unwrap();
        assert_eq!(store.session(), Some(session("2")), "{tenth}");
    }
}

#[tokio::test]
async fn a_cut_answer_that_claims_to_be_whole_is_no_answer() {
    let _deadline = Deadline::here();
    let whole = session("2").to_string();
    for tenth in 0..10 {
        let cut = whole[..whole.len() * tenth / 10].to_owned();
        keeps(&format!("{tenth} tenths"), Some(HttpError::NotSupabase), move |mut stream| {
            let cut = cut.clone();
            async move {
                head(&mut stream).await;
                write(&mut stream, &answer("200 OK", "", &cut)).await;
            }
        })
        .await;
    }
}

/// 16 MiB of zeros as gzip makes them (RFC 1952): stored here as what they are, one repeated deflate block.
fn bomb() -> Vec<u8> {
    // A fixed-Huffman block that repeats one zero: a literal 0, then matches of 258 bytes at distance 1.
    let mut bits: Vec<bool> = Vec::new();
    let push = |bits: &mut Vec<bool>, value: u32, count: u32, high_first: bool| {
        for at in 0..count {
            let shift = if high_first { count - 1 - at } else { at };
            bits.push(value >> shift & 1 == 1);
        }
    };
    push(&mut bits, 0b011, 3, false);
    push(&mut bits, 0x30, 8, true);
    for _ in 0..(16 << 20) / 258 {
        // Length 258 is symbol 285, distance 1 is symbol 0 (RFC 1951, section 3.2.6).
        push(&mut bits, 0b1100_0101, 8, true);
        push(&mut bits, 0, 5, true);
    }
    push(&mut bits, 0, 7, true);
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(
        bits.chunks(8)
            .map(|chunk| chunk.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)),
    );
    bytes
}

#[tokio::test]
async fn a_gzip_bomb_is_never_inflated() {
    let _deadline = Deadline::here();
    let bomb = Arc::new(bomb());
    assert!(bomb.len() < supabase_session::CALL_LIMIT, "small enough to be read whole");
    let asked = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&asked);
    keeps("gzip bomb", Some(HttpError::NotSupabase), move |mut stream| {
        let (bomb, heard) = (Arc::clone(&bomb), Arc::clone(&heard));
        async move {
            *heard.lock().unwrap() = head(&mut stream).await.0;
            let headers = format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                bomb.len()
            );
            write(&mut stream, &headers).await;
            stream.write_all(&bomb).await.unwrap();
        }
    })
    .await;

    assert!(!asked.lock().unwrap().contains("accept-encoding"));
}

#[tokio::test]
async fn an_answer_without_an_end_is_given_up() {
    let _deadline = Deadline::here();
    keeps("endless", Some(HttpError::TooLarge), |mut stream| async move {
        head(&mut stream).await;
        write(&mut stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
        let piece = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        while stream.write_all(piece.as_bytes()).await.is_ok() {}
    })
    .await;
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_never_followed() {
    let _deadline = Deadline::here();
    let reached = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&reached);
    let elsewhere = server(move |_| {
        counter.fetch_add(1, SeqCst);
        async {}
    })
    .await;
    for status in
        ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let location = format!("location: {elsewhere}/auth/v1/token?grant_type=refresh_token\r\n");
        keeps(status, Some(HttpError::NotSupabase), move |mut stream| {
            let location = location.clone();
            async move {
                head(&mut stream).await;
                write(&mut stream, &answer(status, &location, "")).await;
            }
        })
        .await;
    }

    assert_eq!(reached.load(SeqCst), 0);
    // The other server runs: a connection to it is counted.
    let mut probe = TcpStream::connect(elsewhere.strip_prefix("http://").unwrap()).await.unwrap();
    assert_eq!(tokio::io::AsyncReadExt::read(&mut probe, &mut [0]).await.unwrap(), 0);
    assert_eq!(reached.load(SeqCst), 1);
}

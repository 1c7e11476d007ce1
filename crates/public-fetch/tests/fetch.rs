//! The fetch against a real TLS server on this machine, whose names a network of the test's own leads to. What is checked
//! is what ships: the names have public addresses, and only then are they led here.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use foyer_public_fetch::{AddressError, FetchError, Network, PublicFetcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

/// For the names below `.example` that are used here, for a hundred years, signed by itself. The key protects nothing.
const CERTIFICATE: &[u8] = include_bytes!("data/server.crt.der");
const KEY: &[u8] = include_bytes!("data/server.key.der");

const LIMIT: usize = 64 << 10;
const DEADLINE: Duration = Duration::from_secs(20);

/// What the server sends back, or does, for each path.
#[derive(Clone)]
enum Answer {
    Whole(Vec<u8>),
    /// The beginning of an answer, after which nothing more comes.
    Silence,
    /// Bytes without an end and without a length.
    Endless,
}

fn redirect(to: &str) -> Answer {
    let head = format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
    Answer::Whole(head.into_bytes())
}

fn file(bytes: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-length: {}\r\n\r\n", bytes.len());
    Answer::Whole([head.as_bytes(), bytes].concat())
}

fn status(status: &str) -> Answer {
    Answer::Whole(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").into_bytes())
}

/// Names with addresses of their own. All that are public lead to the server.
struct Names {
    server: SocketAddr,
    /// What each name has at the first question, and what at every later one.
    addresses: HashMap<&'static str, [Vec<&'static str>; 2]>,
    asked: AtomicUsize,
}

#[async_trait]
impl Network for Names {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let turn = self.asked.fetch_add(1, SeqCst).min(1);
        let found = self.addresses.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(found[turn].iter().map(|address| address.parse().unwrap()).collect())
    }

    fn route(&self, _: IpAddr) -> SocketAddr {
        self.server
    }
}

struct Scene {
    fetcher: PublicFetcher,
    names: Arc<Names>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Scene {
    async fn new(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let server = serve(answers.into_iter().collect(), Arc::clone(&heads)).await;
        let always = |addresses: &[&'static str]| [addresses.to_vec(), addresses.to_vec()];
        let addresses = HashMap::from([
            ("pictures.example", always(&["93.184.216.34", "2606:2800:220:1::1"])),
            ("elsewhere.example", always(&["93.184.216.35"])),
            ("inside.example", always(&["192.168.1.1"])),
            ("mixed.example", always(&["93.184.216.34", "::ffff:127.0.0.1"])),
            ("turning.example", [vec!["93.184.216.34"], vec!["127.0.0.1"]]),
        ]);
        let names = Arc::new(Names { server, addresses, asked: AtomicUsize::default() });
        let trusted = vec![reqwest::Certificate::from_der(CERTIFICATE).unwrap()];
        Self { fetcher: PublicFetcher::on(Arc::clone(&names) as _, trusted), names, heads }
    }

    async fn get(&self, address: &str) -> Result<Vec<u8>, FetchError> {
        self.fetcher.get(address, LIMIT, DEADLINE).await.map(|file| file.to_vec())
    }

    /// The requests that came, each with its head in small letters.
    fn requests(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(answers: HashMap<&'static str, Answer>, heads: Arc<Mutex<Vec<String>>>) -> SocketAddr {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
        .unwrap();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, answers, heads) = (acceptor.clone(), answers.clone(), Arc::clone(&heads));
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    answer(stream, &answers, &heads).await;
                }
            });
        }
    });
    address
}

async fn answer(
    mut stream: TlsStream<TcpStream>,
    answers: &HashMap<&'static str, Answer>,
    heads: &Mutex<Vec<String>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    heads.lock().unwrap().push(head.to_ascii_lowercase());
    // The client may have had enough at any time.
    let _sent: io::Result<()> = match answers.get(path.as_str()) {
        None => stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await,
        Some(Answer::Whole(bytes)) => stream.write_all(bytes).await,
        Some(Answer::Silence) => {
            let begun = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc").await;
            std::future::pending::<()>().await;
            begun
        }
        Some(Answer::Endless) => {
            let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while sent.is_ok() {
                sent = stream.write_all(&[b'x'; 4096]).await;
            }
            sent
        }
    };
    let _closed: io::Result<()> = stream.shutdown().await;
}

#[tokio::test]
async fn a_file_is_fetched_and_the_server_learns_nothing_but_its_address() {
    let scene = Scene::new([("/a.png?size=2", file(b"picture"))]).await;

    for _ in 0..2 {
        assert_eq!(scene.get("https://pictures.example/a.png?size=2#face").await.unwrap(), b"picture");
    }

    let requests = scene.requests();
    assert_eq!(requests.len(), 2);
    for head in requests {
        let names: Vec<&str> =
            head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        let known = ["accept", "host", "user-agent"];
        assert!(names.iter().all(|name| known.contains(name)), "{head}");
        assert!(head.starts_with("get /a.png?size=2 http/1.1\r\n"), "{head}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let scene = Scene::new([("/", file(b"secret"))]).await;

    for name in ["inside.example", "mixed.example"] {
        assert_eq!(scene.get(&format!("https://{name}/")).await, Err(FetchError::PrivateAddress), "{name}");
    }

    assert_eq!(scene.get("https://unknown.example/").await, Err(FetchError::Unreachable));
    assert!(scene.requests().is_empty());
}

#[tokio::test]
async fn a_name_that_turns_inside_after_it_was_checked_leads_to_the_checked_address() {
    let scene = Scene::new([("/", file(b"public"))]).await;

    assert_eq!(scene.get("https://turning.example/").await.unwrap(), b"public");
    assert_eq!(scene.names.asked.load(SeqCst), 1, "the connection resolves the name once");
    assert_eq!(scene.get("https://turning.example/").await, Err(FetchError::PrivateAddress));
}

#[tokio::test]
async fn redirects_are_followed_three_times_and_each_is_checked() {
    let scene = Scene::new([
        ("/1", redirect("/2")),
        ("/2", redirect("https://elsewhere.example/3")),
        ("/3", redirect("https://pictures.example/4")),
        ("/4", file(b"at last")),
        ("/0", redirect("/1")),
        ("/circle", redirect("/circle")),
        ("/plain", redirect("http://pictures.example/4")),
        ("/inside", redirect("https://192.168.1.1/")),
        ("/metadata", redirect("https://169.254.169.254/latest/meta-data/")),
        ("/name", redirect("https://inside.example/")),
        ("/port", redirect("https://pictures.example:8443/4")),
        ("/credentials", redirect("https://ada:secret@pictures.example/4")),
        ("/file", redirect("file:///etc/passwd")),
        ("/nowhere", Answer::Whole(b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n".to_vec())),
    ])
    .await;
    let get = |path: &'static str| scene.get(path);

    assert_eq!(get("https://pictures.example/1").await.unwrap(), b"at last");
    assert!(scene.requests().iter().all(|head| !head.contains("referer")));
    for (path, reason) in [
        ("https://pictures.example/0", FetchError::Redirect),
        ("https://pictures.example/circle", FetchError::Redirect),
        ("https://pictures.example/nowhere", FetchError::Redirect),
        ("https://pictures.example/plain", AddressError::NotHttps.into()),
        ("https://pictures.example/file", AddressError::NotHttps.into()),
        ("https://pictures.example/inside", AddressError::Private.into()),
        ("https://pictures.example/metadata", AddressError::Private.into()),
        ("https://pictures.example/port", AddressError::Port.into()),
        ("https://pictures.example/credentials", AddressError::Credentials.into()),
        ("https://pictures.example/name", FetchError::PrivateAddress),
    ] {
        assert_eq!(get(path).await, Err(reason), "{path}");
    }
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_read_whether_its_length_is_said_or_not() {
    let scene = Scene::new([
        ("/fits", file(&vec![b'x'; LIMIT])),
        ("/large", file(&vec![b'x'; LIMIT + 1])),
        ("/endless", Answer::Endless),
    ])
    .await;

    assert_eq!(scene.get("https://pictures.example/fits").await.unwrap().len(), LIMIT);
    for path in ["large", "endless"] {
        let outcome = scene.get(&format!("https://pictures.example/{path}")).await;
        assert_eq!(outcome, Err(FetchError::TooLarge), "{path}");
    }
}

#[tokio::test]
async fn a_server_that_stops_halfway_is_waited_for_until_the_deadline() {
    let scene = Scene::new([("/", Answer::Silence)]).await;
    let begun = Instant::now();

    let outcome = scene.fetcher.get("https://pictures.example/", LIMIT, Duration::from_millis(500)).await;

    assert_eq!(outcome, Err(FetchError::Timeout));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn what_the_server_says_tells_whether_another_try_is_worth_it() {
    let scene = Scene::new([
        ("/busy", status("503 Service Unavailable")),
        ("/often", status("429 Too Many Requests")),
        ("/gone", status("410 Gone")),
        ("/private", status("403 Forbidden")),
        ("/nothing", status("204 No Content")),
    ])
    .await;

    for (path, code, is_passing, is_gone) in [
        ("busy", 503, true, false),
        ("often", 429, true, false),
        ("gone", 410, false, true),
        ("missing", 404, false, true),
        ("private", 403, false, false),
        ("nothing", 204, false, false),
    ] {
        let error = scene.get(&format!("https://pictures.example/{path}")).await.unwrap_err();
        assert_eq!(error, FetchError::Status(code));
        assert_eq!((error.is_passing(), error.is_gone()), (is_passing, is_gone), "{path}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_trusted_gets_no_request() {
    let scene = Scene::new([("/", file(b"x"))]).await;
    let suspicious = PublicFetcher::on(Arc::clone(&scene.names) as _, Vec::new());

    let outcome = suspicious.get("https://pictures.example/", LIMIT, DEADLINE).await;

    assert_eq!(outcome, Err(FetchError::Unreachable));
    assert!(scene.requests().is_empty());
}

//! Servers with certificates that must not be trusted, each for another reason, and one that may be.

use std::process::Stdio;
use std::sync::Arc;

use supabase_session::CertificateProblem::{self, OtherHost, OutOfDate, UnknownIssuer};
use supabase_session::{HttpTransport, Method, Project, Request, Transport, TransportError};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::deadline::Deadline;
use crate::sockets::{KEY, head_of};

/// A server's certificate and its key, which protects nothing.
#[derive(Clone, Copy)]
struct Identity {
    certificate: &'static [u8],
    key: &'static [u8],
}

/// For `localhost` and 127.0.0.1, for a hundred years, signed by itself.
const SELF_SIGNED: Identity = Identity {
    certificate: include_bytes!("data/self_signed.crt.der"),
    key: include_bytes!("data/self_signed.key.der"),
};

/// The certificate of the authority that has signed the others. Only Linux takes one from the environment.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/data/signed/authority.pem");

/// One that the authority has signed.
#[cfg_attr(not(target_os = "linux"), allow(unused_macros))]
macro_rules! signed {
    ($name:literal) => {
        Identity {
            certificate: include_bytes!(concat!("data/signed/", $name, ".crt.der")),
            key: include_bytes!("data/signed/key.der"),
        }
    };
}

/// What a child's outcome begins with, among what its test harness prints.
const OUTCOME: &str = "OUTCOME ";
const URL: &str = "SUPABASE_SESSION_TEST_TLS_URL";

/// The server's URL. It answers whoever trusts it; the sender gets the head of each request that came.
async fn server(identity: Identity, requests: UnboundedSender<String>) -> String {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(identity.certificate)], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust it breaks off here.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let Some((head, _)) = head_of(&mut stream).await else { continue };
            requests.send(head).unwrap();
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    url
}

/// What the client says of this server, with a token on its way.
async fn ask(url: &str) -> Result<u16, TransportError> {
    let transport = HttpTransport::new(&Project::new(url, KEY).unwrap());
    let secret = Request::new(Method::Get, format!("{url}/auth/v1/user").parse().unwrap())
        .header("authorization", "Bearer secret-token");
    transport.send(secret).await.map(|answer| answer.status)
}

#[tokio::test]
async fn a_self_signed_certificate_is_not_trusted_and_nothing_is_sent() {
    let _deadline = Deadline::here();
    let (tell, mut requests) = unbounded_channel();
    let url = server(SELF_SIGNED, tell).await;

    assert_eq!(ask(&url).await, Err(TransportError::Untrusted(UnknownIssuer)));

    // The server is a good one for whoever trusts its certificate, and this is the first request that it gets.
    let certificate = reqwest::Certificate::from_der(SELF_SIGNED.certificate).unwrap();
    let trusting = reqwest::Client::builder().no_proxy().tls_certs_only([certificate]).build().unwrap();
    let answer = trusting.get(format!("{url}/trusting")).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "{}");
    assert!(requests.recv().await.unwrap().starts_with("GET /trusting "));
}

/// Does nothing in a run of the tests: it is the other side of [`on_a_machine_that_trusts_the_authority`].
#[tokio::test]
async fn a_child_asks_the_server_that_it_is_given() {
    let Ok(url) = std::env::var(URL) else { return };
    println!("\n{OUTCOME}{:?}", ask(&url).await);
}

/// What a client says that runs where the authority is in the system's trust store, and the requests that reached the
/// server.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
async fn on_a_machine_that_trusts_the_authority(identity: Identity) -> (String, UnboundedReceiver<String>) {
    let (tell, requests) = unbounded_channel();
    let url = server(identity, tell).await;
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::a_child_asks_the_server_that_it_is_given", "--nocapture"])
        .env(URL, url)
        // The store of a Linux machine, as OpenSSL and rustls read it.
        .env("SSL_CERT_FILE", AUTHORITY)
        .env_remove("SSL_CERT_DIR")
        .stdin(Stdio::null())
        .output();
    let said = String::from_utf8(child.await.unwrap().stdout).unwrap();
    let outcome = said.lines().find_map(|line| line.strip_prefix(OUTCOME));
    (outcome.unwrap_or_else(|| panic!("{said}")).to_owned(), requests)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_that_is_out_of_date_or_another_hosts_is_named_as_such_and_nothing_is_sent() {
    let _deadline = Deadline::here();
    let (outcome, mut requests) = on_a_machine_that_trusts_the_authority(signed!("good")).await;
    assert_eq!(outcome, "Ok(200)");
    assert!(requests.recv().await.unwrap().contains("authorization: Bearer secret-token\r\n"));

    for (identity, problem) in [
        (signed!("expired"), OutOfDate),
        (signed!("not_yet"), OutOfDate),
        (signed!("other_host"), OtherHost),
        (SELF_SIGNED, UnknownIssuer),
    ] {
        let (outcome, mut requests) = on_a_machine_that_trusts_the_authority(identity).await;

        assert_eq!(outcome, format!("Err({:?})", TransportError::Untrusted(problem)));
        assert!(requests.try_recv().is_err(), "{problem:?}: a request was sent");
    }
}

#[test]
fn each_problem_has_its_own_sentence() {
    let sentences =
        [UnknownIssuer, OutOfDate, OtherHost].map(|problem: CertificateProblem| problem.to_string());

    for (at, sentence) in sentences.iter().enumerate() {
        assert!(!sentences[..at].contains(sentence), "{sentence}");
    }
}

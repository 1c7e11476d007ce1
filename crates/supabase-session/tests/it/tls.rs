//! A server with a certificate that nobody has signed but itself.

use std::sync::Arc;

use supabase_session::{HttpTransport, Method, Project, Request, Transport, TransportError};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::deadline::Deadline;
use crate::sockets::{KEY, head_of};

/// For `localhost` and 127.0.0.1, for a hundred years; its key protects nothing.
const CERTIFICATE: &[u8] = include_bytes!("data/self_signed.crt.der");
const PRIVATE_KEY: &[u8] = include_bytes!("data/self_signed.key.der");

/// The server's URL. It answers whoever trusts it; the sender gets the head of each request that came.
async fn server(requests: tokio::sync::mpsc::UnboundedSender<String>) -> String {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(PRIVATE_KEY));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
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

#[tokio::test]
async fn a_self_signed_certificate_is_not_trusted_and_nothing_is_sent() {
    let _deadline = Deadline::here();
    let (tell, mut requests) = tokio::sync::mpsc::unbounded_channel();
    let url = server(tell).await;
    let transport = HttpTransport::new(&Project::new(&url, KEY).unwrap());
    let secret = Request::new(Method::Get, format!("{url}/auth/v1/user").parse().unwrap())
        .header("authorization", "Bearer secret-token");

    assert_eq!(transport.send(secret).await.unwrap_err(), TransportError::Untrusted);

    // The server is a good one for whoever trusts its certificate, and this is the first request that it gets.
    let certificate = reqwest::Certificate::from_der(CERTIFICATE).unwrap();
    let trusting = reqwest::Client::builder().no_proxy().tls_certs_only([certificate]).build().unwrap();
    let answer = trusting.get(format!("{url}/trusting")).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "{}");
    assert!(requests.recv().await.unwrap().starts_with("GET /trusting "));
}

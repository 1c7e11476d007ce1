//! Servers with certificates that are trusted, or not, each for another reason. The program is asked, on a machine that
//! trusts the authority which has signed most of them.

use std::sync::Arc;

use foyer_doctor::{CheckName, Finding};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::program::{line, program};

/// The certificates of the client's own tests.
macro_rules! data {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../supabase-session/tests/it/data/", $name)
    };
}

/// What an Auth server with nothing but e-mail says of itself.
const SETTINGS: &str = r#"{"external":{"email":true},"disable_signup":false,"mailer_autoconfirm":false}"#;

/// A server that answers every request with the settings.
async fn server(certificate: &'static str, key: &'static str) -> String {
    let read = |path: &str| std::fs::read(path).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(read(certificate))],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(read(key))),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust it breaks off here.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut head = [0; 4096];
            let Ok(1..) = stream.read(&mut head).await else { continue };
            let length = SETTINGS.len();
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{SETTINGS}"
            );
            // A client that has seen enough closes first.
            let _closed = stream.write_all(answer.as_bytes()).await;
            let _closed = stream.shutdown().await;
        }
    });
    url
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_with_the_reason() {
    let key = data!("signed/key.der");
    for (certificate, key, check, finding) in [
        (data!("signed/good.crt.der"), key, CheckName::Certificate, Finding::Good),
        (data!("signed/expired.crt.der"), key, CheckName::Server, Finding::CertificateOutOfDate),
        (data!("signed/not_yet.crt.der"), key, CheckName::Server, Finding::CertificateOutOfDate),
        (data!("signed/other_host.crt.der"), key, CheckName::Server, Finding::CertificateOtherHost),
        (
            data!("self_signed.crt.der"),
            data!("self_signed.key.der"),
            CheckName::Server,
            Finding::CertificateUntrusted,
        ),
    ] {
        let url = server(certificate, key).await;
        let asked = program(&["--url", &url, "--key", "sb_publishable_x", "--json"])
            // The store of a Linux machine, as OpenSSL and rustls read it.
            .env("SSL_CERT_FILE", data!("signed/authority.pem"))
            .env_remove("SSL_CERT_DIR")
            .output();
        let output = asked.await.unwrap();

        let said = line(&output.stdout, check);
        assert_eq!(said["finding"], finding.code(), "{certificate}: {said}");
        if finding == Finding::Good {
            assert!(said["figure"].as_str().unwrap().starts_with("TLS 1.3, 2"), "{said}");
            let clock = line(&output.stdout, CheckName::Clock);
            assert_eq!(clock["finding"], Finding::NotTold.code(), "this server sends no date: {clock}");
        }
    }
}

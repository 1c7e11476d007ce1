//! An owner with a key, and a server of theirs on this machine that answers as a test wants it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An AppImage as far as the plugin looks: it begins as programs of Linux do.
pub(super) fn package(content: &str) -> Vec<u8> {
    let mut package = b"\x7fELF ".to_vec();
    package.extend_from_slice(content.as_bytes());
    package.resize(package.len().max(64), 0);
    package
}

/// Whoever signs versions.
pub(super) struct Owner(KeyPair);

impl Owner {
    pub(super) fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().unwrap())
    }

    /// `plugins.updater.pubkey`.
    pub(super) fn public_key(&self) -> String {
        STANDARD.encode(self.0.pk.to_box().unwrap().into_string())
    }

    /// The signature of this file, with what is signed beside it: `version:0.2.0`, for example.
    pub(super) fn sign(&self, file: &[u8], comment: &str) -> String {
        let comment = format!("timestamp:1790000000\tfile:app.AppImage\t{comment}");
        let signed = minisign::sign(Some(&self.0.pk), &self.0.sk, file, Some(&comment), None).unwrap();
        STANDARD.encode(signed.into_string())
    }
}

/// What a server answers.
#[derive(Clone)]
pub(super) enum Reply {
    /// This status, and nothing more.
    Status(u16),
    /// All of it.
    Whole(Vec<u8>),
    /// The first half of it, and then the connection is closed.
    Half(Vec<u8>),
    /// The first half of it, and nothing more as long as somebody listens.
    Stalled(Vec<u8>),
    /// A file that says that it has so many bytes.
    Announced(u64),
    /// A file without an end.
    Endless,
    /// Nothing, as long as somebody listens.
    Silent,
}

/// A server with a manifest and a file.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) address: String,
    replies: Arc<Mutex<Replies>>,
}

struct Replies {
    manifest: Reply,
    file: Reply,
    asked: Vec<String>,
}

impl Endpoint {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let replies = Replies { manifest: Reply::Status(204), file: Reply::Status(404), asked: Vec::new() };
        let endpoint = Self { address, replies: Arc::new(Mutex::new(replies)) };
        let this = endpoint.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(this.clone().serve(stream));
            }
        });
        endpoint
    }

    /// What is answered to whoever asks for the manifest.
    pub(super) fn announce(&self, manifest: Reply) {
        self.replies.lock().manifest = manifest;
    }

    /// Announces this version, whose file has this signature.
    pub(super) fn offer(&self, version: &str, signature: &str) {
        let manifest = self.manifest(version, &tauri_plugin_updater::target().unwrap(), signature);
        self.announce(Reply::Whole(manifest.to_string().into_bytes()));
    }

    /// A manifest with a file for one system.
    pub(super) fn manifest(&self, version: &str, system: &str, signature: &str) -> Value {
        let platform = json!({ "url": format!("{}/file", self.address), "signature": signature });
        json!({ "version": version, "notes": "Faster.\n\nSafer.", "platforms": { system: platform } })
    }

    /// What is answered to whoever asks for the file.
    pub(super) fn serve_file(&self, file: Reply) {
        self.replies.lock().file = file;
    }

    /// The paths that were asked for, the oldest first.
    pub(super) fn asked(&self) -> Vec<String> {
        self.replies.lock().asked.clone()
    }

    async fn serve(self, mut stream: TcpStream) {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => request.push(byte),
                Err(_) => return,
            }
        }
        let request = String::from_utf8(request).unwrap();
        let path = request.split(' ').nth(1).unwrap().to_owned();
        let reply = {
            let mut replies = self.replies.lock();
            replies.asked.push(path.clone());
            if path == "/file" { replies.file.clone() } else { replies.manifest.clone() }
        };
        // Whoever asked may be gone before the answer is written.
        let _gone = write(&mut stream, reply).await;
    }
}

async fn write(stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    let head =
        |length: u64| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    match reply {
        Reply::Status(status) => {
            let head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
            let length = if status == 204 { "\r\n" } else { "content-length: 0\r\n\r\n" };
            stream.write_all((head + length).as_bytes()).await
        }
        Reply::Whole(bytes) => {
            stream.write_all(head(bytes.len() as u64).as_bytes()).await?;
            stream.write_all(&bytes).await
        }
        Reply::Half(bytes) => {
            stream.write_all(head(bytes.len() as u64).as_bytes()).await?;
            stream.write_all(&bytes[..bytes.len() / 2]).await
        }
        Reply::Stalled(bytes) => {
            stream.write_all(head(bytes.len() as u64).as_bytes()).await?;
            stream.write_all(&bytes[..bytes.len() / 2]).await?;
            gone(stream).await
        }
        Reply::Announced(length) => {
            stream.write_all(head(length).as_bytes()).await?;
            stream.write_all(b"\x7fELF").await?;
            gone(stream).await
        }
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await?;
            loop {
                stream.write_all(&[0; 16 * 1024]).await?;
            }
        }
        Reply::Silent => gone(stream).await,
    }
}

/// Waits until nobody listens any more.
async fn gone(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.read_u8().await.map(drop)
}

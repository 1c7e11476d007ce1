//! Tiny servers on real sockets of this machine.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const KEY: &str = "sb_publishable_key";

/// Serves each connection with `serve`; gives the server's URL.
pub(crate) async fn server<F, Fut>(serve: F) -> String
where
    F: Fn(TcpStream) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    url
}

/// Reads a request up to its body, and so much of the body as came along.
pub(crate) async fn head(stream: &mut TcpStream) -> (String, Vec<u8>) {
    head_of(stream).await.expect("the request ends in its head")
}

/// The same, on any stream; `None` when it ends before.
pub(crate) async fn head_of(stream: &mut (impl AsyncRead + Unpin)) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return Some((String::from_utf8(bytes).unwrap(), body));
        }
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&piece[..count]);
    }
}

pub(crate) async fn write(stream: &mut TcpStream, text: &str) {
    // The client may have gone, which is what some tests are about.
    let _ = stream.write_all(text.as_bytes()).await;
}

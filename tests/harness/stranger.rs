//! A web server of somebody else, on this machine. It takes note of every connection.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::fault::{Fault, Outcome};

/// What it answers to everything: allowed to be read by all pages, so that only the page's own rules are in the way.
const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\n\
    Access-Control-Allow-Headers: *\r\nConnection: close\r\nContent-Length: 15\r\n\r\n<p>a stranger's";

/// A server that nobody of ours should ask. It ends when this is dropped.
#[derive(Debug)]
pub struct Stranger {
    /// Where it answers, for example `http://127.0.0.1:49152`.
    pub origin: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Stranger {
    /// Starts one.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                note(&noted, String::new());
                tokio::spawn(answer(stream, Arc::clone(&noted)));
            }
        });
        Ok(Self { origin, requests, task })
    }

    /// The first lines of the requests so far; an empty one for each connection.
    ///
    /// # Errors
    /// When a thread has panicked that held the list.
    pub fn requests(&self) -> Outcome<Vec<String>> {
        Ok(self.requests.lock().map_err(|_| Fault::new("a thread has panicked"))?.clone())
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn note(requests: &Mutex<Vec<String>>, line: String) {
    if let Ok(mut requests) = requests.lock() {
        requests.push(line);
    }
}

/// A connection that breaks was noted already.
async fn answer(mut stream: TcpStream, requests: Arc<Mutex<Vec<String>>>) {
    let mut head = vec![0; 4096];
    if let Ok(read) = stream.read(&mut head).await {
        let head = String::from_utf8_lossy(&head[..read]).into_owned();
        note(&requests, head.lines().next().unwrap_or_default().to_owned());
        let _broken = stream.write_all(ANSWER.as_bytes()).await;
    }
}

//! A network between a program and its server: everything arrives a while after it was sent, in order, as much at a time
//! as was sent. Counts what passes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use harness::{Fault, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Half of the round trip that every row is measured with.
pub(crate) const ONE_WAY: Duration = Duration::from_millis(25);

/// At most so many pieces are on their way at once in one direction of a connection: 64 MiB, more than any photo.
const ON_THE_WAY: usize = 1024;

/// The size of a piece.
const PIECE: usize = 64 * 1024;

/// The network. Connections end when this is dropped.
#[derive(Debug)]
pub(crate) struct Network {
    /// Where it listens.
    pub(crate) url: String,
    bytes: Arc<Bytes>,
    accepting: JoinHandle<()>,
}

/// What has passed so far.
#[derive(Debug, Default)]
struct Bytes {
    up: AtomicU64,
    down: AtomicU64,
}

impl Network {
    /// A network before the server at this URL, each direction of which takes so long.
    ///
    /// # Errors
    /// When the URL names no port or none is free here.
    pub(crate) async fn before(server: &str, one_way: Duration) -> Outcome<Self> {
        let target = url::Url::parse(server)?.socket_addrs(|| None)?;
        let target = *target.first().ok_or_else(|| Fault::new(format!("{server} is nowhere")))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let bytes = Arc::new(Bytes::default());
        let counted = Arc::clone(&bytes);
        let accepting = tokio::spawn(async move {
            while let Ok((program, _)) = listener.accept().await {
                tokio::spawn(connect(program, target, one_way, Arc::clone(&counted)));
            }
        });
        Ok(Self { url, bytes, accepting })
    }

    /// Bytes to the server and from it since this was asked for the last time.
    pub(crate) fn take_bytes(&self) -> (u64, u64) {
        (self.bytes.up.swap(0, Ordering::Relaxed), self.bytes.down.swap(0, Ordering::Relaxed))
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Carries one connection. What cannot be carried any further is a lost connection to both ends.
async fn connect(program: TcpStream, target: SocketAddr, one_way: Duration, bytes: Arc<Bytes>) {
    let Ok(server) = TcpStream::connect(target).await else { return };
    // Whoever writes in small pieces gets them carried so.
    if program.set_nodelay(true).and_then(|()| server.set_nodelay(true)).is_err() {
        return;
    }
    let (from_program, to_program) = program.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::join!(
        carry(from_program, to_server, one_way, &bytes.up),
        carry(from_server, to_program, one_way, &bytes.down)
    );
}

async fn carry(from: OwnedReadHalf, to: OwnedWriteHalf, one_way: Duration, count: &AtomicU64) {
    let (sent, arriving) = mpsc::channel(ON_THE_WAY);
    tokio::join!(take_in(from, sent, one_way, count), hand_out(to, arriving));
}

/// Reads what is sent and says when each piece arrives.
async fn take_in(
    mut from: OwnedReadHalf,
    sent: mpsc::Sender<(Instant, Vec<u8>)>,
    one_way: Duration,
    count: &AtomicU64,
) {
    loop {
        let mut piece = vec![0; PIECE];
        let Ok(read @ 1..) = from.read(&mut piece).await else { return };
        count.fetch_add(u64::try_from(read).unwrap_or_default(), Ordering::Relaxed);
        piece.truncate(read);
        if sent.send((Instant::now() + one_way, piece)).await.is_err() {
            return;
        }
    }
}

/// Writes each piece when it arrives, and the end behind the last one.
async fn hand_out(mut to: OwnedWriteHalf, mut arriving: mpsc::Receiver<(Instant, Vec<u8>)>) {
    while let Some((at, piece)) = arriving.recv().await {
        tokio::time::sleep_until(at).await;
        if to.write_all(&piece).await.is_err() {
            return;
        }
    }
    // The other side may have closed already.
    let _ = to.shutdown().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers with all that was sent once the sender has ended.
    async fn echo() -> Outcome<String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            let mut all = Vec::new();
            stream.read_to_end(&mut all).await?;
            stream.write_all(&all).await
        });
        Ok(url)
    }

    #[tokio::test]
    async fn all_arrives_a_round_trip_later_and_is_counted_however_much_it_is() -> Outcome {
        let one_way = Duration::from_millis(100);
        let network = Network::before(&echo().await?, one_way).await?;
        let sent: Vec<u8> = (0..PIECE * 40).map(|at| u8::try_from(at % 251).unwrap_or_default()).collect();
        let begun = Instant::now();
        let stream = TcpStream::connect(network.url.trim_start_matches("http://")).await?;
        let (mut from, mut to) = stream.into_split();
        let (written, mut answer) = (sent.clone(), Vec::new());
        let writer = tokio::spawn(async move {
            to.write_all(&written).await?;
            to.shutdown().await
        });

        from.read_to_end(&mut answer).await?;

        writer.await??;
        assert!(answer == sent, "{} bytes came back", answer.len());
        // Forty pieces wait together, not one after the other.
        assert!(begun.elapsed() >= 2 * one_way && begun.elapsed() < 20 * one_way, "{:?}", begun.elapsed());
        let bytes = u64::try_from(sent.len())?;
        assert_eq!(network.take_bytes(), (bytes, bytes));
        assert_eq!(network.take_bytes(), (0, 0));
        Ok(())
    }
}

//! A network that can be cut: a TCP proxy in front of a server.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::deadline::until;
use crate::fault::Outcome;

/// The proxy. While it is cut, connections are closed as soon as they are made, and those that were are gone.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub url: String,
    through: watch::Sender<bool>,
    budget: Arc<Budget>,
    slowness: Arc<Slowness>,
    accepting: JoinHandle<()>,
}

/// How long everything waits on its way to the server.
#[derive(Debug, Default)]
struct Slowness(Mutex<Duration>);

impl Slowness {
    fn get(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many bytes still go to the server; then the connection that carried the last of them is cut, once.
#[derive(Debug, Default)]
struct Budget(Mutex<Option<usize>>);

impl Budget {
    /// How many of these bytes may pass, and whether the connection is cut then.
    fn take(&self, bytes: usize) -> (usize, bool) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *left {
            Some(rest) if bytes > rest => {
                *left = None;
                (rest, true)
            }
            Some(rest) => {
                *left = Some(rest - bytes);
                (bytes, false)
            }
            None => (bytes, false),
        }
    }
}

impl Proxy {
    /// A proxy before the server at this URL, on another port of this machine.
    ///
    /// # Errors
    /// When the URL names no port or none is free here.
    pub async fn before(server: &str) -> Outcome<Self> {
        let target = url::Url::parse(server)?.socket_addrs(|| None)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (through, watched) = watch::channel(true);
        let (budget, slowness) = (Arc::new(Budget::default()), Arc::new(Slowness::default()));
        let (spent, slow) = (Arc::clone(&budget), Arc::clone(&slowness));
        let accepting = tokio::spawn(async move {
            while let Ok((inbound, _)) = listener.accept().await {
                let (target, watched) = (target.clone(), watched.clone());
                let (spent, slow) = (Arc::clone(&spent), Arc::clone(&slow));
                tokio::spawn(async move { carry(inbound, &target, watched, &spent, &slow).await });
            }
        });
        Ok(Self { url, through, budget, slowness, accepting })
    }

    /// Cuts the network.
    pub fn cut(&self) {
        self.through.send_replace(false);
    }

    /// Cuts one connection after so many more bytes to the server; the others and later ones go on.
    pub fn cut_after(&self, bytes: usize) {
        *self.budget.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
    }

    /// Waits until that has happened.
    ///
    /// # Errors
    /// When nobody sends so much.
    pub async fn was_cut(&self) -> Outcome {
        until("a connection to be cut", async || {
            let left = *self.budget.0.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(left.is_none().then_some(()))
        })
        .await
    }

    /// From now on everything that the app says waits so long before it reaches the server.
    pub fn slow_down(&self, by: Duration) {
        *self.slowness.0.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    /// Mends it.
    pub fn mend(&self) {
        self.through.send_replace(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
    }
}

/// Carries one connection until either side or the network ends it. To both ends that is a lost connection, whatever
/// the reason: there is nobody else to tell.
async fn carry(
    mut inbound: TcpStream,
    target: &[SocketAddr],
    mut through: watch::Receiver<bool>,
    budget: &Budget,
    slowness: &Slowness,
) {
    if !*through.borrow_and_update() {
        return;
    }
    let Ok(mut outbound) = TcpStream::connect(target).await else { return };
    let (mut from_app, mut to_app) = inbound.split();
    let (mut from_server, mut to_server) = outbound.split();
    let both = async {
        let up = upstream(&mut from_app, &mut to_server, budget, slowness);
        let down = tokio::io::copy(&mut from_server, &mut to_app);
        tokio::pin!(up, down);
        tokio::select! {
            is_cut = &mut up => if !is_cut { drop(down.await) },
            _ = &mut down => {}
        }
    };
    tokio::select! {
        () = both => {}
        _ = through.wait_for(|through| !through) => {}
    }
}

/// Carries what the app sends. True when it was cut, false when the app has said all.
async fn upstream(
    app: &mut ReadHalf<'_>,
    server: &mut WriteHalf<'_>,
    budget: &Budget,
    slowness: &Slowness,
) -> bool {
    let mut bytes = vec![0; 4096];
    loop {
        let read = match app.read(&mut bytes).await {
            Ok(0) | Err(_) => return server.shutdown().await.is_err(),
            Ok(read) => read,
        };
        tokio::time::sleep(slowness.get()).await;
        let (allowed, is_cut) = budget.take(read);
        if server.write_all(&bytes[..allowed]).await.is_err() || is_cut {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers each byte with the same byte.
    async fn echo() -> Outcome<String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = stream.split();
                    tokio::io::copy(&mut read, &mut write).await
                });
            }
        });
        Ok(url)
    }

    async fn connect(proxy: &Proxy) -> Outcome<TcpStream> {
        Ok(TcpStream::connect(proxy.url.trim_start_matches("http://")).await?)
    }

    #[tokio::test]
    async fn a_cut_ends_the_connections_that_were_made_and_those_made_meanwhile() -> Outcome {
        let proxy = Proxy::before(&echo().await?).await?;
        let mut before = connect(&proxy).await?;
        before.write_all(b"a").await?;
        assert_eq!(before.read_u8().await?, b'a');

        proxy.cut();

        assert!(before.read_u8().await.is_err());
        assert!(connect(&proxy).await?.read_u8().await.is_err());

        proxy.mend();

        let mut after = connect(&proxy).await?;
        after.write_all(b"b").await?;
        assert_eq!(after.read_u8().await?, b'b');
        Ok(())
    }

    #[tokio::test]
    async fn a_cut_after_some_bytes_ends_one_connection_and_no_other() -> Outcome {
        let proxy = Proxy::before(&echo().await?).await?;
        proxy.cut_after(2);

        let mut cut = connect(&proxy).await?;
        cut.write_all(b"abc").await?;
        let mut heard = Vec::new();
        // Closed or reset: both are a cut.
        let _ended = cut.read_to_end(&mut heard).await;
        assert!(heard.len() <= 2, "{heard:?}");

        let mut after = connect(&proxy).await?;
        after.write_all(b"b").await?;
        assert_eq!(after.read_u8().await?, b'b');
        Ok(())
    }
}

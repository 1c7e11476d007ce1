//! A network that can be cut: a TCP proxy in front of a server.

use std::net::Ipv4Addr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fault::Outcome;

/// The proxy. While it is cut, connections are closed as soon as they are made, and those that were are gone.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub url: String,
    through: watch::Sender<bool>,
    accepting: JoinHandle<()>,
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
        let accepting = tokio::spawn(async move {
            while let Ok((inbound, _)) = listener.accept().await {
                let (target, watched) = (target.clone(), watched.clone());
                tokio::spawn(async move { carry(inbound, &target, watched).await });
            }
        });
        Ok(Self { url, through, accepting })
    }

    /// Cuts the network.
    pub fn cut(&self) {
        self.through.send_replace(false);
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
async fn carry(mut inbound: TcpStream, target: &[std::net::SocketAddr], mut through: watch::Receiver<bool>) {
    if !*through.borrow_and_update() {
        return;
    }
    let Ok(mut outbound) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut inbound, &mut outbound) => {}
        _ = through.wait_for(|through| !through) => {}
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
}

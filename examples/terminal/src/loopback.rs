//! Where the link of a mail comes back to: `http://127.0.0.1:<port>/auth/callback`, on this machine only, until one link
//! has completed the sign-in (RFC 8252 section 7.3). Every project lets it through without being told.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Html;
use axum::routing::get;
use supabase_session::{CallbackError, Client, Completed};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use url::Url;

const PATH: &str = "/auth/callback";

/// How long a browser that is slow to read its page is waited for.
const GRACE: Duration = Duration::from_secs(2);

/// A port that waits for a link.
pub(crate) struct Loopback {
    listener: TcpListener,
    url: Url,
}

/// What the page of a link knows.
#[derive(Clone)]
struct Page {
    client: Client,
    url: Url,
    outcome: mpsc::Sender<Result<Completed, CallbackError>>,
}

impl Loopback {
    pub(crate) async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address: SocketAddr = listener.local_addr()?;
        let url = Url::parse(&format!("http://{address}{PATH}")).map_err(io::Error::other)?;
        Ok(Self { listener, url })
    }

    /// Where links are to lead.
    pub(crate) fn url(&self) -> Url {
        self.url.clone()
    }

    /// Waits for the link that ends the sign-in, well or badly; then the port is closed.
    ///
    /// # Errors
    /// See [`CallbackError`]. Links that are not of this sign-in are answered and passed over.
    pub(crate) async fn completed(self, client: Client) -> Result<Completed, CallbackError> {
        let (outcome, mut outcomes) = mpsc::channel(1);
        let page = Page { client, url: self.url, outcome };
        let routes = Router::new().route(PATH, get(complete)).with_state(page);
        // Closes when this is over, also when a typed code was first and nobody waits here any more.
        let (open, closed) = oneshot::channel::<()>();
        let serving = axum::serve(self.listener, routes).with_graceful_shutdown(async {
            closed.await.ok();
        });
        let serving = tokio::spawn(serving.into_future());
        let outcome = outcomes.recv().await;
        drop(open);
        // The page of the last link is still on its way to the browser.
        timeout(GRACE, serving).await.ok();
        outcome.unwrap_or(Err(CallbackError::Unknown))
    }
}

/// Completes the sign-in with the link that was asked for, and says in the browser how that went.
async fn complete(State(page): State<Page>, uri: Uri) -> (StatusCode, Html<String>) {
    let mut link = page.url.clone();
    link.set_query(uri.query());
    let outcome = match page.client.complete(link.as_str()).await {
        // Whoever can make a browser open a link could have sent it here.
        Ok(Completed::Unsolicited(_)) => Err(CallbackError::Unknown),
        outcome => outcome,
    };
    let answer = match &outcome {
        Ok(_) => (StatusCode::OK, shown("You are signed in. You can close this tab.")),
        Err(error) => (StatusCode::BAD_REQUEST, shown(&format!("This did not work: {error}."))),
    };
    let is_of_another =
        matches!(outcome, Err(CallbackError::Malformed | CallbackError::Unknown | CallbackError::Http(_)));
    if !is_of_another {
        // Another link may have been first; then nobody listens any more.
        page.outcome.try_send(outcome).ok();
    }
    answer
}

/// A page of one sentence of ours.
fn shown(sentence: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Foyer</title><p>{sentence}</p></html>"
    ))
}

//! Beginning something past a captcha, where the project asks for one.

use std::sync::Arc;

use supabase_session::{Client, PendingFlow, Secret};
use supabase_session_contract::view::NoticeCode;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::captcha::Captcha;
use crate::captcha::challenge::{Challenge, PendingCaptcha};
use crate::error::Error;
use crate::local_server::Port;
use crate::local_server::page::nonce;
use crate::project::Connection;
use crate::supabase::Supabase;

impl Supabase {
    /// Begins something that may continue in a mail or a browser (see [`Connection::begin_flow`]), with a solved
    /// captcha where the project asks for one.
    ///
    /// # Errors
    /// What `begin` says, and as [`with_captcha`](Self::with_captcha).
    pub async fn begin<T, F>(
        &self,
        connection: &Arc<Connection>,
        begin: impl Fn(Client) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Error>>,
    {
        self.with_captcha(connection, |client| connection.begin_flow(client, &begin)).await
    }

    /// Tries something. Where the project asks for a captcha and its owner has named it here, the person solves it in
    /// the browser and it is tried once more, if the same user is signed in by then, or still nobody. No try replaces
    /// whoever is signed in.
    ///
    /// # Errors
    /// What `attempt` says; [`Error::CaptchaCancelled`] when the captcha was given up; [`Error::SignedIn`] or
    /// [`Error::SignedOut`] when somebody has signed in or out before it was solved.
    pub async fn with_captcha<T, F>(
        &self,
        connection: &Arc<Connection>,
        attempt: impl Fn(Client) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let client = connection.client().replacing_nobody();
        let user = connection.user_id();
        let captcha = match attempt(client.clone()).await {
            Err(error) if error.asks_for_captcha() => connection.context().captcha.clone().ok_or(error)?,
            outcome => return outcome,
        };
        let token = self.solve(connection, captcha, user).await;
        // Minutes may have gone by. A captcha that somebody's sign-in gave up is answered with that sign-in.
        connection.require_same_user(user)?;
        attempt(client.with_captcha(token?)).await
    }

    /// Lets the person solve a captcha in the browser, and answers its token. It is given up once another user is signed
    /// in than this one.
    async fn solve(
        &self,
        connection: &Arc<Connection>,
        captcha: Captcha,
        user: Option<Uuid>,
    ) -> Result<Secret<String>, Error> {
        let port = Port::open(0).await.map_err(Error::no_port)?;
        let path = format!("/captcha/{}", nonce());
        let url =
            port.origin().join(&path).map_err(|_| Error::Internal("the captcha's page has no address"))?;
        let (solved, token) = oneshot::channel();
        let (cancel, cancelled) = oneshot::channel();
        let origin = port.origin().origin().ascii_serialization();
        let pages = connection.context().pages.clone();
        let challenge = Challenge::new(pages, captcha, path, origin, solved);
        let (over, is_over) = oneshot::channel::<()>();
        connection.keep(tauri::async_runtime::spawn(port.serve(Arc::new(challenge), async {
            // Whether the sender was used or dropped, the captcha is over.
            drop(is_over.await);
        })));
        let pending = PendingCaptcha::new(url.clone(), user, cancel);
        let id = pending.id.clone();
        connection.flow_state().add_captcha(pending);
        // Somebody may have signed in before the captcha was there to be given up.
        connection.flow_state().keep_captchas_of(connection.user_id());
        self.publish();
        if !self.desktop().open_in_browser(&url).await {
            self.notify(NoticeCode::BrowserNotOpened);
        }
        let outcome = tokio::select! {
            token = token => token.ok(),
            _ = cancelled => None,
        };
        connection.flow_state().drop_captcha(&id);
        drop(over);
        self.publish();
        self.desktop().raise_window();
        outcome.ok_or(Error::CaptchaCancelled)
    }
}

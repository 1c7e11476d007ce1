//! Beginning what continues in a mail or a browser, with links that come back in the mode that works.

use std::sync::Arc;

use supabase_session::{Client, OAuthError, PendingFlow, Redirect};
use supabase_session_contract::view::{NoticeCode, RedirectMode};
use url::Url;

use crate::callback::loopback::Loopback;
use crate::error::Error;
use crate::project::{Connection, FlowAddress};
use crate::supabase::Supabase;

impl Connection {
    /// Begins something that continues in a mail or a browser, with this client, whose links come back in the mode that
    /// the project lets through.
    ///
    /// # Errors
    /// `LoopbackUnavailable`, or what `begin` says.
    pub async fn begin_flow<T, F>(&self, client: Client, begin: impl FnOnce(Client) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Error>>,
    {
        self.begin_flow_by(self.best_redirect_mode().await, client, begin).await
    }

    /// The same as [`begin_flow`](Self::begin_flow), with links that come back in this mode.
    ///
    /// # Errors
    /// As [`begin_flow`](Self::begin_flow).
    pub async fn begin_flow_by<T, F>(
        &self,
        mode: RedirectMode,
        client: Client,
        begin: impl FnOnce(Client) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Error>>,
    {
        match mode {
            RedirectMode::DeepLink => Ok(begin(client).await?.0),
            RedirectMode::BareDeepLink => {
                let redirect = Redirect::bare(self.deep_link().clone());
                Ok(begin(client.with_redirect(redirect)).await?.0)
            }
            RedirectMode::Loopback => {
                let port = Loopback::open().await.map_err(Error::no_port)?;
                let redirect = Redirect::with_flow(port.redirect_to().clone());
                let (answer, flow) = begin(client.with_redirect(redirect)).await?;
                if let Some(flow) = flow {
                    self.serve(port, flow.id);
                }
                Ok(answer)
            }
        }
    }
}

impl Supabase {
    /// Begins something with a provider, opens the browser where it continues, and remembers where that is. A browser that
    /// does not open ends nothing: the address can be copied.
    pub(crate) async fn continue_in_browser<F>(
        &self,
        mode: RedirectMode,
        connection: &Arc<Connection>,
        provider: &str,
        begin: impl FnOnce(Client) -> F,
    ) -> Result<(), Error>
    where
        F: Future<Output = Result<(PendingFlow, Url), OAuthError>>,
    {
        let begin = |client| async move {
            let (flow, url) = begin(client).await?;
            Ok(((flow.id.clone(), url), Some(flow)))
        };
        let (flow, url) = connection.begin_flow_by(mode, connection.client().clone(), begin).await?;
        let address = FlowAddress { provider: provider.to_owned(), url: url.clone() };
        connection.flow_state().opened(&flow, address);
        connection.changed();
        if !self.desktop().open_in_browser(&url).await {
            self.notify(NoticeCode::BrowserNotOpened);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_app::TestApp;

    /// Where the next flow comes back to, and what the window says of it.
    async fn next_flow(is_ours: bool, mode: RedirectMode) -> (Url, Option<RedirectMode>) {
        let test = TestApp::new(is_ours, None).await;
        let connection = test.app.connection().unwrap();
        connection.redirect_modes().remember(mode);
        let begin = |client: Client| async move {
            let (flow, address) = client.begin_oauth("github", &[]).await.unwrap();
            Ok((address, Some(flow)))
        };
        let address = connection.begin_flow(connection.client().clone(), begin).await.unwrap();
        let (_, redirect_to) = address.query_pairs().find(|(key, _)| key == "redirect_to").unwrap();
        (Url::parse(&redirect_to).unwrap(), test.app.view().project.unwrap().redirect_mode)
    }

    #[tokio::test]
    async fn a_desktop_that_does_not_open_our_links_is_passed_by_and_the_window_says_so() {
        for mode in [RedirectMode::DeepLink, RedirectMode::BareDeepLink] {
            let (redirect_to, shown) = next_flow(true, mode).await;
            assert_eq!((redirect_to.scheme(), shown), ("app.foyer.desktop", Some(mode)));

            let (redirect_to, shown) = next_flow(false, mode).await;
            assert!(Loopback::is_address(&redirect_to), "{redirect_to}");
            assert_eq!(shown, Some(RedirectMode::Loopback));
        }
    }

    #[tokio::test]
    async fn a_project_that_lets_only_a_port_through_gets_one_whatever_the_desktop_says() {
        let (redirect_to, shown) = next_flow(true, RedirectMode::Loopback).await;

        assert!(Loopback::is_address(&redirect_to), "{redirect_to}");
        assert_eq!(shown, Some(RedirectMode::Loopback));
    }
}

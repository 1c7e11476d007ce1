//! How links come back from a project: found out without side effects, remembered, and used for every flow that
//! begins. A project that nobody set up for this app lets at least the loopback port through, and a desktop that does
//! not open our links with this app leaves no other way.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use foyer_contract::ErrorCode;
use foyer_contract::view::WayBack;
use serde::{Deserialize, Serialize};
use supabase_session::{Client, FlowId, HttpError, PendingFlow, Redirect, RedirectSupport};
use url::Url;

use crate::callback::Queue;
use crate::callback::loopback::Loopback;
use crate::connection::Connection;
use crate::error::Failure;
use crate::store::file;

/// What is known of the way back, in memory and in a file.
pub struct WaysBack {
    file: PathBuf,
    project: String,
    known: Mutex<Option<WayBack>>,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
struct Remembered {
    project: String,
    way: WayBack,
}

impl WaysBack {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    #[must_use]
    pub fn remembered(file: PathBuf, project: &Url) -> Self {
        let project = project.as_str().to_owned();
        let way = read(&file).filter(|it| it.project == project).map(|it| it.way);
        Self { file, project, known: Mutex::new(way) }
    }

    /// The way that this project lets through, if that is known.
    #[must_use]
    pub fn known(&self) -> Option<WayBack> {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, way: WayBack) {
        let before = self.known.lock().unwrap_or_else(PoisonError::into_inner).replace(way);
        if before == Some(way) {
            return;
        }
        tracing::info!(?way, "the way back from the project is known");
        let remembered = Remembered { project: self.project.clone(), way };
        let written = serde_json::to_vec(&remembered).map_err(io::Error::from);
        if let Err(error) = written.and_then(|text| file::replace(&self.file, &text)) {
            tracing::warn!(kind = %error.kind(), "the way back cannot be remembered");
        }
    }
}

fn read(file: &Path) -> Option<Remembered> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

impl Connection {
    /// Asks the project how links may come back. One or two requests that change nothing.
    ///
    /// # Errors
    /// When the server gives no answer.
    pub async fn find_way_back(&self) -> Result<WayBack, HttpError> {
        let way = match self.client().probe_redirect(self.deep_link()).await? {
            RedirectSupport::WithFlow => WayBack::DeepLink,
            RedirectSupport::BareOnly => WayBack::BareDeepLink,
            RedirectSupport::Nowhere => WayBack::Loopback,
        };
        self.ways_back().remember(way);
        Ok(way)
    }

    /// Begins something that continues elsewhere, with this client, whose links come back the way that the project lets
    /// through.
    ///
    /// # Errors
    /// `LoopbackUnavailable`, or what `begin` says.
    pub async fn begin_flow<T, F>(
        self: &Arc<Self>,
        client: Client,
        begin: impl FnOnce(Client) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Failure>>,
    {
        self.begin_flow_by(self.best_way_back().await, client, begin).await
    }

    /// The same as [`begin_flow`](Self::begin_flow), with links that come back this way.
    ///
    /// # Errors
    /// As there.
    pub async fn begin_flow_by<T, F>(
        self: &Arc<Self>,
        way: WayBack,
        client: Client,
        begin: impl FnOnce(Client) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Failure>>,
    {
        match way {
            WayBack::DeepLink => Ok(begin(client).await?.0),
            WayBack::BareDeepLink => {
                let redirect = Redirect::bare(self.deep_link().clone());
                Ok(begin(client.with_redirect(redirect)).await?.0)
            }
            WayBack::Loopback => {
                let port = Loopback::open().await.map_err(no_port)?;
                let redirect = Redirect::with_flow(port.redirect_to().clone());
                let (answer, flow) = begin(client.with_redirect(redirect)).await?;
                if let Some(flow) = flow {
                    self.serve(port, flow.id);
                }
                Ok(answer)
            }
        }
    }

    /// The way of the next flow: what the project lets through, unless the desktop would lose our links.
    pub async fn best_way_back(&self) -> WayBack {
        let handler = &self.surroundings().handler;
        let known = async {
            match self.ways_back().known() {
                Some(way) => way,
                // A server that cannot be asked cannot be asked for the flow either, which then says so.
                None => self.find_way_back().await.unwrap_or(WayBack::DeepLink),
            }
        };
        let (way, before) = (known.await, handler.known());
        if way == WayBack::Loopback {
            return way;
        }
        let is_ours = handler.is_ours().await;
        if before != Some(is_ours) {
            self.changed();
        }
        usable(way, is_ours)
    }

    /// How the next flow comes back, as far as project and desktop have been asked.
    #[must_use]
    pub fn way_back(&self) -> Option<WayBack> {
        let way = self.ways_back().known()?;
        if way == WayBack::Loopback {
            return Some(way);
        }
        Some(usable(way, self.surroundings().handler.known()?))
    }

    /// Opens the ports again whose flows were begun before the app was restarted.
    pub async fn reopen_ports(self: &Arc<Self>) {
        // Of whoever may sign in again, too.
        let pending = self.client().watch_pending().borrow().clone();
        for flow in pending {
            let Some(address) = flow.redirect_to.filter(Loopback::is_address) else { continue };
            match Loopback::reopen(&address).await {
                Ok(port) => self.serve(port, flow.id),
                // The mail's code still works, and so does its link when it is pasted.
                Err(error) => tracing::warn!(kind = %error.kind(), "a loopback port cannot be opened again"),
            }
        }
    }

    fn serve(self: &Arc<Self>, port: Loopback, flow: FlowId) {
        let over = is_over(self.client(), flow);
        let (queue, implicit) = (self.queue().clone(), self.is_implicit());
        self.keep(tauri::async_runtime::spawn(port.serve(queue, implicit, over)));
    }

    /// The queue that links go into.
    fn queue(&self) -> &Queue {
        &self.surroundings().queue
    }
}

/// A port of this machine needs nobody's permission.
fn usable(way: WayBack, is_ours: bool) -> WayBack {
    if is_ours { way } else { WayBack::Loopback }
}

/// Ends when the flow is used, cancelled or too old.
fn is_over(client: &Client, flow: FlowId) -> impl Future<Output = ()> + use<> {
    let mut pending = client.watch_pending();
    async move {
        let is_gone = |flows: &Vec<PendingFlow>| flows.iter().all(|other| other.id != flow);
        // An error means that the client is gone, and the flow with it.
        drop(pending.wait_for(is_gone).await);
    }
}

fn no_port(error: io::Error) -> Failure {
    tracing::warn!(kind = %error.kind(), "no loopback port can be opened");
    Failure::new(ErrorCode::LoopbackUnavailable, "no port of this machine can be opened for the way back")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_app::TestApp;

    /// Where the next flow comes back to, and what the window says of it.
    async fn next_flow(is_ours: bool, way: WayBack) -> (Url, Option<WayBack>) {
        let test = TestApp::new(is_ours, None).await;
        let connection = test.app.connection().unwrap();
        connection.ways_back().remember(way);
        let begin = |client: Client| async move {
            let (flow, address) = client.begin_oauth("github", &[]).await.unwrap();
            Ok((address, Some(flow)))
        };
        let address = connection.begin_flow(connection.client().clone(), begin).await.unwrap();
        let (_, redirect_to) = address.query_pairs().find(|(key, _)| key == "redirect_to").unwrap();
        (Url::parse(&redirect_to).unwrap(), test.app.view().project.unwrap().way_back)
    }

    #[tokio::test]
    async fn a_desktop_that_does_not_open_our_links_is_passed_by_and_the_window_says_so() {
        for way in [WayBack::DeepLink, WayBack::BareDeepLink] {
            let (redirect_to, shown) = next_flow(true, way).await;
            assert_eq!((redirect_to.scheme(), shown), ("app.foyer.desktop", Some(way)));

            let (redirect_to, shown) = next_flow(false, way).await;
            assert!(Loopback::is_address(&redirect_to), "{redirect_to}");
            assert_eq!(shown, Some(WayBack::Loopback));
        }
    }

    #[tokio::test]
    async fn a_project_that_lets_only_a_port_through_gets_one_whatever_the_desktop_says() {
        let (redirect_to, shown) = next_flow(true, WayBack::Loopback).await;

        assert!(Loopback::is_address(&redirect_to), "{redirect_to}");
        assert_eq!(shown, Some(WayBack::Loopback));
    }

    #[test]
    fn the_way_back_is_remembered_for_its_project_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("way-back.json");
        let (one, other) =
            (Url::parse("https://a.supabase.co").unwrap(), Url::parse("https://b.supabase.co").unwrap());

        let first = WaysBack::remembered(file.clone(), &one);
        assert_eq!(first.known(), None);
        first.remember(WayBack::Loopback);

        assert_eq!(WaysBack::remembered(file.clone(), &one).known(), Some(WayBack::Loopback));
        assert_eq!(WaysBack::remembered(file.clone(), &other).known(), None);
        std::fs::write(&file, "{").unwrap();
        assert_eq!(WaysBack::remembered(file, &one).known(), None);
    }
}

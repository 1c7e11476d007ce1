//! A picture at an address of somebody else's server: the sign-up trigger copies there what a provider says. It is
//! fetched beside everything else, so that a slow server holds nothing up, and quietly: what cannot be had is not said.

use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use foyer_picture::LARGEST_FILE;
use foyer_public_fetch::{FetchError, PublicFetcher};
use supabase_session::Backoff;
use tauri_plugin_supabase_session::guards;
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use super::picture::prepare;
use super::picture_source::PictureSource;
use super::sync::ConnectedAccount;
use super::{Account, Shown};

/// The pauses before a fetch that failed is tried again.
const RETRY: Backoff = Backoff::new(Duration::from_secs(60), Duration::from_secs(60 * 60));

/// A picture is fetched anew at each start, and after this time.
const REFRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest that a fetch may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// How a picture is fetched. A trait, so that tests need no server on the public internet.
#[async_trait]
pub trait FetchPicture: Send + Sync {
    /// The file at this address, which nobody has looked at.
    ///
    /// # Errors
    /// See [`FetchError`].
    async fn fetch_picture(&self, address: &str) -> Result<Bytes, FetchError>;
}

/// Pictures from the public internet. The system's trusted certificates are read for the first of them: most people have
/// no such picture, and a start has better things to do.
#[derive(Default)]
pub(super) struct PublicPictures(OnceLock<PublicFetcher>);

#[async_trait]
impl FetchPicture for PublicPictures {
    async fn fetch_picture(&self, address: &str) -> Result<Bytes, FetchError> {
        let limit = usize::try_from(LARGEST_FILE).unwrap_or(usize::MAX);
        self.0.get_or_init(PublicFetcher::new).get(address, limit, DEADLINE).await
    }
}

/// A user's picture that lies elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    user: Uuid,
    address: String,
}

/// What became of a fetch.
enum Outcome {
    /// The picture, encoded anew.
    Picture(Vec<u8>),
    /// There is none (any more).
    Gone,
    /// What is there is no picture of ours, or is not asked for.
    Unusable,
    /// Another try may bring it.
    Later,
}

/// When the picture is fetched next.
struct Plan {
    of: Option<Wanted>,
    /// The last fetch brought the picture.
    has_brought: bool,
    next: Instant,
    retry: Backoff,
}

impl Plan {
    /// A picture that is fetched now.
    fn now(of: Option<Wanted>) -> Self {
        Self { of, has_brought: false, next: Instant::now(), retry: RETRY }
    }

    /// How long to wait before this picture is fetched; `None`: now. What was brought and is shown no longer (somebody
    /// signed out and in again, or emptied the cache) is fetched now.
    fn pause(&mut self, wanted: &Wanted, is_shown: bool) -> Option<Duration> {
        if self.of.as_ref() != Some(wanted) || (self.has_brought && !is_shown) {
            *self = Self::now(Some(wanted.clone()));
        }
        Some(self.next.saturating_duration_since(Instant::now())).filter(|pause| !pause.is_zero())
    }

    fn follow(&mut self, outcome: &Outcome) {
        self.has_brought = matches!(outcome, Outcome::Picture(_));
        let pause = match outcome {
            Outcome::Later => self.retry.pause(),
            Outcome::Picture(_) | Outcome::Gone | Outcome::Unusable => {
                self.retry.reset();
                REFRESH
            }
        };
        self.next = Instant::now() + pause;
    }
}

/// Fetches the picture of whoever is signed in, where it lies elsewhere, and keeps it up to date. It holds the account
/// only for moments.
pub(super) async fn keep_remote_picture(connected: Weak<ConnectedAccount>, fetcher: Arc<dyn FetchPicture>) {
    let requested = match connected.upgrade() {
        Some(connected) => Arc::clone(&connected.account().picture_requested),
        None => return,
    };
    let mut plan = Plan::now(None);
    loop {
        let Some(wanted) = connected.upgrade().map(|connected| connected.remote_picture()) else { return };
        let Some((wanted, is_shown)) = wanted else {
            requested.notified().await;
            continue;
        };
        if let Some(pause) = plan.pause(&wanted, is_shown) {
            // A request that comes meanwhile is about another picture, about none, or about one that was forgotten.
            let _requested_or_due = timeout(pause, requested.notified()).await;
            continue;
        }
        let outcome = fetch(fetcher.as_ref(), &wanted.address).await;
        plan.follow(&outcome);
        match connected.upgrade() {
            Some(connected) => connected.account().take_remote_picture(&wanted, outcome),
            None => return,
        }
    }
}

async fn fetch(fetcher: &dyn FetchPicture, address: &str) -> Outcome {
    let bytes = match fetcher.fetch_picture(address).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::info!(%error, "the picture at the address in the profile cannot be had");
            return match error {
                error if error.is_gone() => Outcome::Gone,
                error if error.is_passing() => Outcome::Later,
                _ => Outcome::Unusable,
            };
        }
    };
    match prepare(bytes.to_vec()).await {
        Ok(encoded) => Outcome::Picture(encoded.bytes),
        Err(error) => {
            tracing::info!(%error, "what lies at the address in the profile is no picture");
            Outcome::Unusable
        }
    }
}

impl ConnectedAccount {
    fn remote_picture(&self) -> Option<(Wanted, bool)> {
        if !guards::is_authorized(self.client()) {
            return None;
        }
        self.account().remote_picture()
    }
}

impl Account {
    /// The picture that lies elsewhere, and whether it is shown.
    fn remote_picture(&self) -> Option<(Wanted, bool)> {
        let shown = self.shown();
        let shown = shown.as_ref()?;
        let (user, address) = (shown.user, shown.avatar_path()?);
        let is_shown = shown.picture.as_ref().is_some_and(|picture| picture.path == address);
        let source = PictureSource::of(&address, self.client.project().url());
        (source == PictureSource::Remote).then_some((Wanted { user, address }, is_shown))
    }

    /// Shows what was fetched, if the row still names it. A picture that was shown before stays where the new one cannot
    /// be had.
    fn take_remote_picture(&self, wanted: &Wanted, outcome: Outcome) {
        let is_named = |shown: &Shown| {
            shown.user == wanted.user && shown.avatar_path().as_deref() == Some(wanted.address.as_str())
        };
        if !self.shown().as_ref().is_some_and(is_named) {
            return;
        }
        match outcome {
            Outcome::Picture(bytes) => self.show_picture(wanted.user, Some((wanted.address.clone(), bytes))),
            Outcome::Gone => self.show_picture(wanted.user, None),
            Outcome::Unusable | Outcome::Later => return,
        }
        (self.on_change)(None);
    }
}

#[cfg(test)]
#[path = "remote_picture_tests.rs"]
mod tests;

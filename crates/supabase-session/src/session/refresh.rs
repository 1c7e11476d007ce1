//! When a session is refreshed, how often that is tried, and what a failure means. The order in which a new token is
//! taken over is decided in `session/mod.rs`.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::backoff::Backoff;
use crate::error::HttpError;
use crate::expiry::Expiry;
use crate::http::fault::ServerError;
use crate::lock::lock;
use crate::session::authorized::TokenSource;
use crate::session::cool_down::{CoolDown, Refreshed};
use crate::session::refresh_error::RefreshError;
use crate::session::token_grant;
use crate::session::tokens::{Bearer, TokenVersion};
use crate::session::{Held, Session};
use crate::state::State;

/// A token is refreshed when less than this is left of it.
/// supabase-js uses the same 90 s (three ticks of its 30 s timer).
pub const REFRESH_MARGIN: Duration = Duration::from_secs(90);

/// How often [`Client::keep_fresh`](crate::Client::keep_fresh) syncs. supabase-js: `AUTO_REFRESH_TICK_DURATION_MS`.
pub const SYNC_INTERVAL: Duration = Duration::from_secs(30);

/// After a failed refresh the same token is not tried again for this long (or as long as `Retry-After` says).
/// An outage costs a server one request a minute and client.
pub const COOL_DOWN: Duration = Duration::from_secs(60);

/// Longest `Retry-After` that is honoured: a server's mistake must not lock anybody out for a day.
const LONGEST_COOL_DOWN: Duration = Duration::from_secs(3600);

/// The pauses between the attempts of one refresh.
const RETRY: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(1));

/// Attempts within the first refresh of a token. Once that has failed, each further refresh is one attempt.
const ATTEMPTS: u32 = 3;

/// Calls of `refresh_soon` do not make a token be tried more often than this, however many they are.
const SOON_PAUSE: Duration = Duration::from_secs(10);

/// How one attempt went.
enum Attempt {
    Done(Refreshed),
    /// Worth another attempt.
    Failed(HttpError),
    Refused(ServerError),
}

/// A failure, as far as it decides when the same tokens are tried again.
struct Failure {
    of: TokenVersion,
    /// Attempts that it took.
    tried: u32,
    /// What the failure before this one left to be made up for.
    extra: u32,
}

impl Session {
    /// A refresh of the tokens that are held now, shared by all callers.
    pub(crate) async fn refresh(self: &Arc<Self>) -> Result<(), RefreshError> {
        let held = self.held().ok_or(RefreshError::SignedOut)?;
        self.refresh_of(held.version).await
    }

    async fn refresh_of(self: &Arc<Self>, version: TokenVersion) -> Result<(), RefreshError> {
        let mut version = version;
        loop {
            let this = Arc::clone(self);
            let refreshed =
                self.refreshing.run(version, async move { this.refresh_once(version).await }).await?;
            match self.held().filter(|held| refreshed == Refreshed::ByOther && held.version != version) {
                // The tokens that the other program has left end soon too: they are refreshed next.
                Some(held) if self.remaining(&held) < REFRESH_MARGIN => version = held.version,
                _ => return Ok(()),
            }
        }
    }

    async fn refresh_once(&self, of: TokenVersion) -> Result<Refreshed, RefreshError> {
        // Read only now: another refresh may have ended since the caller has read the version.
        let held = self.held().ok_or(RefreshError::SignedOut)?;
        if held.version != of {
            return Ok(Refreshed::Here);
        }
        let failed_before = self.cool_down(of);
        if let Some(cooling) = failed_before.as_ref().filter(|cooling| !self.is_over(cooling.pause)) {
            return Err(cooling.outcome.clone());
        }
        let attempts = if failed_before.is_some() { 1 } else { ATTEMPTS };
        let (attempt, tried) = self.attempt(of, attempts).await;
        let failure = Failure { of, tried, extra: failed_before.map_or(0, |cooling| cooling.extra) };
        match attempt {
            // The person may have signed out, or in as somebody else, while the request was out: that wins.
            _ if !self.holds_generation(of) => Err(RefreshError::SignedOut),
            Attempt::Done(refreshed) => Ok(refreshed),
            Attempt::Failed(error) => {
                let asked = match &error {
                    HttpError::RateLimited { retry_after } => *retry_after,
                    _ => None,
                };
                Err(self.keep(&failure, asked, error.into()))
            }
            Attempt::Refused(fault) => Err(self.refused(&failure, &fault).await),
        }
    }

    /// The outcome of the last of at most `attempts` requests, and how many there were.
    async fn attempt(&self, of: TokenVersion, attempts: u32) -> (Attempt, u32) {
        let mut retry = RETRY;
        let mut tried = 1;
        loop {
            let error = match self.attempt_once(of).await {
                Attempt::Failed(error) => error,
                outcome => return (outcome, tried),
            };
            // After a request to wait, or after a long wait, the next attempt does not follow at once.
            let at_once = !matches!(error, HttpError::RateLimited { .. } | HttpError::Timeout);
            let wanted = self.held().is_some_and(|now| now.version == of);
            if tried == attempts || !at_once || !wanted {
                return (Attempt::Failed(error), tried);
            }
            tried += 1;
            self.gateway.clock.sleep(self.with_jitter(retry.pause())).await;
        }
    }

    /// One request, alone among all programs on the store; none, if another of them was faster.
    async fn attempt_once(&self, of: TokenVersion) -> Attempt {
        let _lock = self.lock_store().await;
        self.catch_up().await;
        let Some(held) = self.held().filter(|held| held.version == of) else {
            return Attempt::Done(Refreshed::ByOther);
        };
        let token = self.refresh_token(&held).await;
        match token_grant::refresh(&self.gateway, &token).await {
            Ok(Ok(issued)) => {
                if !self.renew(of, issued).await {
                    tracing::debug!("a refreshed token came too late for its session and is dropped");
                }
                Attempt::Done(Refreshed::Here)
            }
            Ok(Err(fault)) => Attempt::Refused(fault),
            Err(error) => Attempt::Failed(error),
        }
    }

    /// The API said no: the session ends, unless its access token still works or the code is none that ends one.
    async fn refused(&self, failure: &Failure, fault: &ServerError) -> RefreshError {
        let of = failure.of;
        let works = self.held().is_some_and(|held| held.version == of && !self.remaining(&held).is_zero());
        match fault.ends_session() {
            Some(cause) if !works => {
                self.end(of.generation, cause).await;
                RefreshError::Ended(cause)
            }
            _ => self.keep(failure, None, RefreshError::Refused { code: fault.code.clone() }),
        }
    }

    /// The session is kept, and its tokens are left alone for as long as the server asked, [`COOL_DOWN`] at least. Over
    /// the length of an outage that is one attempt a minute: what the first refresh had tried beyond that is made up
    /// for by the *second* cool-down, so that a network that was away for a moment does not cost the first one.
    fn keep(&self, failure: &Failure, asked: Option<Duration>, outcome: RefreshError) -> RefreshError {
        let pause = asked.unwrap_or(COOL_DOWN).clamp(COOL_DOWN, LONGEST_COOL_DOWN);
        let pause = pause.max(COOL_DOWN * (1 + failure.extra));
        tracing::debug!(%outcome, pause_s = pause.as_secs(), "not refreshed; the session is kept");
        let pause = Expiry::new(pause, self.gateway.clock.moment());
        let (of, extra, asked) = (failure.of, failure.tried - 1, asked.is_some());
        let cooling = CoolDown { of, pause, asked, outcome: outcome.clone(), extra };
        *lock(&self.cooling) = Some(cooling);
        outcome
    }

    /// The last failure, if it was of these tokens.
    fn cool_down(&self, of: TokenVersion) -> Option<CoolDown> {
        lock(&self.cooling).clone().filter(|cooling| cooling.of == of)
    }

    fn holds_generation(&self, of: TokenVersion) -> bool {
        self.held().is_some_and(|held| held.version.generation == of.generation)
    }

    fn is_over(&self, pause: Expiry) -> bool {
        pause.remaining(self.gateway.clock.moment()).is_zero()
    }

    /// Between the pause and one and a half of it, so that many clients do not come back in step.
    fn with_jitter(&self, pause: Duration) -> Duration {
        let mut byte = [0];
        self.random.fill(&mut byte);
        pause + pause / 2 * u32::from(byte[0]) / 255
    }

    /// What to send once a refresh for this session has ended like this. Never the token of somebody who signed in
    /// meanwhile: what was asked for on behalf of one person is not done to another.
    async fn bearer_after(
        self: &Arc<Self>,
        of: TokenVersion,
        mut outcome: Result<(), RefreshError>,
    ) -> Result<Bearer, RefreshError> {
        let mut held = self.held_after(of, &outcome)?;
        if outcome.is_ok() && self.remaining(&held).is_zero() {
            // The machine slept while the new token was being stored, and it is over already. Once more only: a server
            // may issue tokens that are over at once.
            outcome = self.refresh_of(held.version).await;
            held = self.held_after(of, &outcome)?;
        }
        // A failed refresh matters only when the token is over: one known to be so is never sent.
        if self.remaining(&held).is_zero() {
            outcome?;
        }
        Ok(bearer(held))
    }

    fn held_after(&self, of: TokenVersion, outcome: &Result<(), RefreshError>) -> Result<Held, RefreshError> {
        let held = self.held().filter(|held| held.version.generation == of.generation);
        held.ok_or(match outcome {
            Err(error @ RefreshError::Ended(_)) => error.clone(),
            _ => RefreshError::SignedOut,
        })
    }

    /// Waits until no refresh of these tokens is on its way. For somebody who has signed out.
    pub(crate) async fn refreshed(&self, version: TokenVersion) {
        // Waits for the refresh that runs; without one this returns at once.
        let _ended = self.refreshing.run(version, async { Err(RefreshError::SignedOut) }).await;
    }

    /// Syncs at once, shared by all callers. A token that cools down is refreshed all the same, unless the server asked
    /// for the pause. Calls within [`SOON_PAUSE`] of such a refresh lead to one more at the end of that time.
    pub(crate) async fn refresh_soon(self: &Arc<Self>) {
        let this = Arc::clone(self);
        let work = async move {
            this.forget_cool_down();
            this.sync().await;
        };
        self.refreshing_soon.run((), work).await;
    }

    fn forget_cool_down(&self) {
        let now = self.gateway.clock.moment();
        let mut refreshed_soon = lock(&self.refreshed_soon);
        let wait = refreshed_soon.as_ref().map_or(Duration::ZERO, |pause| pause.remaining(now));
        let mut cooling = lock(&self.cooling);
        let cooling =
            cooling.as_mut().filter(|cooling| !cooling.asked && cooling.pause.remaining(now) > wait);
        // That it has failed is still known: it is tried once.
        if let Some(cooling) = cooling {
            cooling.pause = Expiry::new(wait, now);
            *refreshed_soon = Some(Expiry::new(wait + SOON_PAUSE, now));
        }
    }

    /// Follows what another program did, and refreshes when little is left.
    pub(crate) async fn sync(self: &Arc<Self>) {
        if self.state() == State::Restoring {
            // The store could not be read at the start.
            self.restore().await;
        }
        self.catch_up().await;
        let Some(held) = self.held() else { return };
        if self.remaining(&held) < REFRESH_MARGIN
            && let Err(error) = self.refresh_of(held.version).await
        {
            tracing::debug!(%error, "a sync found a token that could not be refreshed");
        }
    }
}

#[async_trait]
impl TokenSource for Arc<Session> {
    async fn bearer(&self) -> Result<Bearer, RefreshError> {
        let held = self.held().ok_or(RefreshError::SignedOut)?;
        if self.remaining(&held) >= REFRESH_MARGIN {
            return Ok(bearer(held));
        }
        let outcome = self.refresh_of(held.version).await;
        self.bearer_after(held.version, outcome).await
    }

    async fn replace(&self, rejected: &Bearer) -> Result<Bearer, RefreshError> {
        self.reject(rejected.version);
        // When the tokens were renewed meanwhile this returns at once.
        self.refresh_of(rejected.version).await?;
        self.bearer_after(rejected.version, Ok(())).await
    }
}

fn bearer(held: Held) -> Bearer {
    Bearer { token: held.tokens.access, version: held.version }
}

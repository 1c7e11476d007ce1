//! The project's public keys (`/.well-known/jwks.json`, RFC 7517), and whether one of them has signed a token
//! (RFC 7515). What follows from that is decided in `auth/claims.rs`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::error::HttpError;
use crate::expiry::Moment;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::jwks::check::Check;
use crate::jwks::set::{Key, KeySet};
use crate::lock::lock;
use crate::secret::Secret;
use crate::shared::SingleFlight;

/// So long the keys are kept. The server says so too (`Cache-Control: max-age=600`), and a key that a project's owner
/// takes back stops counting after at most this.
const LIFETIME: Duration = Duration::from_secs(600);

/// A key that is not among them may be a new one, so they are fetched again; but not more often than this, for
/// anybody can make up the name of a key.
const PAUSE: Duration = Duration::from_secs(10);

pub(crate) struct Keys {
    gateway: Arc<Gateway>,
    cached: Arc<Mutex<Option<Cached>>>,
    fetching: Arc<SingleFlight<(), Result<Arc<KeySet>, HttpError>>>,
}

struct Cached {
    set: Arc<KeySet>,
    since: Moment,
}

/// The fields of a token's header that are read here (RFC 7515 section 4.1).
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that have to be understood; none are.
    crit: Option<serde::de::IgnoredAny>,
}

impl Keys {
    pub(crate) fn new(gateway: Arc<Gateway>) -> Self {
        Self { gateway, cached: Arc::default(), fetching: SingleFlight::new() }
    }

    /// Asks the server for its keys where they are not known.
    pub(crate) async fn check(&self, token: &Secret<String>) -> Result<Check, HttpError> {
        let Some((message, signature)) = token.expose().rsplit_once('.') else {
            return Ok(Check::CannotTell);
        };
        let Some((alg, kid)) = header(message) else { return Ok(Check::CannotTell) };
        let Some(key) = self.key(&alg, &kid).await? else { return Ok(Check::CannotTell) };
        let signed = URL_SAFE_NO_PAD
            .decode(signature)
            .is_ok_and(|signature| key.has_signed(message.as_bytes(), &signature));
        Ok(if signed { Check::Signed } else { Check::Forged })
    }

    async fn key(&self, alg: &str, kid: &str) -> Result<Option<Key>, HttpError> {
        let now = self.gateway.clock.moment();
        let cached = {
            let cached = lock(&self.cached);
            cached.as_ref().map(|cached| (Arc::clone(&cached.set), now.since(cached.since)))
        };
        if let Some((set, age)) = cached.as_ref().filter(|(_, age)| *age < LIFETIME) {
            match set.find(alg, kid) {
                None if *age >= PAUSE => {}
                found => return Ok(found),
            }
        }
        Ok(self.fetch(cached.map(|(set, _)| set)).await?.find(alg, kid))
    }

    /// Newer keys than those that were `seen`.
    async fn fetch(&self, seen: Option<Arc<KeySet>>) -> Result<Arc<KeySet>, HttpError> {
        let (gateway, cached) = (Arc::clone(&self.gateway), Arc::clone(&self.cached));
        let work = async move {
            // Another caller's answer may have come between the look and this.
            let found = lock(&cached).as_ref().map(|it| Arc::clone(&it.set));
            if let Some(found) = found.filter(|found| seen.is_none_or(|seen| !Arc::ptr_eq(found, &seen))) {
                return Ok(found);
            }
            let request = gateway.auth(Method::Get, ".well-known/jwks.json");
            let set = match gateway.send(request).await? {
                Ok(response) => KeySet::parse(&response.body).ok_or(HttpError::NotSupabase)?,
                // Servers from before 2025 have no such endpoint, and no such keys.
                Err(_) => KeySet::default(),
            };
            let (set, since) = (Arc::new(set), gateway.clock.moment());
            let fresh = Cached { set: Arc::clone(&set), since };
            *lock(&cached) = Some(fresh);
            Ok(set)
        };
        self.fetching.run((), work).await
    }
}

/// Algorithm and key of a token; `None` when it is none that a public key can have signed.
fn header(message: &str) -> Option<(String, String)> {
    let (header, claims) = message.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let plain = !claims.contains('.') && header.crit.is_none();
    header.kid.filter(|_| plain).map(|kid| (header.alg, kid))
}

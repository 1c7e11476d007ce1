//! The captcha tokens that were issued and not used yet. A token works once and for two minutes.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use time::OffsetDateTime;

use crate::mutex::lock;

/// How long a token can be used. hCaptcha's tokens live for 120 seconds as well.
const LIFETIME: Duration = Duration::from_secs(120);

/// The unused tokens, each with the time at which it was issued.
#[derive(Debug, Default)]
pub(crate) struct CaptchaTokens(Mutex<HashMap<String, OffsetDateTime>>);

impl CaptchaTokens {
    /// Adds `token`, and forgets the tokens that are too old by now.
    pub(crate) fn issue(&self, token: String, now: OffsetDateTime) {
        let mut tokens = lock(&self.0);
        tokens.retain(|_, issued| now - *issued < LIFETIME);
        tokens.insert(token, now);
    }

    /// Uses `token` up. Answers whether the token was valid: issued, unused and not too old.
    pub(crate) fn consume(&self, token: &str, now: OffsetDateTime) -> bool {
        let issued = lock(&self.0).remove(token);
        issued.is_some_and(|issued| now - issued < LIFETIME)
    }
}

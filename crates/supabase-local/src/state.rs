//! The state that every request reads: the project's settings and keys, the database, the sources of time and
//! randomness. It imports no API, so that each API may import it.

use std::sync::Arc;

use crate::access_log::AccessLog;
use crate::captcha_tokens::CaptchaTokens;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, DbError, Tx};
use crate::jwt::{Claims, Signer, TokenError};
use crate::keys::Keys;
use crate::object_files::ObjectFiles;
use crate::random::Random;

/// The state of one running server.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) keys: Keys,
    pub(crate) signer: Signer,
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) object_files: ObjectFiles,
    pub(crate) captcha_tokens: CaptchaTokens,
    /// The address that links in mails lead to, without a slash at its end.
    pub(crate) api_url: String,
    pub(crate) access_log: Option<AccessLog>,
}

impl App {
    /// Runs `work` as one transaction, committed when `work` answers `Ok` and rolled back when it answers `Err`. The
    /// transaction is carried out even when the caller goes away meanwhile.
    pub(crate) async fn transact<T, E, F>(self: &Arc<Self>, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>, &Self) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let app = Arc::clone(self);
        self.db.transact(move |tx| work(tx, &app)).await
    }

    /// The claims of `token`, an access token of this project or one of its API keys.
    ///
    /// # Errors
    /// When the project did not sign the token, or the token has expired.
    pub(crate) fn verify_token(&self, token: &str) -> Result<Claims, TokenError> {
        self.signer.verify(self.keys.resolve(token), self.now_s())
    }

    /// The time now, in seconds since 1970, as tokens count it.
    pub(crate) fn now_s(&self) -> i64 {
        self.clock.now().unix_timestamp()
    }
}

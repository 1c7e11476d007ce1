//! What is remembered of a refresh: how the refresh ended, and how long its token is left alone after a failure.

use crate::expiry::Expiry;
use crate::session::refresh_error::RefreshError;
use crate::session::tokens::TokenVersion;

/// A token whose refresh failed, and how long it is left alone.
#[derive(Debug, Clone)]
pub(crate) struct CoolDown {
    pub(super) of: TokenVersion,
    pub(super) pause: Expiry,
    /// Whether the server asked for the pause.
    pub(super) asked: bool,
    pub(super) outcome: RefreshError,
    /// Attempts of the first refresh beyond its first one: the next cool-down makes up for them.
    pub(super) extra: u32,
}

/// What a refresh came to that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refreshed {
    Here,
    /// Another program on the same store was faster: its tokens were taken over.
    ByOther,
}

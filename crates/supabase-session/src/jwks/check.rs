//! What can be said of a token's signature.

/// Whether a key of the project has signed a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "local-claims"), allow(dead_code, reason = "two of the answers need the keys"))]
pub(crate) enum Check {
    Signed,
    /// It names a key of the project, which has not signed it.
    Forged,
    /// It is signed with the project's shared secret (HS256), in a way that is not known here, or by a key that the
    /// project does not (yet) have: only the server knows.
    CannotTell,
}

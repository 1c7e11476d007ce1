//! The project's public keys, and whether one of them has signed a token.

pub(crate) mod check;
#[cfg(not(feature = "local-claims"))]
mod disabled;
#[cfg(feature = "local-claims")]
mod keys;
#[cfg(feature = "local-claims")]
mod set;

#[cfg(not(feature = "local-claims"))]
pub(crate) use disabled::Keys;
#[cfg(feature = "local-claims")]
pub(crate) use keys::Keys;

//! What a session must be for a command to be carried out.

use supabase_session::{Client, State};

use crate::error::Error;

/// True while somebody is signed in.
#[must_use]
pub fn is_signed_in(client: &Client) -> bool {
    matches!(client.state(), State::SignedIn(_))
}

/// True while somebody is signed in whose second factor has to be shown first.
#[must_use]
pub fn needs_second_factor(client: &Client) -> bool {
    client.assurance().is_some_and(|assurance| assurance.current < assurance.next)
}

/// True while private things may be shown and done.
#[must_use]
pub fn is_authorized(client: &Client) -> bool {
    is_signed_in(client) && !needs_second_factor(client)
}

/// Refuses while nobody is signed in.
///
/// # Errors
/// [`Error::SignedOut`].
pub fn require_signed_in(client: &Client) -> Result<(), Error> {
    if is_signed_in(client) { Ok(()) } else { Err(Error::SignedOut) }
}

/// Refuses while nobody is signed in, or somebody whose second factor has to be shown first: for everything private.
///
/// # Errors
/// [`Error::SignedOut`] or [`Error::SecondFactorNeeded`].
pub fn require_authorized(client: &Client) -> Result<(), Error> {
    require_signed_in(client)?;
    if needs_second_factor(client) { Err(Error::SecondFactorNeeded) } else { Ok(()) }
}

/// Refuses while somebody is signed in: for every way to sign in.
///
/// # Errors
/// [`Error::SignedIn`].
pub fn require_signed_out(client: &Client) -> Result<(), Error> {
    if is_signed_in(client) { Err(Error::SignedIn) } else { Ok(()) }
}

//! What a session must be for a command to be carried out.

use supabase_session::{Client, State};
use uuid::Uuid;

use crate::error::Error;

/// True while somebody is signed in.
#[must_use]
pub fn is_signed_in(client: &Client) -> bool {
    matches!(client.state(), State::SignedIn(_))
}

/// The id of whoever is signed in.
#[must_use]
pub fn user_id(client: &Client) -> Option<Uuid> {
    client.state().signed_in().map(|now| now.user.id)
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

/// Refuses unless the same user is signed in as before (`None`: still nobody), for what goes on after a pause.
///
/// # Errors
/// [`Error::SignedIn`] where nobody was, else [`Error::SignedOut`].
pub fn require_same_user(client: &Client, before: Option<Uuid>) -> Result<(), Error> {
    match before {
        _ if user_id(client) == before => Ok(()),
        None => Err(Error::SignedIn),
        Some(_) => Err(Error::SignedOut),
    }
}

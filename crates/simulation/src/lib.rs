//! Two programs that try to break `supabase-session`, without a window, a network or the system's clock:
//!
//! - [`days`]: worlds of a client, a server, a disk, a network and a clock, all of them under one seed, in which days
//!   pass in a second and everything goes wrong that can; after every step it is checked what must always hold.
//! - [`links`]: hostile links by the million.
//!
//! Part of no installer. Nothing here is random but by its seed, so that whatever is found can be found again.

#[cfg(feature = "worlds")]
pub mod days;
pub mod links;
pub mod seed;

/// The simulation itself does not work: a server does not start, a request cannot be built. This says nothing about the
/// client under test.
#[derive(Debug)]
pub struct SimulationError(String);

impl SimulationError {
    /// An error with this reason.
    pub fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}

impl std::fmt::Display for SimulationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SimulationError {}

impl From<std::io::Error> for SimulationError {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

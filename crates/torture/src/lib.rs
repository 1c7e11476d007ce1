//! Kills a program at every instant of a save, starts it again, and looks whether the session is there that it had said
//! it keeps.
//!
//! - [`child`]: the program that is killed. It signs in, refreshes and signs out without end on a store in a folder, and
//!   says after each change that it is done.
//! - [`kills`]: starts it, kills it at instants and steps that a seed chooses, starts it again, and judges.
//! - [`model`]: what must be in the store after each change; [`line`]: what the child says; [`report`]: the sums.
//! - [`power_cut`]: a disk that has only what it was made to keep, at every instant of every change.
//! - `keyring`: a Secret Service of one's own, for a run whose keys lie in one (Linux).
//! - [`save_times`]: how long a save takes beside a bare write and fsync of the same size.
//!
//! The same seed chooses the same steps and delays for the same kill. A step is exact, so a kill at a step of a new store
//! can be repeated; where in the program a delay ends depends on the machine and on what else it does.
//!
//! A kill leaves what was written in the system's cache, whether or not it was synced. What a power cut leaves is another
//! matter: [`power_cut`] works out every state that a disk may be in then, and opens the store in each.
//!
//! Part of no installer.

pub mod child;
#[cfg(target_os = "linux")]
pub mod keyring;
pub mod kills;
pub mod line;
pub mod model;
#[cfg(unix)]
pub mod power_cut;
pub mod report;
pub mod save_times;

/// The machine itself does not work: a child that does not start, a folder that cannot be made. Says nothing about the
/// store.
#[derive(Debug, thiserror::Error)]
pub enum TortureError {
    /// The operating system refused something.
    #[error("{0}: {1}")]
    Io(&'static str, std::io::Error),
    /// A child did what no child should.
    #[error("{0}")]
    Child(String),
}

impl TortureError {
    /// What was being done when the operating system refused it.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self::Io(doing, error)
    }
}

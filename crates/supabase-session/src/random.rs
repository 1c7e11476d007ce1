//! Randomness, as a value that is passed in.

use rand::TryRngCore;
use rand::rngs::OsRng;

/// Where verifiers, nonces and jitter come from.
pub trait Random: Send + Sync {
    /// Fills the buffer with bytes that nobody can guess.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    /// # Panics
    /// When the operating system has no randomness to give; there is nothing safe to go on with.
    fn fill(&self, buffer: &mut [u8]) {
        use rand::RngCore;
        OsRng.unwrap_err().fill_bytes(buffer);
    }
}

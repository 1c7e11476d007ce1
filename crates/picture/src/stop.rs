//! The end of a preparation that nobody waits for any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::PictureError;

/// A deadline, and a switch that stops the work before it. Clones share the switch.
#[derive(Debug, Clone)]
pub struct Stop {
    stopped: Arc<AtomicBool>,
    until: Instant,
}

impl Stop {
    /// Work that begins now may take this long.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self { stopped: Arc::default(), until: Instant::now() + time }
    }

    /// Stops the work at its next look.
    pub fn now(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Looks whether the work is to go on.
    ///
    /// # Errors
    /// `Stopped` by [`now`](Self::now), `TooHeavy` past the deadline.
    pub(crate) fn check(&self) -> Result<(), PictureError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(PictureError::Stopped);
        }
        if Instant::now() > self.until { Err(PictureError::TooHeavy) } else { Ok(()) }
    }
}

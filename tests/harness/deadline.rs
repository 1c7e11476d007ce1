//! Waiting for something that nobody announces: it is looked for again and again, up to a deadline.

use std::time::{Duration, Instant};

use crate::fault::{Fault, Outcome};

/// Long enough for a loaded machine with two cores; no test waits that long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(45);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(60);

/// Looks until there is something.
///
/// # Errors
/// When there is nothing after [`PATIENCE`]; `what` says what was waited for.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            return Err(Fault::new(format!("waited {} s for {what}", PATIENCE.as_secs())));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

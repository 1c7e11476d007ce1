//! Waiting for something that nobody announces: a condition is asked again and again, up to a deadline.

use std::time::{Duration, Instant};

use crate::fault::{Fault, Outcome};

/// Long enough for a loaded machine with two cores; no test waits that long when all is well.
pub const TIMEOUT: Duration = Duration::from_secs(45);

/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(60);

/// Asks `probe` again and again until it answers something.
///
/// # Errors
/// When there is nothing after [`TIMEOUT`]; `what` says what was waited for.
pub async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        if let Some(found) = probe().await? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            return Err(Fault::new(format!("waited {} s for {what}", TIMEOUT.as_secs())));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

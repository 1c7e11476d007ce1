//! A photo becomes a picture that can be uploaded.

use std::path::Path;
use std::time::Duration;

use foyer_picture::Stop;
use harness::{Fault, Outcome};

/// Counting makes everything slow.
const AT_MOST: Duration = Duration::from_secs(600);

pub(crate) fn prepare(times: u32, photo: &Path) -> Outcome {
    for _ in 0..times {
        foyer_picture::prepare(photo, &Stop::after(AT_MOST))
            .map_err(|error| Fault::new(error.to_string()))?;
    }
    Ok(())
}

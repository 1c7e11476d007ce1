//! Temporary files of the tests in memory. Each local server copies some hundred small files of PostgreSQL and removes
//! them seconds later: on a disk a tenth of what the suite computes is the file system looking for free inodes.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::fault::Fault;
use crate::layout::unreadable;
use crate::shell::answer;

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// In KiB. The suite uses a tenth of it at most; a container often has 64 MB in all.
const ENOUGH: u64 = 3 * 1024 * 1024;

/// A folder in memory, where there is enough of it. It is removed when this is dropped.
///
/// # Errors
/// When it cannot be made.
pub(super) fn folder() -> Result<Option<TempDir>, Fault> {
    let said = answer(Command::new("df").args(["--output=avail", "--block-size=1024", MEMORY]));
    if said.and_then(|said| free(&said)).is_none_or(|free| free < ENOUGH) {
        return Ok(None);
    }
    let folder = tempfile::Builder::new().prefix("foyer-suite-").tempdir_in(MEMORY);
    folder.map(Some).map_err(|error| unreadable(Path::new(MEMORY), &error))
}

/// What `df --output=avail` says, in its unit.
fn free(said: &str) -> Option<u64> {
    said.lines().nth(1)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_memory_is_read_from_what_df_says() {
        assert_eq!(free("    Avail\n 24684092\n"), Some(24_684_092));
        assert_eq!(free("Avail\n-\n"), None);
        assert_eq!(free(""), None);
    }
}

//! Temporary files of the tests in memory. Each local server copies some hundred small files of PostgreSQL and removes
//! them seconds later: on a disk a tenth of what the suite computes is the file system looking for free inodes.

use std::fs;
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

/// A folder in memory, where there is enough of it and programs can be run from there. It is removed when this is dropped.
///
/// # Errors
/// When it cannot be made.
pub(super) fn folder() -> Result<Option<TempDir>, Fault> {
    let said = answer(Command::new("df").args(["--output=avail", "--block-size=1024", MEMORY]));
    let runs = fs::read_to_string("/proc/mounts").is_ok_and(|mounts| runs_programs(&mounts));
    if !runs || said.and_then(|said| free(&said)).is_none_or(|free| free < ENOUGH) {
        return Ok(None);
    }
    let folder = tempfile::Builder::new().prefix("foyer-suite-").tempdir_in(MEMORY);
    folder.map(Some).map_err(|error| unreadable(Path::new(MEMORY), &error))
}

/// What `df --output=avail` says, in its unit.
fn free(said: &str) -> Option<u64> {
    said.lines().nth(1)?.trim().parse().ok()
}

/// Whether programs may be run from [`MEMORY`] as it is mounted; in many containers they may not.
fn runs_programs(mounts: &str) -> bool {
    let mut fields = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    fields.any(|fields| {
        fields.get(1) == Some(&MEMORY)
            && fields.get(3).is_some_and(|options| !options.split(',').any(|option| option == "noexec"))
    })
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
    #[test]
    fn a_folder_from_which_no_program_runs_is_none() {
        let mounts = |options: &str| format!("proc /proc proc rw 0 0\ntmpfs /dev/shm tmpfs {options} 0 0\n");

        assert!(runs_programs(&mounts("rw,nosuid,nodev")));
        assert!(!runs_programs(&mounts("rw,nosuid,nodev,noexec,relatime")));
        assert!(!runs_programs("proc /proc proc rw 0 0\n"));
    }
}

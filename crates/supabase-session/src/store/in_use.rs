//! Files that another program has open at this moment. Windows neither replaces nor removes such a file, unless that
//! program allowed it: scanners for viruses, indexers and backups do not, and have every new file open for an instant.

use std::io;
use std::thread;
use std::time::Duration;

/// The pause between two attempts. Windows tells nobody when another program closes a file.
const PAUSE: Duration = Duration::from_millis(10);
/// How many attempts are made: one second in all.
const ATTEMPTS: u32 = 100;
/// Windows' error numbers: access denied (also for a file that is removed and still open), sharing violation, lock
/// violation.
const IN_USE: [i32; 3] = [5, 32, 33];

/// Does `work` on a file, and on Windows once more while another program has that file open, for up to a second. Elsewhere
/// `work` is done once: an open file is no obstacle there. For a [`SessionStore`](crate::SessionStore) that keeps files.
/// Blocks the thread.
///
/// # Errors
/// The last error of `work`.
pub fn retry_while_in_use<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..ATTEMPTS {
        match work() {
            Err(error) if is_in_use(&error) => thread::sleep(PAUSE),
            done => return done,
        }
    }
    work()
}

fn is_in_use(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(|number| IN_USE.contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often work is done that fails with these errors of the system, and its outcome.
    fn attempts(errors: &[i32]) -> (u32, io::Result<()>) {
        let mut count = 0;
        let mut errors = errors.iter();
        let outcome = retry_while_in_use(|| {
            count += 1;
            errors.next().map_or(Ok(()), |error| Err(io::Error::from_raw_os_error(*error)))
        });
        (count, outcome)
    }

    #[test]
    fn a_file_that_another_program_has_open_is_waited_for_on_windows_only() {
        let (count, outcome) = attempts(&[32, 5, 33]);

        assert_eq!((count, outcome.is_ok()), if cfg!(windows) { (4, true) } else { (1, false) });
    }

    #[test]
    fn what_no_waiting_changes_is_done_once() {
        // No such file.
        let (count, outcome) = attempts(&[2]);

        assert_eq!((count, outcome.is_ok()), (1, false));
    }
}

//! What a test would leave on the machine: processes, mounts, its folder. A test that leaves any of them fails.

use std::fs;
use std::path::Path;

use crate::processes::Mark;

/// Ends every process that carries `mark` and removes `folder`; answers what could not be, one entry each.
pub(crate) fn clear(mark: &Mark, folder: &Path) -> Vec<String> {
    mark.sweep();
    let mut left: Vec<String> =
        mark.carriers().into_iter().map(|id| format!("the process {}", id.as_raw_nonzero())).collect();
    match fs::read_to_string("/proc/self/mountinfo") {
        Ok(mounts) => {
            left.extend(mounted_below(&mounts, folder).into_iter().map(|at| format!("a mount at {at}")));
        }
        Err(error) => left.push(format!("perhaps mounts, whose list cannot be read: {error}")),
    }
    if let Err(error) = fs::remove_dir_all(folder) {
        left.push(format!("the folder {}: {error}", folder.display()));
    }
    left
}

/// Fails the test that leaves something behind, unless it fails already.
pub(crate) fn expect_none(left: &[String]) {
    if !std::thread::panicking() {
        assert!(left.is_empty(), "this test leaves behind {}", left.join(", "));
    }
}

/// The mount points at and below `folder` in a list as `/proc/self/mountinfo` shows it (proc_pid_mountinfo(5)).
fn mounted_below(mounts: &str, folder: &Path) -> Vec<String> {
    let points = mounts.lines().filter_map(|line| line.split(' ').nth(4));
    points.filter(|point| Path::new(point).starts_with(folder)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Outcome;
    use crate::processes::bound;

    #[test]
    fn a_mount_below_the_folder_is_found_and_one_beside_it_is_not() {
        let mounts = "22 1 254:0 / / rw - ext4 /dev/vda rw\n\
            90 22 0:50 / /tmp/foyer-a/runtime/doc rw,nosuid shared:1 - fuse.portal portal rw\n\
            91 22 0:51 / /tmp/foyer-ab/runtime/doc rw,nosuid - fuse.portal portal rw\n";

        assert_eq!(mounted_below(mounts, Path::new("/tmp/foyer-a")), ["/tmp/foyer-a/runtime/doc"]);
    }

    #[tokio::test]
    async fn a_program_and_its_folder_are_gone_and_a_folder_that_cannot_be_removed_is_told() -> Outcome {
        let (folder, mark) = (tempfile::tempdir()?, Mark::new("FOYER_LEFTOVERS_TEST"));
        fs::write(folder.path().join("file"), "content")?;
        let mut sleep = bound(Path::new("sleep"));
        mark.put_on(&mut sleep);
        let _running = sleep.arg("600").spawn()?;
        crate::deadline::until("it to run", async || Ok((mark.carriers().len() == 1).then_some(()))).await?;

        let left = clear(&mark, folder.path());

        assert_eq!(left, [""; 0]);
        assert!(!folder.path().exists() && mark.carriers().is_empty());
        let left = clear(&mark, folder.path());
        assert!(left.len() == 1 && left[0].starts_with("the folder"), "{left:?}");
        Ok(())
    }

    #[test]
    #[should_panic(expected = "leaves behind a mount at /x")]
    fn a_test_that_leaves_something_fails() {
        expect_none(&["a mount at /x".to_owned()]);
    }
}

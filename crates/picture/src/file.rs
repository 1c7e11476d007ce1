//! The chosen file. What is opened is what is looked at: nothing can be put in its place between the two.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use crate::error::PictureError;
use crate::limits::LARGEST_FILE;

/// The file's bytes, if it is a plain file and not too large.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, PictureError> {
    let unreadable = |_: io::Error| PictureError::Unreadable;
    let file = open(path).map_err(unreadable)?;
    if !is_plain(&file).map_err(unreadable)? {
        return Err(PictureError::Unreadable);
    }
    let mut bytes = Vec::new();
    // By what is read and not by what the handle said: the file may grow meanwhile.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(PictureError::FileTooLarge);
    }
    // Growing doubled it: what is too much goes back.
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// Opens without following a link at the path's end, and without waiting for a pipe's other side.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

/// Opens a link itself instead of what it points to.
#[cfg(windows)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;

    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    OpenOptions::new().read(true).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT).open(path)
}

fn is_plain(file: &File) -> io::Result<bool> {
    let metadata = file.metadata()?;
    Ok(metadata.is_file() && !metadata.file_type().is_symlink())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::sync::mpsc;
    use std::time::Duration;

    /// The answer, or none within ten seconds.
    fn read_in_time(path: std::path::PathBuf) -> Option<Result<Vec<u8>, PictureError>> {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || tell.send(read(&path)));
        told.recv_timeout(Duration::from_secs(10)).ok()
    }

    #[test]
    fn only_a_plain_file_is_read_and_nothing_else_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("real.png"), b"content").unwrap();
        symlink(at("real.png"), at("link.png")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe.png")).status().unwrap().success());
        symlink(at("pipe.png"), at("link to a pipe.png")).unwrap();

        assert_eq!(read_in_time(at("real.png")), Some(Ok(b"content".to_vec())));
        for path in [
            at("link.png"),
            at("pipe.png"),
            at("link to a pipe.png"),
            at("missing.png"),
            folder.path().to_owned(),
            "/dev/zero".into(),
            "/dev/tty".into(),
        ] {
            assert_eq!(read_in_time(path.clone()), Some(Err(PictureError::Unreadable)), "{path:?}");
        }
    }

    #[test]
    fn a_pipe_that_takes_the_files_place_at_any_moment_hangs_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), b"content").unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let chosen = at("chosen.png");
        let (stop, stopped) = mpsc::channel::<()>();
        let swapper = std::thread::spawn({
            let (file, pipe, chosen) = (at("file"), at("pipe"), chosen.clone());
            let spare = at("spare");
            move || {
                while stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
                    for from in [&file, &pipe] {
                        std::fs::hard_link(from, &spare).unwrap();
                        std::fs::rename(&spare, &chosen).unwrap();
                        let _ = std::fs::remove_file(&spare);
                    }
                }
            }
        });

        for _ in 0..2_000 {
            let answer = read_in_time(chosen.clone());
            assert!(
                matches!(&answer, Some(Ok(bytes)) if bytes == b"content")
                    || answer == Some(Err(PictureError::Unreadable)),
                "{answer:?}"
            );
        }
        stop.send(()).unwrap();
        swapper.join().unwrap();
    }

    #[test]
    fn a_file_over_ten_megabytes_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        std::fs::write(&path, vec![0; LARGEST_FILE as usize + 1]).unwrap();

        assert_eq!(read(&path), Err(PictureError::FileTooLarge));
    }
}

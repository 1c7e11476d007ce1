//! Files that are overwritten where they lie: that needs neither a free block nor a writable folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use supabase_session::{Secret, retry_while_in_use};

use super::{LONGEST, sync};
use crate::store::steps::step;

/// Overwrites what lies at `path` by a shorter JSON text where it lies, blanks behind it, and syncs: that needs neither
/// a free block nor a writable folder. A crash in between leaves a file that does not parse.
///
/// # Errors
/// When `json` is longer than what is there, what is there is longer than any file of the store, or the file cannot be
/// written.
pub fn shrink_in_place(path: &Path, json: &Secret<Vec<u8>>) -> io::Result<()> {
    let mut file = open_in_place(path)?;
    let length = file.metadata()?.len();
    let blanks = length.checked_sub(json.expose().len() as u64).filter(|_| length <= LONGEST);
    let blanks = blanks.ok_or(io::ErrorKind::StorageFull)?;
    file.write_all(json.expose())?;
    step("file half overwritten");
    fill(&mut file, b' ', blanks)?;
    step("file overwritten");
    sync(&file)
}

/// Overwrites what lies at `path` by as many other bytes, and syncs. They are few, so that a disk takes all of them or
/// none.
///
/// # Errors
/// When there are not as many, or the file cannot be written.
pub(crate) fn overwrite_with(path: &Path, bytes: &Secret<Vec<u8>>) -> io::Result<()> {
    let mut file = open_in_place(path)?;
    if file.metadata()?.len() != bytes.expose().len() as u64 {
        return Err(io::ErrorKind::StorageFull.into());
    }
    file.write_all(bytes.expose())?;
    step("file overwritten");
    sync(&file)
}

/// Removes the file at `path`, once its content is overwritten; one that cannot be removed is left empty. No file is
/// fine.
///
/// # Errors
/// When it could neither be overwritten nor removed.
pub fn wipe(path: &Path) -> io::Result<()> {
    let overwritten = match open_in_place(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file.and_then(|mut file| {
            overwrite(&mut file)?;
            file.set_len(0)?;
            step("file emptied");
            sync(&file)
        }),
    };
    match (retry_while_in_use(|| fs::remove_file(path)), overwritten) {
        (Ok(()), _) | (Err(_), Ok(())) => Ok(()),
        (Err(error), Err(_)) => Err(error),
    }
}

/// Zeros in the place of every byte, on the disk. A file that is too long to be one of the store is emptied.
pub(super) fn overwrite(file: &mut File) -> io::Result<()> {
    let length = file.metadata()?.len();
    if length > LONGEST {
        file.set_len(0)?;
    } else {
        fill(file, 0, length)?;
    }
    step("file overwritten");
    sync(file)
}

/// So many of this byte, in pieces: a file need not fit into memory.
fn fill(file: &mut File, byte: u8, count: u64) -> io::Result<()> {
    io::copy(&mut io::repeat(byte).take(count), file).map(drop)
}

/// The file itself, not what a link in its place leads to.
pub(super) fn open_in_place(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    retry_while_in_use(|| OpenOptions::new().write(true).open(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longer than any memory, where a file of zeros takes no place on the disk.
    const SPARSE: u64 = if cfg!(unix) { 1 << 40 } else { LONGEST + 1 };

    #[test]
    fn a_file_is_wiped_however_long_it_is() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, 200_000, LONGEST + 1, SPARSE] {
            let path = folder.path().join("a.json");
            File::create(&path).unwrap().set_len(length).unwrap();

            wipe(&path).unwrap();

            assert!(!path.exists(), "{length} bytes");
        }
    }

    #[test]
    fn every_byte_is_overwritten_where_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, vec![b'x'; 200_000]).unwrap();

        shrink_in_place(&path, &Secret::new(b"{}".to_vec())).unwrap();

        let text = fs::read(&path).unwrap();
        assert!(text.starts_with(b"{} ") && text.len() == 200_000);
        assert!(text.iter().skip(2).all(|byte| *byte == b' '));
        overwrite(&mut open_in_place(&path).unwrap()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), vec![0; 200_000]);
    }

    #[test]
    fn a_file_that_is_longer_than_any_of_ours_is_not_shrunk_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        File::create(&path).unwrap().set_len(SPARSE).unwrap();

        let answer = shrink_in_place(&path, &Secret::new(b"{}".to_vec()));

        assert_eq!(answer.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}

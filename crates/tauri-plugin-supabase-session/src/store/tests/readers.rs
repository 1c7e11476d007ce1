//! Other programs have the store's files open all the time: scanners for viruses, backups, another copy of the app.

use std::io;
use std::process::{Child, Command, Stdio};

use super::*;

/// Says to a test that it is the other program, and in which folder.
const FOLDER: &str = "TEST_READS_FOLDER";
/// Made by a reader once it reads, and removed by the test when it shall end.
const READS: &str = "reads";
/// Made by the test before it removes what was saved, which is overwritten where it lies.
const REMOVES: &str = "removes";

const NAME: &str = "store::tests::readers::it_is_saved_while_other_programs_read_its_files_all_the_time";

/// A program that reads every file in a folder, again and again.
struct Reader(Child);

impl Reader {
    fn start(fixture: &Fixture) -> Self {
        let mut reader = Command::new(std::env::current_exe().unwrap());
        reader.args(["--exact", NAME, "--nocapture"]).env(FOLDER, fixture.folder.path());
        let reader = Self(reader.stdout(Stdio::piped()).spawn().unwrap());
        let begun = Instant::now();
        while !fixture.folder.path().join(READS).exists() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the other program does not begin");
            std::thread::yield_now();
        }
        reader
    }

    /// Ends it, and fails if it has read anything else than a whole file.
    fn end(self, fixture: &Fixture) {
        fs::remove_file(fixture.folder.path().join(READS)).unwrap();
        let output = self.0.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}

/// What the other program does.
fn read_again_and_again(folder: &Path) {
    let (store, reads) = (folder.join("store"), folder.join(READS));
    let mut count = 0_u32;
    fs::write(&reads, "").unwrap();
    while reads.exists() {
        for entry in fs::read_dir(&store).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            if !name.ends_with(".json") {
                continue;
            }
            match read_alone(&entry.path()) {
                Ok(bytes) => {
                    if serde_json::from_slice::<serde_json::Value>(&bytes).is_ok() {
                        count += 1;
                        continue;
                    }
                    let is_removed = folder.join(REMOVES).exists() && bytes.iter().all(|byte| *byte == 0);
                    assert!(is_removed, "{name} is torn: {}", String::from_utf8_lossy(&bytes));
                }
                // It is replaced at this moment.
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied)
                        || error.raw_os_error() == Some(32) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }
    assert!(count > 0, "nothing was read");
}

/// Reads a file as scanners do on Windows: nobody may replace or remove it meanwhile.
fn read_alone(path: &Path) -> io::Result<Vec<u8>> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    {
        // FILE_SHARE_READ.
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1);
    }
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut options.open(path)?, &mut bytes)?;
    Ok(bytes)
}

#[tokio::test]
async fn it_is_saved_while_other_programs_read_its_files_all_the_time() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return read_again_and_again(Path::new(&folder));
    }
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("first")).await.unwrap();
    let reader = Reader::start(&fixture);

    for round in 0..50 {
        let value = format!("value {round}");
        store.set(&key(), &secret(&value)).await.unwrap();
        assert_eq!(fixture.read(&key()).await.unwrap(), Some(value));
    }
    fs::write(fixture.folder.path().join(REMOVES), "").unwrap();
    store.remove(&key()).await.unwrap();

    assert_eq!(fixture.read(&key()).await.unwrap(), None);
    reader.end(&fixture);
}

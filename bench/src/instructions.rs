//! How many instructions a piece of work takes. Times differ on a busy machine and these do not, so a test holds the builds
//! for tests to the figures in `bench/instructions.json`; `cargo xtask bench 15` writes those anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use harness::processes::{built, installed};
use harness::{Fault, Outcome, photo};
use serde::{Deserialize, Serialize};
use tokio::process::Command;

/// A piece of work.
pub(crate) struct Work {
    /// Its name for `foyer-bench-work`.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// It is done so often, and its figure is the mean. The first time of each is among them.
    times: u32,
}

const fn work(name: &'static str, title: &'static str, times: u32) -> Work {
    Work { name, title, times }
}

/// All that are counted.
pub(crate) const WORKS: [Work; 4] = [
    work("first-frame", "first frame of the account page", 3),
    work("picture", "photo of 12 megapixels prepared", 1),
    work("refresh", "session refreshed", 20),
    work("save", "session sealed and saved", 20),
];

/// What was counted, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Instructions {
    /// The compiler of the build: another one makes other instructions.
    pub(crate) compiler: String,
    /// By the work's name, for one time.
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Instructions {
    /// Counts all works.
    ///
    /// # Errors
    /// When valgrind is not there, or a work fails.
    pub(crate) async fn count() -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("foyer-bench-").tempdir()?;
        let file = folder.path().join("photo.jpg");
        photo::write_with_gps(&file)?;
        let mut counts = BTreeMap::new();
        for work in &WORKS {
            let [none, all] = [counted(work, 0, &file).await?, counted(work, work.times, &file).await?];
            counts.insert(work.name.to_owned(), all.saturating_sub(none) / u64::from(work.times));
        }
        Ok(Self { compiler: compiler().await?, counts })
    }

    /// Those that were kept.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn kept() -> Outcome<Self> {
        Ok(serde_json::from_str(&fs::read_to_string(file())?)?)
    }

    /// Keeps them.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn keep(&self) -> Outcome {
        Ok(fs::write(file(), format!("{}\n", serde_json::to_string_pretty(self)?))?)
    }

    /// What takes more than `kept` and a tenth of it, in a sentence each. Between the figures of two compilers it is
    /// half of it.
    pub(crate) fn grown_since(&self, kept: &Self) -> Vec<String> {
        let share = if self.compiler == kept.compiler { 10 } else { 2 };
        let grown = self.counts.iter().filter_map(|(name, now)| {
            let Some(before) = kept.counts.get(name) else { return Some(format!("{name} has no figure")) };
            (*now > before + before / share).then(|| format!("{name}: {now} instructions, {before} before"))
        });
        grown.collect()
    }
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
}

/// How many instructions a program takes that does the work so often.
async fn counted(work: &Work, times: u32, photo: &Path) -> Outcome<u64> {
    let log = tempfile::NamedTempFile::new()?;
    let mut command = Command::new(installed("valgrind")?);
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(format!("--log-file={}", log.path().display()));
    command.arg(built("foyer-bench-work", "FOYER_BENCH_WORK_BIN")?);
    command.args([work.name, &times.to_string()]).arg(photo);
    let done = command.output().await?;
    let said = fs::read_to_string(log.path())?;
    match instructions(&said).filter(|_| done.status.success()) {
        Some(count) => Ok(count),
        None => {
            let error = String::from_utf8_lossy(&done.stderr).into_owned();
            Err(Fault::new(format!("{} was not counted: {error}{said}", work.name)))
        }
    }
}

/// The number in Cachegrind's line `I refs: 1,234`, which older versions write `I   refs:`.
fn instructions(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains(" refs:") && line.contains("== I "))?;
    line.rsplit(' ').next()?.replace(',', "").parse().ok()
}

async fn compiler() -> Outcome<String> {
    let said = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("--version")
        .output()
        .await?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_work_takes_a_tenth_more_instructions_than_its_figure() -> Outcome {
        let (now, kept) = (Instructions::count().await?, Instructions::kept()?);

        let grown = now.grown_since(&kept);
        assert!(grown.is_empty(), "`cargo xtask bench 15` writes new figures:\n{}", grown.join("\n"));
        Ok(())
    }

    #[test]
    fn a_tenth_more_is_growth_for_one_compiler_and_half_more_for_another() {
        let of = |compiler: &str, count| Instructions {
            compiler: compiler.to_owned(),
            counts: BTreeMap::from([("save".to_owned(), count)]),
        };
        let kept = of("rustc 1.93.0", 1_000);

        assert_eq!(of("rustc 1.93.0", 1_100).grown_since(&kept), [""; 0]);
        assert_eq!(of("rustc 1.93.0", 1_101).grown_since(&kept), ["save: 1101 instructions, 1000 before"]);
        assert_eq!(of("rustc 1.94.0", 1_500).grown_since(&kept), [""; 0]);
        assert_eq!(of("rustc 1.94.0", 1_501).grown_since(&kept).len(), 1);
        let none = Instructions { counts: BTreeMap::new(), ..kept.clone() };
        assert_eq!(kept.grown_since(&none), ["save has no figure"]);
    }

    #[test]
    fn the_count_is_read_from_what_each_version_of_valgrind_writes() {
        assert_eq!(instructions("==7== Cachegrind\n==7== I   refs:      1,234,567\n"), Some(1_234_567));
        assert_eq!(instructions("==7== I refs:        98\n"), Some(98));
        assert_eq!(instructions("==7== D refs: 98\n"), None);
    }
}

//! On which machine, at which commit, beside how much other work something was measured.

use std::fs;
use std::path::Path;
use std::process::Command;

use harness::{Fault, Outcome};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The machine, and what else it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// The processor, as it calls itself.
    pub(crate) processor: String,
    /// How many of it.
    pub(crate) processors: usize,
    /// The kernel's version, without what its builder added.
    pub(crate) kernel: String,
    /// How many programs wanted a processor on average in the minute before, and in the minute before the end: what is
    /// measured here keeps about one of them busy.
    pub(crate) load: [f64; 2],
}

impl Machine {
    /// This machine, before anything is measured.
    ///
    /// # Errors
    /// When it does not say what it is.
    pub(crate) fn look() -> Outcome<Self> {
        let about = fs::read_to_string("/proc/cpuinfo")?;
        let model = about.lines().find_map(|line| line.strip_prefix("model name"));
        let model = model.map_or("unknown", |line| line.trim_start_matches([' ', '\t', ':']));
        let processors = std::thread::available_parallelism()?.get();
        let release = fs::read_to_string("/proc/sys/kernel/osrelease")?;
        let kernel = release.trim().split('-').next().unwrap_or_default().to_owned();
        let load = load()?;
        Ok(Self { processor: model.to_owned(), processors, kernel, load: [load, load] })
    }

    /// Looks again, when all is measured.
    ///
    /// # Errors
    /// When the load is not told.
    pub(crate) fn look_again(&mut self) -> Outcome {
        self.load[1] = load()?;
        Ok(())
    }

    /// Whether so much else ran before that times say little, and only ratios count.
    pub(crate) fn is_busy(&self) -> bool {
        self.load[0] > 0.5
    }
}

/// The load of the last minute (proc_loadavg(5)).
fn load() -> Outcome<f64> {
    let said = fs::read_to_string("/proc/loadavg")?;
    let first = said.split(' ').next().unwrap_or_default();
    Ok(first.parse()?)
}

/// The commit that is measured, with a `+` where files were changed since. What the bench itself has written down is no
/// such change.
///
/// # Errors
/// When this is no checkout.
pub(crate) fn commit(root: &Path) -> Outcome<String> {
    let name = git(root, &["rev-parse", "--short=9", "HEAD"])?;
    let of_the_bench = [":!bench/results.json", ":!README.md"];
    let changed = git(
        root,
        &[&["status", "--porcelain", "--untracked-files=no", "--", "."][..], &of_the_bench].concat(),
    )?;
    Ok(if changed.is_empty() { name } else { format!("{name}+") })
}

/// Now, as people and programs both read it.
///
/// # Errors
/// When the clock is set to a year that has no such form.
pub(crate) fn now() -> Outcome<String> {
    Ok(OffsetDateTime::now_utc().replace_nanosecond(0)?.format(&Rfc3339)?)
}

fn git(root: &Path, arguments: &[&str]) -> Outcome<String> {
    let output = Command::new("git").current_dir(root).args(arguments).output()?;
    if !output.status.success() {
        return Err(Fault::new(format!("git: {}", String::from_utf8_lossy(&output.stderr))));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

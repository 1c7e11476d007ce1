//! How long each part of the suite took when it ran last, so that the longest begin first and none is left alone at the
//! end.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};

/// The file in the target folder that remembers the times: a line `SECONDS NAME` each.
const FILE: &str = "foyer-suite-times";

/// The times of the last run.
#[derive(Debug, Default)]
pub(super) struct Times {
    file: PathBuf,
    seconds: BTreeMap<String, f64>,
}

impl Times {
    /// What was remembered. Nothing in a target folder where the suite has not run.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn load(layout: &Layout) -> Result<Self, Fault> {
        let file = layout.target.join(FILE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unreadable(&file, &error)),
        };
        let line = |line: &str| {
            let (seconds, name) = line.split_once(' ')?;
            Some((name.to_owned(), seconds.parse().ok().filter(|seconds: &f64| seconds.is_finite())?))
        };
        Ok(Self { file, seconds: text.lines().filter_map(line).collect() })
    }

    /// How long the part took, if it is known.
    pub(super) fn of(&self, name: &str) -> Option<f64> {
        self.seconds.get(name).copied()
    }

    /// Remembers how long it took now.
    pub(super) fn note(&mut self, name: &str, time: Duration) {
        self.seconds.insert(name.to_owned(), time.as_secs_f64());
    }

    /// Keeps the times for the next run.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn save(&self) -> Result<(), Fault> {
        let lines = self.seconds.iter().map(|(name, seconds)| format!("{seconds:.1} {name}\n"));
        fs::write(&self.file, lines.collect::<String>()).map_err(|error| unreadable(&self.file, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_kept_for_the_next_run_and_a_line_that_is_none_is_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut layout = Layout::find().expect("a checkout");
        layout.target = folder.path().to_owned();
        let mut times = Times::load(&layout).expect("no times yet");
        assert_eq!(times.of("kills"), None);

        times.note("kills", Duration::from_millis(6800));
        times.note("end to end: links::a link", Duration::from_secs(4));
        times.save().expect("a file");
        let kept = fs::read_to_string(folder.path().join(FILE)).expect("a file");
        fs::write(folder.path().join(FILE), format!("{kept}\nfive golden\nNaN golden")).expect("a file");

        let times = Times::load(&layout).expect("times");
        assert_eq!((times.of("kills"), times.of("end to end: links::a link")), (Some(6.8), Some(4.0)));
        assert_eq!(times.of("golden"), None);
    }
}

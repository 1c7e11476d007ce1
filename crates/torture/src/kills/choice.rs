//! When a child is killed. The same seed chooses the same for the same kill.

use std::time::Duration;

use foyer_simulation::seed::Rng;

use crate::child::{Keychain, WriterKind};

/// Steps that a child takes at most before it dies: some ten changes.
const MOST_STEPS: u64 = 96;

/// Steps to the end of the first change on a new store, in which it makes what later changes find.
const FIRST_STEPS: u64 = 24;

/// An instant comes after this at most, in microseconds, from when the child has said what it found: some changes.
const LATEST_INSTANT: u64 = 30_000;

/// As long as a few changes take of which one asks a Secret Service, in microseconds: an answer takes 60 ms.
const LATEST_ASKING_INSTANT: u64 = 600_000;

/// As long as a few changes take that are left to the plugin's autosave, in microseconds.
const LATEST_AUTOSAVE_INSTANT: u64 = 400_000;

/// When a child is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// By itself, right after so many steps of its store.
    AfterSteps(u64),
    /// From outside, so long after it has said what it found.
    At(Duration),
}

impl Choice {
    /// The choice for this kill of a run.
    pub(super) fn of(seed: u64, kill: u64, writer: WriterKind, keychain: Keychain, is_new: bool) -> Self {
        let mut rng = Rng::new(Rng::part(seed, kill));
        match writer {
            WriterKind::Client | WriterKind::Stored | WriterKind::Protected if rng.chance(50) => {
                Self::AfterSteps(rng.between(1, if is_new { FIRST_STEPS } else { MOST_STEPS }))
            }
            WriterKind::BareAutosave => Self::instant(&mut rng, LATEST_AUTOSAVE_INSTANT),
            _ if keychain == Keychain::SecretService => Self::instant(&mut rng, LATEST_ASKING_INSTANT),
            _ => Self::instant(&mut rng, LATEST_INSTANT),
        }
    }

    fn instant(rng: &mut Rng, latest: u64) -> Self {
        Self::At(Duration::from_micros(rng.below(latest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(seed: u64) -> Vec<Choice> {
        (0..100).map(|kill| Choice::of(seed, kill, WriterKind::Client, Keychain::Folder, kill == 0)).collect()
    }

    #[test]
    fn the_same_seed_chooses_the_same() {
        assert_eq!(choices(7), choices(7));
        assert_ne!(choices(7), choices(8));
    }

    #[test]
    fn a_plugin_that_tells_no_steps_is_killed_at_instants_only() {
        let bare = (0..100).map(|kill| Choice::of(7, kill, WriterKind::BareSave, Keychain::Folder, false));

        assert!(bare.into_iter().all(|choice| matches!(choice, Choice::At(_))));
        assert!(choices(7).iter().any(|choice| matches!(choice, Choice::At(_))));
        assert!(choices(7).iter().any(|choice| matches!(choice, Choice::AfterSteps(_))));
    }
}

//! What the checks know of one life of the program, from its start to its kill.

use std::collections::BTreeSet;

use super::disk::{Disk, DiskMode};
use super::model::Whose;

/// What is known of one life of the program, from start to kill.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// Generations whose end somebody asked for.
    pub(super) asked: BTreeSet<u64>,
    /// Somebody asked for a sign-out while it was not known who is signed in, or nobody was.
    pub(super) asked_anyway: bool,
    /// The wall clock was set: what expires by it may do so early or late.
    pub(super) wall_was_set: bool,
    /// The disk had a fault.
    pub(super) disk_was_bad: bool,
    /// Whose session lay in the store when the program started.
    pub(super) restores: Option<Whose>,
    /// Nobody was signed in when the program started.
    pub(super) started_empty: bool,
    /// The store could not be read when the program started.
    pub(super) started_blind: bool,
    /// The generation that is signed in.
    pub(super) generation: Option<u64>,
    /// Generations whose end the person asked for here: they must not come back.
    pub(super) left: BTreeSet<u64>,
}

impl Life {
    /// The program is about to read this disk.
    pub(super) fn begin(disk: &Disk) -> Self {
        Self {
            started_blind: disk.mode() == DiskMode::Unreadable,
            started_empty: disk.session().is_none(),
            disk_was_bad: disk.mode() != DiskMode::Good,
            ..Self::default()
        }
    }
}

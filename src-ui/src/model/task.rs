//! One request that a button makes: under way, done or refused.

use super::problem::Problem;

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Task {
    /// Nobody asked yet, or what came of it was taken away.
    #[default]
    Idle,
    /// It is under way.
    Running,
    /// The backend did it.
    Done,
    /// The backend refused it.
    Failed(Problem),
}

impl Task {
    /// It is under way.
    pub(crate) fn is_running(&self) -> bool {
        *self == Self::Running
    }

    /// The backend did it.
    pub(crate) fn is_done(&self) -> bool {
        *self == Self::Done
    }

    /// Why it was refused.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

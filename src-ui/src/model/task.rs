//! Something that the backend is asked for: under way, done or refused.

use super::problem::Problem;

/// How far it is. `T` is what is told of it while it is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Task<T = ()> {
    /// Nobody asked yet, or what came of it was taken away.
    #[default]
    Idle,
    /// It is under way.
    Running(T),
    /// The backend did it.
    Done,
    /// The backend refused it.
    Failed(Problem),
}

impl<T> Task<T> {
    /// True while it is under way.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// What is told of it while it is under way.
    pub(crate) fn running(&self) -> Option<&T> {
        match self {
            Self::Running(what) => Some(what),
            _ => None,
        }
    }

    /// True once the backend did it.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Why it was refused.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

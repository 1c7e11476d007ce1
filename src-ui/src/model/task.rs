//! Something that the backend is asked for: under way, done or refused.

use super::problem::Problem;

/// How far a request is. `T` tells what the request is for while it is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Task<T = ()> {
    /// Nobody asked yet, or what came of the last request was forgotten.
    #[default]
    Idle,
    /// The request is under way.
    Running(T),
    /// The backend did what was asked for.
    Done,
    /// The backend refused the request.
    Failed(Problem),
}

impl<T> Task<T> {
    /// True while the request is under way.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// What the request is for, while it is under way.
    pub(crate) fn running(&self) -> Option<&T> {
        match self {
            Self::Running(what) => Some(what),
            _ => None,
        }
    }

    /// True once the backend did what was asked for.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Why the request was refused.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

//! Why a row of the account was not written, or still names the picture that it named before, and what the window is told
//! then.

use foyer_contract::{ErrorCode, SessionErrorCode};
use supabase_session::{ApiError, HttpError};

use crate::error::Failure;

/// Why a row was not written.
pub(super) enum Unwritten {
    /// It is not known yet which row there is.
    NotLoaded,
    /// The server has another row than the one that is changed here. The newer one is shown by now.
    Newer,
    /// The server says why, or says nothing.
    Api(ApiError),
}

/// Why the row still names the picture that it named before.
pub(super) enum PictureUnchanged {
    /// The account has another picture by now than the one that the person has seen.
    Another,
    /// The row was not written.
    Unwritten(Unwritten),
    /// Nothing was sent.
    NotSent(Failure),
}

impl PictureUnchanged {
    /// Whether the account was changed elsewhere meanwhile.
    pub(super) fn is_by_others(&self) -> bool {
        matches!(self, Self::Another | Self::Unwritten(Unwritten::Newer))
    }
}

/// Whether there was no answer at all: what is known from before still counts.
pub(super) fn is_unanswered(error: &ApiError) -> bool {
    matches!(error, ApiError::Http(HttpError::Offline | HttpError::Timeout))
}

impl From<ApiError> for Unwritten {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<Unwritten> for Failure {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::NotLoaded => {
                Self::new(SessionErrorCode::Offline, "the account has not been loaded yet")
            }
            Unwritten::Newer => Self::new(ErrorCode::Conflict, "the account was changed elsewhere meanwhile"),
            Unwritten::Api(error) => error.into(),
        }
    }
}

impl From<PictureUnchanged> for Failure {
    fn from(unchanged: PictureUnchanged) -> Self {
        match unchanged {
            PictureUnchanged::Another => {
                Self::new(ErrorCode::Conflict, "the account has another picture by now")
            }
            PictureUnchanged::Unwritten(unwritten) => unwritten.into(),
            PictureUnchanged::NotSent(failure) => failure,
        }
    }
}

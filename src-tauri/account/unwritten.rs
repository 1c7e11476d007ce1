//! Why a row of the account was not written, and what the window is told then.

use foyer_contract::{ErrorCode, SessionErrorCode};
use supabase_session::ApiError;

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

//! The errors that several features share. No variant carries a secret or a server's sentence. What only one feature
//! can meet stands in its file in `auth/`; what a server's code means is decided in `http/fault.rs` and beside each
//! call.

mod api;
mod callback;
mod http;
mod request;
mod server_code;

pub use api::{ApiError, ProjectWords};
pub use callback::CallbackError;
pub use http::{CertificateProblem, HttpError};
pub use request::RequestError;
pub use server_code::{ServerCode, WeakPasswordReason};

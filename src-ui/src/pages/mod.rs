//! The pages, one file each. Which of them is shown is decided in `app.rs`.

pub(crate) mod account;
pub(crate) mod connect;
pub(crate) mod picture;
pub(crate) mod sign_in;
pub(crate) mod signed_in;
pub(crate) mod starting;
pub(crate) mod waiting;

//! The pages, one file or folder each. Which of them is shown is decided in `app.rs`.

pub(crate) mod account;
pub(crate) mod command_menu;
pub(crate) mod connect;
pub(crate) mod consent;
mod leaving;
pub(crate) mod locked;
pub(crate) mod new_password;
pub(crate) mod notices;
pub(crate) mod owner_sql;
pub(crate) mod second_factor;
pub(crate) mod security;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod signed_in;
pub(crate) mod starting;
pub(crate) mod waiting;

//! The rules of the window, as plain functions and reducers: forms, checks, pictures, countdowns, which page.
//! No markup, no request, no browser: everything here is tested natively.

pub(crate) mod announcement;
pub(crate) mod avatar;
pub(crate) mod check;
pub(crate) mod countdown;
pub(crate) mod crop;
pub(crate) mod escape_stack;
pub(crate) mod factors;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod form;
pub(crate) mod in_order;
pub(crate) mod input;
pub(crate) mod keeping;
pub(crate) mod leaving;
pub(crate) mod menu;
pub(crate) mod page;
pub(crate) mod person;
pub(crate) mod problem;
pub(crate) mod protection;
pub(crate) mod provider;
pub(crate) mod redirects;
pub(crate) mod schema;
pub(crate) mod security_rows;
pub(crate) mod shortcut;
pub(crate) mod sign_out;
pub(crate) mod task;
pub(crate) mod updates;
pub(crate) mod waiting;

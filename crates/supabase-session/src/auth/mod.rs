//! The calls of the Auth server, one file each: what is sent, and what each of its codes means for that flow.

pub(crate) mod address;
pub(crate) mod anonymous;
pub(crate) mod as_user;
pub(crate) mod claims;
pub(crate) mod email_change;
pub(crate) mod exchange;
pub(crate) mod install;
pub(crate) mod mail;
pub(crate) mod mfa;
pub(crate) mod oauth;
pub(crate) mod password;
pub(crate) mod redirect;
pub(crate) mod resend;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod sign_up;
pub(crate) mod terms;
pub(crate) mod token_grant;
pub(crate) mod unasked;
pub(crate) mod user;
pub(crate) mod verify;

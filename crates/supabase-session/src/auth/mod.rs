//! The features of the client, each in one file: its request, its outcome, its error, what the server's codes mean for
//! it, and its methods of [`Client`](crate::Client).

pub(crate) mod address;
pub(crate) mod anonymous;
pub(crate) mod as_user;
pub(crate) mod attempt;
pub(crate) mod callback;
pub(crate) mod claims;
pub(crate) mod email_change;
pub(crate) mod exchange;
pub(crate) mod identities;
pub(crate) mod import_session;
pub(crate) mod magic_link;
pub(crate) mod mail;
pub(crate) mod mfa;
pub(crate) mod oauth;
pub(crate) mod otp;
pub(crate) mod password;
pub(crate) mod redirect_probe;
pub(crate) mod resend;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod sign_up;
pub(crate) mod unsolicited;
pub(crate) mod user;

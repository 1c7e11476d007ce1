//! Signing in and out, and what continues in a mail or a browser.

mod begin;
mod browser;
mod captcha;
mod complete;
pub(crate) mod dispatch;
mod import_session;
mod otp;
mod pending;
mod refusal;
mod restart;
mod security;
mod sign_in;
mod sign_out;
pub(crate) mod user;

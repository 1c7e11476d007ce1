//! A captcha that the project asks for: its provider's widget, shown by a small page on this machine in the system's
//! browser, whose token comes back to the same port. Only where the app was told which captcha its project uses; without
//! that, a command says in one sentence that it cannot show one.

pub(crate) mod challenge;
mod provider;

pub(crate) use challenge::PendingCaptcha;
pub use provider::{Captcha, CaptchaInvalid, CaptchaProvider};

#[cfg(test)]
mod tests;

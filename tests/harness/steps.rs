//! Steps through the app that several tests and the tour take.

use foyer_contract::brand::CALLBACK;

use crate::app::App;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::server::Server;

/// A password that no other text of the tests contains.
pub const PASSWORD: &str = "correct-horse-canary-staple";

impl App {
    /// Signs up, waits for the mail and opens its link as a browser does. Answers where the browser was sent: the link
    /// into the app.
    ///
    /// # Errors
    /// When a step fails, or the browser was sent elsewhere.
    pub async fn sign_up_until_link(&self, server: &Server, name: &str, email: &str) -> Outcome<String> {
        let link = self.sign_up_until_back(server, name, email).await?;
        if link.starts_with(CALLBACK) && parameter(&link, "code").is_some() {
            return Ok(link);
        }
        Err(Fault::new(format!("the link of the mail led to {link}")))
    }

    /// The same, wherever the browser was sent.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn sign_up_until_back(&self, server: &Server, name: &str, email: &str) -> Outcome<String> {
        self.sign_up(name, email, PASSWORD).await?;
        self.wait_for("waiting-page").await?;
        server.follow(&server.mail_to(email).await?.link).await
    }
}

/// A parameter of a link.
#[must_use]
pub fn parameter(link: &str, name: &str) -> Option<String> {
    let link = url::Url::parse(link).ok()?;
    link.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Opens a link through the desktop and makes sure that an app took it.
///
/// # Errors
/// When no app is registered for it.
pub async fn open(desktop: &Desktop, link: &str) -> Outcome {
    desktop.registered().await?;
    let status = desktop.open(link).await?;
    if status.success() {
        Ok(())
    } else {
        Err(Fault::new(format!("the desktop could not open the link: {status}")))
    }
}

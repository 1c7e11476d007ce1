//! What a handle adds to the calls that are made through it: where links lead back to, a captcha's token, and that
//! nobody is replaced.

use serde_json::{Value, json};

use crate::flows::redirect::Redirect;
use crate::secret::Secret;

#[derive(Debug, Clone, Default)]
pub(crate) struct RequestOptions {
    /// For the flows that begin.
    pub(crate) redirect: Option<Redirect>,
    /// For every call that opens a session or sends a mail.
    pub(crate) captcha: Option<Secret<String>>,
    /// For every sign-in that would replace whoever is signed in.
    pub(crate) replaces_nobody: bool,
}

impl RequestOptions {
    /// The body with the captcha's token where the server looks for it.
    pub(crate) fn with_captcha(&self, mut body: Value) -> Value {
        if let Some(token) = &self.captcha {
            body["gotrue_meta_security"] = json!({ "captcha_token": token.expose() });
        }
        body
    }
}

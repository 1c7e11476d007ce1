//! Mails and the links in them: opened, delivered once, twice, late, and forged.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use supabase_session::Secret;

use super::choice::Link;
use super::deeds::said;
use super::world::{REDIRECT, World};
use crate::Broken;
use crate::links::Forger;

/// Links that a browser led to and that are on their way to the program.
#[derive(Debug, Default)]
pub(super) struct Postbag {
    /// Not delivered yet.
    new: Vec<String>,
    /// Delivered before.
    old: Vec<String>,
}

impl World<'_> {
    /// Somebody opens the link in one of the newest mails.
    pub(super) fn open_mail(&mut self) -> Result<(), Broken> {
        let mails = self.mails("link is not null")?;
        if mails.is_empty() {
            return Ok(());
        }
        let mail = self.rng.pick(&mails).clone();
        let place = self.server.open(mail["link"].as_str().unwrap_or_default(), self.clock.true_time())?;
        if place.starts_with(REDIRECT) {
            self.postbag.new.push(place);
        }
        Ok(())
    }

    /// Somebody types the code of the newest mail for a pending flow, or another one.
    pub(super) fn type_code(&mut self) -> Result<(), Broken> {
        let pending = self.process.client.pending();
        if pending.is_empty() {
            return Ok(());
        }
        let flow = self.rng.pick(&pending).clone();
        let email = flow.email.unwrap_or_default();
        let mails = self.mails(&format!("\"to\" = '{email}'"))?;
        let right = mails.first().and_then(|mail| mail["code"].as_str()).unwrap_or("123456").to_owned();
        let code = if self.rng.chance(15) { "000000".to_owned() } else { right };
        let client = self.process.client.clone();
        self.process
            .call("typed code", async move { said(client.verify_code(&flow.id, Secret::from(code)).await) });
        Ok(())
    }

    fn mails(&self, filter: &str) -> Result<Vec<Value>, Broken> {
        let query = format!(
            "select link, code from supabase_local.mails where {filter} order by \"order\" desc limit 3"
        );
        let rows = self.server.sql(&query, self.clock.true_time())?;
        Ok(rows.as_array().cloned().unwrap_or_default())
    }

    /// A link comes to the program.
    pub(super) fn link(&mut self, link: Link) -> Result<(), Broken> {
        match link {
            Link::Right | Link::RightManyTimes => {
                let Some(url) = self.postbag.new.pop() else { return Ok(()) };
                let times = if link == Link::Right { 1 } else { self.rng.between(2, 20) };
                (0..times).for_each(|_| self.deliver(&url));
                self.postbag.old.push(url);
            }
            Link::Again => {
                if self.postbag.old.is_empty() {
                    return Ok(());
                }
                let url = self.rng.pick(&self.postbag.old).clone();
                self.deliver(&url);
            }
            Link::Foreign => {
                if let Some(url) = self.foreign()? {
                    self.deliver_in_vain(&url);
                }
            }
            Link::Garbage => {
                let seed = self.rng.number();
                let url = Forger::new(seed).link();
                self.deliver_in_vain(&url);
            }
        }
        self.serve()
    }

    fn deliver(&self, url: &str) {
        let (client, url) = (self.process.client.clone(), url.to_owned());
        self.process.call("link", async move { said(client.complete(&url).await) });
    }

    /// Nobody here asked for this one: it must do nothing.
    fn deliver_in_vain(&mut self, url: &str) {
        self.process.settle();
        let before = (self.network.sent(), self.process.client.state(), self.pending());
        self.deliver(url);
        self.process.settle();
        let after = (self.network.sent(), self.process.client.state(), self.pending());
        if before != after {
            self.violation(format!("a link that nobody here asked for did something: {url}"));
        }
    }

    /// A good link with a good code, for a sign-in that was begun on another device.
    fn foreign(&mut self) -> Result<Option<String>, Broken> {
        let now = self.clock.true_time();
        let email = self.rng.pick(&self.people).email.clone();
        let flow = URL_SAFE_NO_PAD.encode([u8::try_from(self.rng.below(256)).unwrap_or_default(); 16]);
        let challenge = URL_SAFE_NO_PAD.encode([7; 32]);
        let body = json!({
            "email": email, "create_user": false, "code_challenge": challenge, "code_challenge_method": "s256",
        });
        let redirect = format!("{REDIRECT}?flow={flow}");
        let redirect: String = url::form_urlencoded::byte_serialize(redirect.as_bytes()).collect();
        let path = format!("/auth/v1/otp?redirect_to={redirect}");
        if self.server.elsewhere(Method::POST, &path, None, &body, now).is_err() {
            // One mail a second and person: somebody has just asked for one.
            return Ok(None);
        }
        let mails = self.mails(&format!("\"to\" = '{email}'"))?;
        let Some(link) = mails.first().and_then(|mail| mail["link"].as_str()) else { return Ok(None) };
        self.server.open(link, now).map(Some)
    }
}

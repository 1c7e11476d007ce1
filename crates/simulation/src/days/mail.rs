//! Mails and the links in them: opened, delivered once, twice, late, and forged.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use supabase_session::{Completed, FlowId, Secret};
use url::Url;

use super::actions::said;
use super::generator::Link;
use super::mailbox::FlowLink;
use super::sign_ins::{Begun, How, Who};
use super::world::{Person, REDIRECT, World};
use crate::SimulationError;
use crate::links::LinkGenerator;

/// What `REDIRECT` is followed by in the link of a flow.
const FLOW: &str = "flow=";

impl World<'_> {
    /// Somebody opens the link in one of the newest mails to the people of this project.
    pub(super) fn open_mail(&mut self) -> Result<(), SimulationError> {
        let ours = self.people().iter().map(|person| person.email.as_str());
        let asked = self.addresses.iter().filter(|(_, owner)| self.people().iter().any(|p| p.id == **owner));
        let ours = ours.chain(asked.map(|(email, _)| email.as_str()));
        let ours: Vec<String> = ours.map(|email| format!("'{email}'")).collect();
        let mails = self.mails(&format!("link is not null and \"to\" in ({})", ours.join(",")))?;
        if mails.is_empty() {
            return Ok(());
        }
        let mail = self.rng.pick(&mails).clone();
        let flow_link = self.flow_link(mail["link"].as_str().unwrap_or_default())?;
        self.mailbox.new.extend(flow_link);
        Ok(())
    }

    /// The link of a flow to which a browser is led that opens the link of a mail, if it is led to one.
    pub(super) fn flow_link(&self, link: &str) -> Result<Option<FlowLink>, SimulationError> {
        let url = self.server.open(link, self.clock.true_time())?;
        let parsed = Url::parse(&url).map_err(SimulationError::new)?;
        let nonce = parsed.query_pairs().find(|(key, _)| key == "flow").map(|(_, nonce)| nonce.into_owned());
        Ok(nonce.filter(|_| url.starts_with(REDIRECT)).map(|nonce| FlowLink { url, nonce }))
    }

    /// Somebody types the code of the newest mail for a pending flow, or another one.
    pub(super) fn type_code(&mut self) -> Result<(), SimulationError> {
        let pending = self.process.client.pending();
        if pending.is_empty() {
            return Ok(());
        }
        let flow = self.rng.pick(&pending).clone();
        let mut email = flow.email.unwrap_or_default();
        if let Some(owner) = self.addresses.get(&email).filter(|_| self.rng.chance(50)) {
            // A code goes to the old address as well.
            let person = self.people().iter().find(|person| person.id == *owner);
            email = person.map_or(email, |person| person.email.clone());
        }
        let code = if self.rng.chance(15) { None } else { self.newest(&email, "code")? };
        self.show_code(&flow.id, code.unwrap_or_else(|| "000000".to_owned()));
        Ok(())
    }

    /// The program is given a code for a flow.
    pub(super) fn show_code(&mut self, id: &FlowId, code: String) {
        if let Some(nonce) = self.disk.nonce(id) {
            self.complete_flow(How::Code(nonce));
        }
        let (client, id) = (self.process.client.clone(), id.clone());
        self.process
            .call("typed code", async move { said(client.verify_code(&id, Secret::from(code)).await) });
    }

    /// Somebody completes a flow that was begun here, or tries to.
    fn complete_flow(&mut self, how: How) {
        let (How::Code(nonce) | How::Link(nonce)) = &how else { return };
        let Some(flow) = self.sign_ins.flow(nonce) else { return };
        let owner = flow.owner.clone().map(Who::Person);
        if let Some(who) = owner.or_else(|| self.who_has(flow.email.as_deref()?)) {
            self.act_here(who, how);
        }
    }

    /// Notes the flows that lie in the store.
    pub(super) fn note_flows(&mut self) {
        for flow in self.disk.flows() {
            let email = flow["email"].as_str().map(str::to_owned);
            let changes = flow["kind"] == "email_change";
            let owner =
                email.as_ref().filter(|_| changes).and_then(|email| self.addresses.get(email)).cloned();
            let nonce = flow["nonce"].as_str().unwrap_or_default();
            self.sign_ins.begun(nonce, Begun { project: self.here, email, owner });
        }
    }

    /// A field of the newest mail to this address, for example `code`.
    pub(super) fn newest(&self, email: &str, what: &str) -> Result<Option<String>, SimulationError> {
        let mails = self.mails(&format!("\"to\" = '{email}'"))?;
        Ok(mails.first().and_then(|mail| mail[what].as_str()).map(str::to_owned))
    }

    fn mails(&self, filter: &str) -> Result<Vec<Value>, SimulationError> {
        let query = format!(
            "select link, code from supabase_local.mails where {filter} order by \"order\" desc limit 3"
        );
        let rows = self.server.sql(&query, self.clock.true_time())?;
        Ok(rows.as_array().cloned().unwrap_or_default())
    }

    /// A link comes to the program.
    pub(super) fn link(&mut self, link: Link) -> Result<(), SimulationError> {
        match link {
            Link::Right | Link::RightManyTimes => {
                let Some(flow_link) = self.mailbox.new.pop() else { return Ok(()) };
                let times = if link == Link::Right { 1 } else { self.rng.between(2, 20) };
                (0..times).for_each(|_| self.deliver(&flow_link));
                self.mailbox.old.push(flow_link);
            }
            Link::Again => {
                if self.mailbox.old.is_empty() {
                    return Ok(());
                }
                let flow_link = self.rng.pick(&self.mailbox.old).clone();
                self.deliver(&flow_link);
            }
            Link::Wanted => {
                let at = self.somebody();
                if let Some(url) = self.wanted_link(at)? {
                    self.accept(at, &url);
                }
            }
            Link::ForeignHash => {
                if let Some(url) = self.foreign_hash()? {
                    self.give(&url);
                }
            }
            Link::Foreign => {
                if let Some(url) = self.foreign()? {
                    self.deliver_unsolicited(&url);
                }
            }
            Link::Garbage => {
                let seed = self.rng.number();
                let url = LinkGenerator::new(seed).link();
                self.deliver_unsolicited(&url);
            }
        }
        self.serve()
    }

    /// The link of a flow comes back.
    pub(super) fn deliver(&mut self, flow_link: &FlowLink) {
        self.complete_flow(How::Link(flow_link.nonce.clone()));
        self.give(&flow_link.url);
    }

    pub(super) fn give(&self, url: &str) {
        let (client, url) = (self.process.client.clone(), url.to_owned());
        self.process.call("link", async move { said(client.complete(&url).await) });
    }

    /// A link that nobody here asked for comes to the program. It must do nothing.
    fn deliver_unsolicited(&mut self, url: &str) {
        self.process.settle();
        let before = (self.network.sent(), self.process.client.state(), self.pending());
        self.give(url);
        self.process.settle();
        let after = (self.network.sent(), self.process.client.state(), self.pending());
        if before != after {
            self.violation(format!("a link that nobody here asked for did something: {url}"));
        }
    }

    /// A person opens a link that nobody here asked for, looks at it and wants it.
    pub(super) fn accept(&mut self, at: usize, url: &str) {
        let person = self.people()[at].id.clone();
        let (client, log, url) = (self.process.client.clone(), self.process.log(), url.to_owned());
        self.process.call("link that is wanted", async move {
            match client.complete(&url).await {
                Ok(Completed::Unsolicited(link)) => {
                    // Looking may have waited for a store that hung: what counts is when the person said yes.
                    log.accepted(person);
                    said(client.accept(link).await)
                }
                other => said(other),
            }
        });
    }

    /// A link that signs a person in and that no flow here asked for, as a browser leads to it.
    pub(super) fn wanted_link(&mut self, at: usize) -> Result<Option<String>, SimulationError> {
        let email = self.people()[at].email.clone();
        let Some(link) = self.mailed_elsewhere(&email, REDIRECT, &json!({}))? else { return Ok(None) };
        let now = self.clock.true_time();
        let url = self.server.open(&link, now)?;
        let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
        let tokens = url::form_urlencoded::parse(fragment.as_bytes());
        let tokens: Value = tokens.map(|(key, value)| (key.into_owned(), json!(value))).collect();
        self.model.note_session(&tokens, self.here, now);
        self.network.learn_family(&tokens);
        Ok(tokens["access_token"].is_string().then_some(url))
    }

    /// The hash of somebody's mail, in a link that says that it is of another's flow.
    pub(super) fn foreign_hash(&mut self) -> Result<Option<String>, SimulationError> {
        let pending = self.process.client.pending();
        let at = self.somebody();
        let Person { email, id, .. } = self.people()[at].clone();
        let mut others = pending.iter().filter(|flow| {
            let to = flow.email.as_ref();
            to != Some(&email) && to.and_then(|to| self.addresses.get(to)) != Some(&id)
        });
        let Some(nonce) = others.next_back().and_then(|flow| self.disk.nonce(&flow.id)) else {
            return Ok(None);
        };
        let Some(link) = self.mailed_elsewhere(&email, REDIRECT, &json!({}))? else { return Ok(None) };
        let link = Url::parse(&link).map_err(SimulationError::new)?;
        let hash = link.query_pairs().find(|(key, _)| key == "token").map(|(_, hash)| hash.into_owned());
        Ok(hash.map(|hash| format!("{REDIRECT}?{FLOW}{nonce}&token_hash={hash}&type=magiclink")))
    }

    /// A good link with a good code, for a sign-in that was begun on another device.
    fn foreign(&mut self) -> Result<Option<String>, SimulationError> {
        let at = self.somebody();
        let email = self.people()[at].email.clone();
        let flow = URL_SAFE_NO_PAD.encode([u8::try_from(self.rng.below(256)).unwrap_or_default(); 16]);
        let challenge = URL_SAFE_NO_PAD.encode([7; 32]);
        let pkce = json!({ "code_challenge": challenge, "code_challenge_method": "s256" });
        let link = self.mailed_elsewhere(&email, &format!("{REDIRECT}?{FLOW}{flow}"), &pkce)?;
        link.map(|link| self.server.open(&link, self.clock.true_time())).transpose()
    }

    /// The link in a mail that was asked for on another device and leads back to here.
    fn mailed_elsewhere(
        &self,
        email: &str,
        back_to: &str,
        pkce: &Value,
    ) -> Result<Option<String>, SimulationError> {
        let mut body = json!({ "email": email, "create_user": false });
        if let (Some(body), Some(pkce)) = (body.as_object_mut(), pkce.as_object()) {
            body.extend(pkce.clone());
        }
        let redirect: String = url::form_urlencoded::byte_serialize(back_to.as_bytes()).collect();
        let path = format!("/auth/v1/otp?redirect_to={redirect}");
        if self.server.elsewhere(Method::POST, &path, None, &body, self.clock.true_time()).is_err() {
            // One mail a second and person: somebody has just asked for one.
            return Ok(None);
        }
        self.newest(email, "link")
    }
}

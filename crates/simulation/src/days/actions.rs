//! What people do: at the program, on another device, with the owner's key.

use std::fmt::Debug;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use supabase_session::{FlowId, Secret};

use super::disk::DiskMode;
use super::generator::{Call, ServerAction};
use super::process::{GIVEN_UP, SIGNED_OUT};
use super::sign_ins::{How, Who};
use super::world::{Person, World};
use crate::SimulationError;

/// How long somebody is banned.
const BAN: Duration = Duration::from_secs(20 * 3600);

impl World<'_> {
    /// Makes a person, or makes them anew.
    pub(super) fn create_person(&mut self, email: &str) -> Result<(), SimulationError> {
        let password = format!("Passw0rd-{}", self.rng.below(1 << 40));
        let body = json!({ "email": email, "password": password, "email_confirm": true });
        let now = self.clock.true_time();
        let made = self.server.admin(Method::POST, "/auth/v1/admin/users", &body, now)?;
        let id = made["id"].as_str().unwrap_or_default().to_owned();
        self.people[self.here].push(Person { email: email.to_owned(), password, id });
        Ok(())
    }

    /// The people of the project that the program is for.
    pub(super) fn people(&self) -> &[Person] {
        &self.people[self.here]
    }

    pub(super) fn somebody(&mut self) -> usize {
        self.rng.index(self.people[self.here].len())
    }

    /// Whose address this is.
    pub(super) fn who_has(&self, email: &str) -> Option<Who> {
        let person = self.people.iter().flatten().find(|person| person.email == email);
        person.map(|person| Who::Person(person.id.clone()))
    }

    /// Somebody begins to sign in here.
    pub(super) fn act_here(&mut self, who: Who, how: How) {
        let hangs = self.disk.is_writing() || self.disk.mode() == DiskMode::Slow;
        self.sign_ins.act(who, how, hangs);
    }

    /// Learns whose address has become another one.
    pub(super) fn learn_addresses(&mut self) -> Result<(), SimulationError> {
        if self.addresses.is_empty() {
            return Ok(());
        }
        let rows = self.server.sql("select id, email from auth.users", self.clock.true_time())?;
        for row in rows.as_array().into_iter().flatten() {
            let mut people = self.people.iter_mut().flatten();
            if let Some(person) = people.find(|person| row["id"] == person.id.as_str()) {
                row["email"].as_str().unwrap_or_default().clone_into(&mut person.email);
            }
        }
        Ok(())
    }

    /// The program asks its client for something.
    pub(super) fn call(&mut self, call: Call) -> Result<(), SimulationError> {
        let client = self.process.client.clone();
        match call {
            Call::Refresh => self.process.call("refresh", async move { said(client.refresh().await) }),
            Call::GetUser => self.process.call("get_user", async move { said(client.get_user().await) }),
            Call::Select => self.select(),
            Call::Windows => {
                for _ in 0..self.rng.between(2, 12) {
                    self.select();
                    let client = client.clone();
                    self.process.call("refresh", async move { said(client.refresh().await) });
                }
            }
            Call::Anonymous => {
                self.act_here(Who::Anonymous, How::Typed);
                self.process.call("anonymous", async move { said(client.sign_in_anonymously().await) });
            }
            Call::SignOut | Call::SignOutEverywhere => self.sign_out(call == Call::SignOutEverywhere),
            Call::SignOutOthers => {
                self.process.call("sign out others", async move { said(client.sign_out_others().await) });
            }
            Call::Password | Call::MagicLink | Call::Recovery => self.sign_in(call),
            Call::TypedCode => self.type_code()?,
            Call::NewAddress => self.ask_for_address(),
            Call::GiveUp => {
                let pending = client.pending();
                if !pending.is_empty() {
                    let id = self.rng.pick(&pending).id.clone();
                    self.give_up(&id);
                }
            }
            Call::Save => self.save_name(true),
        }
        self.serve()
    }

    pub(super) fn select(&self) {
        let client = self.process.client.clone();
        let user = client.state().signed_in().map(|now| now.user.id.to_string()).unwrap_or_default();
        self.process.call("select", async move {
            let filter: &[(&str, &str)] = &[("id", user.as_str())];
            said(client.rest().select_one::<Value>("profiles", "full_name", filter).await)
        });
    }

    /// The signed-in person asks for a new address.
    pub(super) fn ask_for_address(&mut self) {
        let client = self.process.client.clone();
        let state = client.state();
        let Some(owner) = state.signed_in().map(|now| now.user.id.to_string()) else { return };
        let email = format!("new-{}@example.com", self.rng.below(1 << 40));
        self.addresses.insert(email.clone(), owner);
        self.process.call("new address", async move { said(client.change_email(&email).await) });
    }

    /// A flow is no longer wanted.
    pub(super) fn give_up(&mut self, id: &FlowId) {
        let (client, nonce, id) = (self.process.client.clone(), self.disk.nonce(id), id.clone());
        self.process.call(GIVEN_UP, async move {
            // The client forgets the flow in any case.
            let _stored = client.cancel(&id).await;
            nonce.unwrap_or_default()
        });
    }

    fn sign_in(&mut self, call: Call) {
        let at = self.somebody();
        self.sign_in_as(at, call);
    }

    pub(super) fn sign_in_as(&mut self, at: usize, call: Call) {
        let Person { email, password, id } = self.people()[at].clone();
        let client = self.process.client.clone();
        match call {
            Call::MagicLink => self
                .process
                .call("magic link", async move { said(client.send_magic_link(&email, false).await) }),
            Call::Recovery => {
                self.process.call("recovery", async move { said(client.send_recovery(&email).await) });
            }
            _ => {
                let wrong = self.rng.chance(10);
                let password = if wrong { "wrong".to_owned() } else { password };
                self.act_here(Who::Person(id), How::Typed);
                self.process.call("password", async move {
                    said(client.sign_in_with_password(&email, Secret::from(password)).await)
                });
            }
        }
    }

    pub(super) fn sign_out(&mut self, everywhere: bool) {
        match self.process.client.state().signed_in() {
            Some(now) => drop(self.life.asked.insert(now.generation)),
            None => self.life.asked_anyway = true,
        }
        // What was accepted before the sign-out counts as before it, though the log is read later.
        for id in self.process.take_accepted() {
            self.act_here(Who::Person(id), How::Wanted);
        }
        self.sign_ins.leave();
        let client = self.process.client.clone();
        self.process.call(SIGNED_OUT, async move {
            let report =
                if everywhere { client.sign_out_everywhere().await } else { client.sign_out().await };
            format!("{:?}", report.server)
        });
    }

    /// Something happens on the server.
    pub(super) fn server_action(&mut self, action: ServerAction) -> Result<(), SimulationError> {
        let at = self.somebody();
        let Person { id, email, .. } = self.people()[at].clone();
        let (now, path) = (self.clock.true_time(), format!("/auth/v1/admin/users/{id}"));
        match action {
            ServerAction::Revoke => {
                self.server.sql(&format!("delete from auth.sessions where user_id = '{id}'"), now)?;
                self.model.note_revoked(&id);
            }
            ServerAction::Ban => {
                let body = json!({ "ban_duration": format!("{}h", BAN.as_secs() / 3600) });
                self.server.admin(Method::PUT, &path, &body, now)?;
                self.model.note_banned(&id, now, now + BAN);
            }
            ServerAction::Unban => {
                self.server.admin(Method::PUT, &path, &json!({ "ban_duration": "none" }), now)?;
                self.model.note_unbanned(&id, now);
            }
            ServerAction::Delete => {
                self.server.admin(Method::DELETE, &path, &Value::Null, now)?;
                self.model.note_deleted(&id);
                self.people[self.here].remove(at);
                self.create_person(&email)?;
            }
            ServerAction::ChangePassword => self.change_password_elsewhere(at)?,
            ServerAction::Rename => self.rename_elsewhere(&id)?,
        }
        Ok(())
    }

    /// A person chooses a new password on another device, which ends their sessions on all others.
    fn change_password_elsewhere(&mut self, at: usize) -> Result<(), SimulationError> {
        let Person { id, email, password } = self.people()[at].clone();
        let now = self.clock.true_time();
        if self.model.is_banned(&id, now) {
            return Ok(());
        }
        let body = json!({ "email": email, "password": password });
        let session =
            self.server.elsewhere(Method::POST, "/auth/v1/token?grant_type=password", None, &body, now)?;
        let new = format!("Passw0rd-{}", self.rng.below(1 << 40));
        let token = session["access_token"].as_str();
        let body = json!({ "password": new });
        self.server.elsewhere(Method::PUT, "/auth/v1/user", token, &body, now)?;
        self.model.note_revoked(&id);
        self.people[self.here][at].password = new;
        Ok(())
    }
}

/// How a call ended, without what it brought.
pub(super) fn said<T, E: Debug>(outcome: Result<T, E>) -> String {
    outcome.map_or_else(|error| format!("{error:?}"), |_| "ok".to_owned())
}

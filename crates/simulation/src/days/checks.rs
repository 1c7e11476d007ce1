//! What must always hold, checked after every step.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use supabase_session::{FlowId, SignOutCause, State, StoreHealth, User};

use super::life::Life;
use super::model::Age;
use super::network::Shown;
use super::tokens;
use super::world::World;
use crate::SimulationError;

impl World<'_> {
    /// After every step.
    pub(super) fn check(&mut self) {
        for what in self.network.take_violations() {
            self.violation(what);
        }
        self.check_store();
        self.check_shown();
        self.check_left();
        self.check_edits();
    }

    /// A state was published.
    pub(super) fn check_state(&mut self, state: State) {
        match state {
            State::Restoring => self.violation("a state went back to restoring".to_owned()),
            State::SignedIn(now) => {
                if self.life.left.contains(&now.generation) {
                    self.violation("somebody who had signed out is signed in again".to_owned());
                }
                self.life.generation = Some(now.generation);
                self.check_person(now.generation, &now.user);
            }
            State::SignedOut(cause) => self.check_sign_out(cause),
        }
    }

    /// The person who is signed in has signed in here, and nothing that has happened since forbids it.
    fn check_person(&mut self, generation: u64, user: &User) {
        let id = user.id.to_string();
        // A store that could not be read at first is read later.
        let restored = self.sign_ins.is_untouched()
            && self.life.restores.as_ref().is_some_and(|whose| whose.person == id);
        if restored {
            self.sign_ins.restored(generation, &id);
        } else if let Err(what) = self.sign_ins.signed_in(generation, &id, user.is_anonymous, self.here) {
            self.violation(what);
        }
        if restored && self.life.restores.as_ref().is_some_and(|whose| whose.project != self.here) {
            self.violation("the session of another project is signed in".to_owned());
        }
    }

    /// Each token was shown to the project that issued it only, and on behalf of its own person only.
    fn check_shown(&mut self) {
        for Shown { project, path, access, refresh, row } in self.network.take_shown() {
            let access = access.and_then(|token| self.model.whose(&token));
            let refresh = refresh.and_then(|token| self.model.whose_refresh(&token));
            for whose in [&access, &refresh].into_iter().flatten().filter(|whose| whose.project != project) {
                self.violation(format!("{path}: a token of project {} is sent to {project}", whose.project));
            }
            if let (Some(access), Some(row)) = (access, row)
                && access.person != row
            {
                self.violation(format!("{path}: the row of {row} is asked for by {}", access.person));
            }
        }
    }

    /// What another project has left in the store is neither changed nor gone, but for flows that have expired: where
    /// their names were once shared, any project may tidy them up.
    fn check_left(&mut self) {
        let (there, now) = (self.disk.contents(), self.clock.wall_seconds());
        let expires = |text: &str| serde_json::from_str::<Value>(text).ok()?["expires_at"].as_i64();
        let is_flow = |key: &str| key.contains("code-verifier");
        self.left.retain(|key, text| !is_flow(key) || expires(text).is_none_or(|at| at > now));
        if !self.left.iter().any(|(key, text)| is_flow(key) && expires(text).is_some()) {
            // The list of those flows names nothing then, and may go too.
            self.left.retain(|key, _| !is_flow(key));
        }
        let lost = self.left.iter().find(|(_, text)| !there.values().any(|other| other == *text));
        if let Some((key, _)) = lost {
            self.violation(format!("{key} of another project is gone or has changed"));
            self.left.clear();
        }
    }

    fn check_sign_out(&mut self, cause: Option<SignOutCause>) {
        let generation = self.life.generation.take();
        let held = self.disk.held().as_deref().and_then(tokens::stored);
        let now = self.clock.true_time();
        let true_cause = match cause {
            // What could not be read at the start may have been empty.
            None => (self.life.started_empty || self.life.started_blind) && generation.is_none(),
            // No disk here damages what it holds.
            Some(SignOutCause::StoreLost) => false,
            Some(SignOutCause::Asked) => {
                // A sign-out that waited for a hanging store also ends a session that began meanwhile.
                self.life.asked_anyway
                    || self.sign_ins.is_leaving()
                    || generation.is_some_and(|of| self.life.asked.contains(&of))
            }
            Some(cause) => held.is_some_and(|(session, _)| self.model.justifies(&session, cause, now)),
        };
        if !true_cause {
            self.violation(format!("signed out ({cause:?}), which never happened"));
        }
        if cause == Some(SignOutCause::Asked) {
            self.sign_ins.left();
        }
        self.sign_ins.nobody();
        self.life.left.extend(generation.filter(|_| cause == Some(SignOutCause::Asked)));
    }

    /// The store holds the refresh token that the client holds, or its parent, and the client says rightly which of the
    /// two.
    fn check_store(&mut self) {
        let stored = self.disk.session();
        if let Some((session, token)) = stored.as_deref().and_then(tokens::stored)
            && self.model.age(&session, &token) == Age::TooOld
        {
            self.violation("the store is more than one generation behind".to_owned());
        }
        let saved = *self.process.client.watch_store().borrow() == StoreHealth::Saved;
        if !saved || self.disk.is_writing() {
            return;
        }
        let state = self.process.client.state();
        let honest = match &state {
            State::Restoring => true,
            State::SignedOut(_) => stored.is_none(),
            State::SignedIn(_) => stored.is_some() && stored == self.disk.held(),
        };
        if !honest {
            self.violation(format!("the store is said to be saved and is not ({state:?})"));
        }
    }

    /// A program was started on the disk of the program before it.
    pub(super) fn check_restored(&mut self, before: &Life, pending: Option<&BTreeSet<FlowId>>) {
        let blind = self.life.started_blind;
        let state = self.process.client.state();
        let right = match &state {
            // What has expired is being removed from a disk that hangs.
            State::Restoring => blind || self.disk.is_writing(),
            State::SignedIn(_) => !blind && self.disk.session().is_some(),
            State::SignedOut(None) => !blind && self.disk.session().is_none(),
            State::SignedOut(Some(_)) => false,
        };
        if !right {
            self.violation(format!("the program started as {state:?}, which its store does not say"));
        }
        let was_quiet = !before.wall_was_set && !before.disk_was_bad && !self.life.disk_was_bad;
        if was_quiet && pending.is_some_and(|pending| self.pending() != *pending) {
            self.violation("pending flows did not survive a restart".to_owned());
        }
    }

    /// After an hour without any fault.
    pub(super) fn check_calm(&mut self) -> Result<(), SimulationError> {
        if *self.process.client.watch_store().borrow() != StoreHealth::Saved {
            self.violation("an hour of good disk did not save everything".to_owned());
        }
        let Some(before) = self.process.client.state().signed_in().map(|now| now.generation) else {
            return Ok(());
        };
        let held = self.disk.held().as_deref().and_then(tokens::stored);
        let Some((session, _)) = held else {
            self.violation("somebody is signed in without a session".to_owned());
            return Ok(());
        };
        let now = self.clock.true_time();
        let token_life = Duration::from_secs(self.server.setting.token_life.unsigned_abs());
        let alive = self.model.is_alive(&session, now);
        let answered = self.ask_without_faults()?;
        // A refresh may have been under way.
        let newest = self.disk.held().as_deref().and_then(tokens::stored);
        match (alive, self.process.client.state()) {
            (true, State::SignedIn(now)) if now.generation == before => {
                if !answered {
                    self.violation("an hour of good network did not make the session work".to_owned());
                }
                if newest.is_none_or(|(session, token)| self.model.age(&session, &token) != Age::Usable) {
                    self.violation("an hour of good network did not bring a token that is taken".to_owned());
                }
            }
            (true, state) => self.violation(format!("a good session became {state:?}")),
            (false, State::SignedIn(_)) if self.model.just_ran_out(&session, now, token_life) => {}
            (false, State::SignedIn(_)) => self.violation("a session that is over goes on".to_owned()),
            (false, _) => {}
        }
        Ok(())
    }

    /// Asks who is signed in, with nothing in the way; whether the server said so.
    pub(super) fn ask_without_faults(&mut self) -> Result<bool, SimulationError> {
        let client = self.process.client.clone();
        let (tell, mut told) = tokio::sync::oneshot::channel();
        self.process.call("is this me", async move {
            let answered = client.get_user().await.is_ok();
            // The receiver is gone when the world has ended.
            let _gone = tell.send(answered);
            answered.to_string()
        });
        // Held requests are released on the way, so a few rounds are enough.
        for _ in 0..20 {
            self.serve_without_faults()?;
            if let Ok(answered) = told.try_recv() {
                return Ok(answered);
            }
        }
        Ok(false)
    }
}

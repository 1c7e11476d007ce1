//! The account form: what the server has, what is typed, and how the two meet.
//!
//! Three rules decide everything: nothing typed is lost by an answer, a failure or a change from elsewhere; what was not
//! touched follows the server; and what was typed over something that the server has changed since says so, by the
//! version that it was typed on.

mod draft;
pub(crate) mod edits;

use foyer_contract::account::{Draft, ProfileBase, SaveProfile};
use foyer_contract::view::{ProfileView, RefusedEdit};
use foyer_contract::{ErrorCode, Field, names};

use super::{Form, Rules};
use crate::model::check;
use crate::model::task::Task;

/// The editable fields, in the order of the page.
pub(crate) const FIELDS: [Field; 3] = [Field::FullName, Field::Username, Field::Website];

/// The account form. Its fields hold the draft.
pub(crate) type ProfileForm = Form<ProfileRules>;

/// What the account form has of its own.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ProfileRules {
    /// False until a profile has arrived once.
    loaded: bool,
    /// The newest profile that the server has.
    server: ProfileBase,
    /// What the draft was made on. A field that was touched keeps what stood there then, and with it its version.
    base: ProfileBase,
    /// What the last save sent.
    pub(crate) sent: Option<SaveProfile>,
    /// The server's profile came while a save was on its way: most likely what the save made of it.
    arrived_while_saving: bool,
    /// The save is done, and what the server made of it is still to come.
    awaits_saved: bool,
    /// What was typed before the last revert, to be had back.
    reverted: Option<ProfileView>,
    /// What was typed before the app ended, once it was looked at.
    taken: Option<Draft>,
    /// What was typed before the app ended is in the form, and nothing was typed since.
    is_restored: bool,
}

/// What else happens to the account form.
#[derive(Debug)]
pub(crate) enum Event {
    /// The server's profile, at the start or changed from anywhere.
    Arrived(ProfileBase),
    /// What was typed before had waited to be sent, and the server does not take it.
    Returned(RefusedEdit),
    /// What was typed and not saved before the app ended.
    Found(Draft),
    /// What was typed here stays, and is saved, as the person decided elsewhere on the page.
    Kept,
    /// The person wants the server's state back.
    Reverted,
    /// The person takes the revert back.
    Restored,
}

impl Rules for ProfileRules {
    type Intent = ();
    type Event = Event;

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    /// What an old row holds is not held against the person: only what they changed is checked.
    fn check(&self, field: Field, text: &str) -> Result<(), ErrorCode> {
        if names::is_same(text, get(&self.base.profile, field)) {
            return Ok(());
        }
        match field {
            Field::FullName => check::full_name(text),
            Field::Username => check::username(text),
            Field::Website => check::website(text),
            _ => Ok(()),
        }
    }

    /// An empty field is an answer here, so leaving one counts.
    fn is_left(_text: &str) -> bool {
        true
    }

    fn is_ready(form: &Form<Self>) -> bool {
        form.is_changed()
    }

    fn on_typed(form: &mut Form<Self>) {
        form.rules.reverted = None;
        form.rules.is_restored = false;
    }

    fn on_sent(form: &mut Form<Self>) {
        let (profile, base) = (trimmed(&form.draft()), Some(form.rules.base.clone()));
        form.rules.arrived_while_saving = false;
        form.rules.sent = Some(SaveProfile { profile, base });
    }

    fn on_done(form: &mut Form<Self>) {
        form.saved();
    }

    fn on_event(form: &mut Form<Self>, event: Event) {
        match event {
            Event::Arrived(server) => form.arrive(server),
            Event::Returned(refused) => form.take_back(refused),
            Event::Found(draft) => form.take_draft(draft),
            Event::Kept => {
                form.states.clear();
                form.task = Task::Done;
            }
            Event::Reverted => form.revert(),
            Event::Restored => {
                if let Some(typed) = form.rules.reverted.take() {
                    form.show(&typed);
                }
            }
        }
    }
}

impl ProfileForm {
    /// The form with the profile that is known already, and with what was typed before the app ended, if there is any.
    pub(crate) fn of(server: Option<&ProfileBase>, draft: Option<&Draft>) -> Self {
        let mut form = Self::new(ProfileRules::default());
        if let Some(server) = server {
            form.arrive(server.clone());
        }
        if let Some(draft) = draft {
            form.take_draft(draft.clone());
        }
        form
    }

    /// The same with an edit that was refused after it had waited, if there is one.
    pub(crate) fn with_returned(mut self, refused: Option<&RefusedEdit>) -> Self {
        if let Some(refused) = refused {
            self.take_back(refused.clone());
        }
        self
    }

    /// False until a profile has arrived once.
    pub(crate) fn is_loaded(&self) -> bool {
        self.rules.loaded
    }

    /// True where something would be saved.
    pub(crate) fn is_changed(&self) -> bool {
        FIELDS.iter().any(|field| self.is_field_changed(*field))
    }

    /// The username to ask the server for: one that was changed and breaks no rule, and that no answer was about yet.
    pub(crate) fn username_to_check(&self) -> Option<String> {
        let text = self.text(Field::Username).trim();
        let is_wanted = self.is_field_changed(Field::Username) && !text.is_empty();
        let is_sound = self.check(Field::Username).is_ok() && self.problem_at(Field::Username).is_none();
        (is_wanted && is_sound && !self.task.is_running()).then(|| text.to_owned())
    }

    /// True where a revert can be taken back.
    pub(crate) fn can_restore(&self) -> bool {
        self.rules.reverted.is_some()
    }

    fn is_field_changed(&self, field: Field) -> bool {
        !names::is_same(self.text(field), get(&self.rules.base.profile, field))
    }

    fn draft(&self) -> ProfileView {
        ProfileView {
            full_name: self.text(Field::FullName).to_owned(),
            username: self.text(Field::Username).to_owned(),
            website: self.text(Field::Website).to_owned(),
        }
    }

    /// Puts a profile into the fields. What was said at a field stays.
    fn show(&mut self, profile: &ProfileView) {
        for field in FIELDS {
            self.states.replace_text(field, get(profile, field).to_owned());
        }
    }

    /// Puts a profile into the fields that were not changed.
    fn show_where_unchanged(&mut self, profile: &ProfileView) {
        for field in FIELDS {
            if !self.is_field_changed(field) {
                self.states.replace_text(field, get(profile, field).to_owned());
            }
        }
    }

    fn arrive(&mut self, server: ProfileBase) {
        if std::mem::take(&mut self.rules.awaits_saved) {
            // What was typed since is typed on this.
            self.show_where_unchanged(&server.profile);
            self.rules.base = server.clone();
        }
        let mut is_seen = true;
        for field in FIELDS {
            let now = get(&server.profile, field);
            if !self.rules.loaded || !self.is_field_changed(field) || names::is_same(self.text(field), now) {
                self.states.replace_text(field, now.to_owned());
                set(&mut self.rules.base.profile, field, now.to_owned());
            } else if !names::is_same(get(&self.rules.base.profile, field), now) {
                is_seen = false;
            }
        }
        // Otherwise something stands there that the person typed over without having seen it.
        if is_seen {
            self.rules.base.version.clone_from(&server.version);
        }
        self.rules.server = server;
        self.rules.loaded = true;
        self.rules.arrived_while_saving = self.task.is_running();
        // What could not be saved is there now (an edit that was kept, a conflict that was decided).
        if self.task.problem().is_some() && !self.is_changed() {
            self.task = Task::Idle;
        }
    }

    fn saved(&mut self) {
        if !self.task.is_running() {
            return;
        }
        let Some(sent) = self.rules.sent.take().map(|sent| sent.profile) else { return };
        let has_arrived = self.rules.arrived_while_saving;
        // The backend may have put a value into its usual form (a website gets its scheme).
        let now = if has_arrived { self.rules.server.profile.clone() } else { sent.clone() };
        for field in FIELDS {
            // What was typed on while it was saved stays.
            if names::is_same(self.text(field), get(&sent, field)) {
                self.states.replace_text(field, get(&now, field).to_owned());
            }
        }
        self.rules.awaits_saved = !has_arrived;
        self.rules.server.profile = now;
        self.rules.base = self.rules.server.clone();
        self.states.clear();
        self.task = if self.is_changed() { Task::Idle } else { Task::Done };
    }

    fn revert(&mut self) {
        if self.is_changed() && !self.task.is_running() {
            self.rules.reverted = Some(self.draft());
            let server = self.rules.server.clone();
            self.show(&server.profile);
            self.rules.base = server;
            self.states.clear();
            self.task = Task::Idle;
        }
    }

    /// What is being typed now is younger and stays.
    fn take_back(&mut self, refused: RefusedEdit) {
        self.show_where_unchanged(&refused.profile);
        self.rules.reverted = None;
        if !self.task.is_running() {
            self.sent = FIELDS.map(|field| (field, get(&refused.profile, field).to_owned())).into();
            // Nobody sent anything just now, so the keyboard stays where it is.
            self.fail(refused.error);
        }
    }
}

fn get(profile: &ProfileView, field: Field) -> &str {
    match field {
        Field::FullName => &profile.full_name,
        Field::Username => &profile.username,
        Field::Website => &profile.website,
        _ => "",
    }
}

fn set(profile: &mut ProfileView, field: Field, text: String) {
    match field {
        Field::FullName => profile.full_name = text,
        Field::Username => profile.username = text,
        Field::Website => profile.website = text,
        _ => {}
    }
}

fn trimmed(profile: &ProfileView) -> ProfileView {
    ProfileView {
        full_name: profile.full_name.trim().to_owned(),
        username: profile.username.trim().to_owned(),
        website: profile.website.trim().to_owned(),
    }
}

#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
mod tests;

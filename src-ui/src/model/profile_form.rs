//! The account form: what the server has, what is typed, and how the two meet.
//!
//! Three rules decide everything: nothing typed is lost by an answer, a failure or a change from elsewhere; what was not
//! touched follows the server; and what was typed over something that the server has changed since says so, by the
//! version that it was typed on.

use std::rc::Rc;

use foyer_contract::account::{ProfileBase, SaveProfile};
use foyer_contract::view::{ProfileView, RefusedEdit};
use foyer_contract::{CommandError, ErrorCode, Field, names};
use yew::Reducible;

use super::check;
use super::marks::Marks;
use super::problem::{Problem, field_of};

/// The editable fields, in the order of the page.
pub(crate) const FIELDS: [Field; 3] = [Field::FullName, Field::Username, Field::Website];

/// The form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ProfileForm {
    /// False until a profile has arrived once.
    pub(crate) loaded: bool,
    /// The newest that the server has.
    server: ProfileBase,
    /// What the draft was made on. A field that was touched keeps what stood there then, and with it its version.
    base: ProfileBase,
    draft: ProfileView,
    marks: Marks,
    /// How the last attempt to save went.
    pub(crate) saving: Saving,
    /// The server's profile came while a save was on its way: most likely what the save made of it.
    arrived_while_saving: bool,
    /// The save is done, and what the server made of it is still to come.
    awaits_saved: bool,
    /// What was typed before the last revert, to be had back.
    reverted: Option<ProfileView>,
}

/// How the last attempt to save went.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Saving {
    /// There was none since the last change.
    #[default]
    Idle,
    /// It runs, with this content.
    Running(SaveProfile),
    /// The server has it.
    Done,
    /// It failed, and not because of one field.
    Failed(Problem),
}

/// What happens to the form.
#[derive(Debug)]
pub(crate) enum Action {
    /// The server's profile, at the start or changed from anywhere.
    Arrived(ProfileBase),
    /// The person typed.
    Typed(Field, String),
    /// The person left a field.
    Left(Field),
    /// The person wants to save.
    Asked,
    /// The server took it.
    Saved,
    /// It did not.
    Failed(CommandError),
    /// What was typed before had waited to be sent, and the server does not take it.
    Returned(RefusedEdit),
    /// What was typed here stays, and is saved, as the person decided elsewhere on the page.
    Kept,
    /// The person wants the server's state back.
    Reverted,
    /// They did not want that.
    Restored,
}

impl ProfileForm {
    /// With the profile that is known already, if one is.
    pub(crate) fn new(server: Option<&ProfileBase>) -> Self {
        let mut form = Self::default();
        if let Some(server) = server {
            form.on(Action::Arrived(server.clone()));
        }
        form
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        get(&self.draft, field)
    }

    /// True where something would be saved.
    pub(crate) fn is_changed(&self) -> bool {
        FIELDS.iter().any(|field| self.is_field_changed(*field))
    }

    /// True where a revert can be taken back.
    pub(crate) fn can_restore(&self) -> bool {
        self.reverted.is_some()
    }

    /// What to show at a field.
    pub(crate) fn problem(&self, field: Field) -> Option<Problem> {
        self.marks.shown(field, self.check(field))
    }

    /// The first field that shows a problem.
    pub(crate) fn first_problem(&self) -> Option<Field> {
        FIELDS.into_iter().find(|field| self.problem(*field).is_some())
    }

    /// A save is on its way.
    pub(crate) fn is_saving(&self) -> bool {
        matches!(self.saving, Saving::Running(_))
    }

    /// What an old row holds is not held against the person: only what they changed is checked.
    fn check(&self, field: Field) -> Result<(), ErrorCode> {
        if !self.is_field_changed(field) {
            return Ok(());
        }
        match field {
            Field::FullName => check::full_name(&self.draft.full_name),
            Field::Username => check::username(&self.draft.username),
            Field::Website => check::website(&self.draft.website),
            _ => Ok(()),
        }
    }

    fn is_field_changed(&self, field: Field) -> bool {
        !names::is_same(get(&self.draft, field), get(&self.base.profile, field))
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Arrived(server) => self.arrive(server),
            Action::Typed(field, text) => {
                set(&mut self.draft, field, text);
                self.marks.accept(field);
                self.reverted = None;
                if !self.is_saving() {
                    self.saving = Saving::Idle;
                }
            }
            Action::Left(field) => self.marks.leave(field),
            Action::Asked => self.ask(),
            Action::Saved => self.saved(),
            Action::Failed(error) => self.fail(error),
            Action::Returned(refused) => self.take_back(refused),
            Action::Kept => {
                self.marks.clear();
                self.saving = Saving::Done;
            }
            Action::Reverted if self.is_changed() && !self.is_saving() => {
                self.reverted = Some(std::mem::replace(&mut self.draft, self.server.profile.clone()));
                self.base = self.server.clone();
                self.marks.clear();
                self.saving = Saving::Idle;
            }
            Action::Reverted => {}
            Action::Restored => {
                if let Some(typed) = self.reverted.take() {
                    self.draft = typed;
                }
            }
        }
    }

    fn arrive(&mut self, server: ProfileBase) {
        if std::mem::take(&mut self.awaits_saved) {
            // What was typed since is typed on this.
            for field in FIELDS {
                if !self.is_field_changed(field) {
                    set(&mut self.draft, field, get(&server.profile, field).to_owned());
                }
            }
            self.base = server.clone();
        }
        let mut is_seen = true;
        for field in FIELDS {
            let now = get(&server.profile, field);
            if !self.loaded || !self.is_field_changed(field) || get(&self.draft, field).trim() == now.trim() {
                set(&mut self.draft, field, now.to_owned());
                set(&mut self.base.profile, field, now.to_owned());
            } else if get(&self.base.profile, field).trim() != now.trim() {
                is_seen = false;
            }
        }
        // Otherwise something stands there that the person typed over without having seen it.
        if is_seen {
            self.base.version.clone_from(&server.version);
        }
        self.server = server;
        self.loaded = true;
        self.arrived_while_saving = self.is_saving();
        // What could not be saved is there now (an edit that was kept, a conflict that was decided).
        if matches!(self.saving, Saving::Failed(_)) && !self.is_changed() {
            self.saving = Saving::Idle;
        }
    }

    fn ask(&mut self) {
        if self.is_saving() || !self.is_changed() {
            return;
        }
        for field in FIELDS {
            self.marks.leave(field);
        }
        if self.first_problem().is_none() {
            let (profile, base) = (trimmed(&self.draft), Some(self.base.clone()));
            self.arrived_while_saving = false;
            self.saving = Saving::Running(SaveProfile { profile, base });
        }
    }

    fn saved(&mut self) {
        let Saving::Running(sent) = std::mem::take(&mut self.saving) else { return };
        // The backend may have put a value into its usual form (a website gets its scheme).
        let now = if self.arrived_while_saving { self.server.profile.clone() } else { sent.profile.clone() };
        for field in FIELDS {
            // Typed on while it was saved: stays typed.
            if get(&self.draft, field).trim() == get(&sent.profile, field) {
                set(&mut self.draft, field, get(&now, field).to_owned());
            }
        }
        self.awaits_saved = !self.arrived_while_saving;
        let version = self.server.version.clone();
        self.base = ProfileBase { profile: now, version };
        self.server = self.base.clone();
        self.marks.clear();
        self.saving = if self.is_changed() { Saving::Idle } else { Saving::Done };
    }

    /// What is being typed now is younger and stays.
    fn take_back(&mut self, refused: RefusedEdit) {
        for field in FIELDS {
            if !self.is_field_changed(field) {
                set(&mut self.draft, field, get(&refused.profile, field).to_owned());
            }
        }
        self.reverted = None;
        if !self.is_saving() {
            self.fail(refused.error);
        }
    }

    fn fail(&mut self, error: CommandError) {
        let field = field_of(&error).filter(|field| FIELDS.contains(field));
        self.saving = match field {
            Some(field) => {
                self.marks.refuse(field, error.into());
                Saving::Idle
            }
            None => Saving::Failed(error.into()),
        };
    }
}

impl Reducible for ProfileForm {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
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
#[path = "profile_form_tests.rs"]
mod tests;

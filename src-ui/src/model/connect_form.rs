//! The connect form: a project's URL and its publishable key, or the local project.

use std::rc::Rc;

use foyer_contract::project::ProjectTarget;
use foyer_contract::{CommandError, ErrorCode, Field};
use yew::Reducible;

use super::check;
use super::problem::{Problem, field_of};

/// The form.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ConnectForm {
    /// As typed.
    pub(crate) url: String,
    /// As typed.
    pub(crate) key: String,
    /// What is being tried.
    pub(crate) trying: Option<Trying>,
    /// What went wrong last, and at which field.
    pub(crate) problem: Option<(Option<Field>, Problem)>,
}

/// What is being tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trying {
    /// The local project.
    Local,
    /// What was typed.
    Remote,
}

/// What happens to the form.
pub(crate) enum Action {
    /// The person typed.
    Typed(Field, String),
    /// The person wants to connect.
    Asked(Trying),
    /// The backend took it; the page changes by itself.
    Done,
    /// It did not.
    Failed(CommandError),
}

impl ConnectForm {
    /// What to send; `None` unless the form is on its way out.
    pub(crate) fn target(&self) -> Option<ProjectTarget> {
        match self.trying? {
            Trying::Local => Some(ProjectTarget::Local),
            Trying::Remote => {
                let url = check::project_url(&self.url).ok()?;
                Some(ProjectTarget::Remote { url, key: self.key.trim().to_owned() })
            }
        }
    }

    /// The field that is wrong.
    pub(crate) fn wrong_field(&self) -> Option<Field> {
        self.problem.as_ref().and_then(|(field, _)| *field)
    }

    fn first_mistake(&self) -> Option<(Field, ErrorCode)> {
        let url = check::project_url(&self.url).err().map(|code| (Field::Url, code));
        url.or_else(|| check::project_key(&self.key).err().map(|code| (Field::Key, code)))
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Typed(field, text) => {
                match field {
                    Field::Url => self.url = text,
                    Field::Key => self.key = text,
                    _ => return,
                }
                if self.wrong_field().is_none_or(|wrong| wrong == field) {
                    self.problem = None;
                }
            }
            Action::Asked(_) if self.trying.is_some() => {}
            Action::Asked(Trying::Local) => self.begin(Trying::Local),
            Action::Asked(Trying::Remote) => match self.first_mistake() {
                Some((field, code)) => self.problem = Some((Some(field), code.into())),
                None => self.begin(Trying::Remote),
            },
            Action::Done => self.trying = None,
            Action::Failed(error) => {
                self.trying = None;
                self.problem = Some((field_of(&error), error.into()));
            }
        }
    }

    fn begin(&mut self, trying: Trying) {
        self.trying = Some(trying);
        self.problem = None;
    }
}

impl Reducible for ConnectForm {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(url: &str, key: &str) -> ConnectForm {
        ConnectForm { url: url.into(), key: key.into(), ..ConnectForm::default() }
    }

    fn asked(mut form: ConnectForm, trying: Trying) -> ConnectForm {
        form.on(Action::Asked(trying));
        form
    }

    #[test]
    fn a_url_and_a_key_are_sent_trimmed() {
        let form = asked(form(" abcd.supabase.co ", " sb_publishable_x "), Trying::Remote);

        let Some(ProjectTarget::Remote { url, key }) = form.target() else { panic!("not sent") };
        assert_eq!((url.as_str(), key.as_str()), ("https://abcd.supabase.co", "sb_publishable_x"));
    }

    #[test]
    fn the_first_mistake_is_named_and_nothing_is_sent() {
        let no_url = asked(form("", ""), Trying::Remote);
        assert_eq!(no_url.problem, Some((Some(Field::Url), ErrorCode::UrlInvalid.into())));
        assert!(no_url.target().is_none());

        let secret = asked(form("abcd.supabase.co", "sb_secret_x"), Trying::Remote);
        assert_eq!(secret.problem, Some((Some(Field::Key), ErrorCode::KeySecret.into())));
        assert!(secret.target().is_none());
    }

    #[test]
    fn the_local_project_needs_nothing_typed() {
        assert!(matches!(asked(form("", ""), Trying::Local).target(), Some(ProjectTarget::Local)));
    }

    #[test]
    fn a_failure_keeps_what_was_typed_and_goes_when_its_field_changes() {
        let mut form = asked(form("abcd.supabase.co", "sb_publishable_x"), Trying::Remote);
        form.on(Action::Failed(CommandError::new(ErrorCode::KeyInvalid, "")));
        assert_eq!(form.wrong_field(), Some(Field::Key));

        form.on(Action::Typed(Field::Url, "abce.supabase.co".into()));
        assert_eq!(form.wrong_field(), Some(Field::Key));
        form.on(Action::Typed(Field::Key, "sb_publishable_y".into()));
        assert_eq!(form.problem, None);
        assert_eq!(form.url, "abce.supabase.co");
    }
}

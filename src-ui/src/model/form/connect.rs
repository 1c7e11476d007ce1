//! The connect form: a project's URL and its publishable key, or the local project.

use foyer_contract::project::ProjectTarget;
use foyer_contract::{ErrorCode, Field};

use super::{Filled, Form, Rules};
use crate::model::check;

/// The connect form.
pub(crate) type ConnectForm = Form<ConnectRules>;

/// What the connect form has of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ConnectRules;

/// Which project the app connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectTarget {
    /// The local project.
    Local,
    /// The project whose URL and key were typed.
    Remote,
}

/// Nothing else happens to the connect form.
pub(crate) enum Event {}

impl Rules for ConnectRules {
    type Intent = ConnectTarget;
    type Event = Event;

    const SENDS_REFUSED_AGAIN: bool = true;
    // One place shows what is wrong with either field.
    const CHECKS_WHILE_TYPING: bool = false;

    fn fields(&self) -> &'static [Field] {
        &[Field::URL, Field::KEY]
    }

    fn is_needed(target: &ConnectTarget, _field: Field) -> bool {
        *target == ConnectTarget::Remote
    }

    fn check(&self, field: Field, text: &str) -> Result<(), ErrorCode> {
        match field {
            Field::URL => check::project_url(text).map(drop),
            Field::KEY => check::project_key(text),
            _ => Ok(()),
        }
    }

    fn keeps(&self, _field: Field) -> bool {
        true
    }

    fn on_event(_form: &mut Form<Self>, event: Event) {
        match event {}
    }
}

impl Filled<ConnectRules> {
    /// The project to connect to.
    ///
    /// # Errors
    /// What is wrong with the URL.
    pub(crate) fn target(&self) -> Result<ProjectTarget, ErrorCode> {
        match self.intent {
            ConnectTarget::Local => Ok(ProjectTarget::Local),
            ConnectTarget::Remote => {
                let url = check::project_url(&self.text(Field::URL))?;
                Ok(ProjectTarget::Remote { url, key: self.text(Field::KEY) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::{CommandError, SessionErrorCode};

    use super::super::Action;
    use super::*;

    fn form(url: &str, key: &str) -> ConnectForm {
        ConnectForm::new(ConnectRules).with(Field::URL, url).with(Field::KEY, key)
    }

    fn asked(mut form: ConnectForm, target: ConnectTarget) -> ConnectForm {
        form.on(Action::Asked(target));
        form
    }

    fn target(form: &ConnectForm) -> Option<ProjectTarget> {
        form.filled().and_then(|filled| filled.target().ok())
    }

    #[test]
    fn a_url_and_a_key_are_sent_trimmed() {
        let form = asked(form(" abcd.supabase.co ", " sb_publishable_x "), ConnectTarget::Remote);

        let Some(ProjectTarget::Remote { url, key }) = target(&form) else { panic!("not sent") };
        assert_eq!((url.as_str(), key.as_str()), ("https://abcd.supabase.co", "sb_publishable_x"));
    }

    #[test]
    fn the_first_mistake_is_named_and_nothing_is_sent() {
        let no_url = asked(form("", ""), ConnectTarget::Remote);
        assert_eq!(
            no_url.problem_at(Field::URL),
            Some(ErrorCode::Session(SessionErrorCode::UrlInvalid).into())
        );
        assert_eq!(no_url.problem_at(Field::KEY), None, "one at a time");
        assert!(no_url.filled().is_none());

        let secret = asked(form("abcd.supabase.co", "sb_secret_x"), ConnectTarget::Remote);
        assert_eq!(
            secret.problem_at(Field::KEY),
            Some(ErrorCode::Session(SessionErrorCode::KeySecret).into())
        );
        assert!(secret.filled().is_none());
    }

    #[test]
    fn the_local_project_needs_nothing_typed() {
        let local = asked(form("", ""), ConnectTarget::Local);

        assert!(matches!(target(&local), Some(ProjectTarget::Local)));
    }

    #[test]
    fn a_failure_keeps_what_was_typed_and_goes_when_its_field_changes() {
        let mut form = asked(form("abcd.supabase.co", "sb_publishable_x"), ConnectTarget::Remote);
        form.on(Action::Failed(CommandError::new(SessionErrorCode::KeyInvalid, "")));
        assert_eq!(
            form.problem_at(Field::KEY),
            Some(ErrorCode::Session(SessionErrorCode::KeyInvalid).into())
        );

        form.on(Action::Typed(Field::URL, "abce.supabase.co".into()));
        assert_eq!(
            form.problem_at(Field::KEY),
            Some(ErrorCode::Session(SessionErrorCode::KeyInvalid).into())
        );
        form.on(Action::Typed(Field::KEY, "sb_publishable_y".into()));
        assert_eq!((form.problem_at(Field::URL), form.problem_at(Field::KEY)), (None, None));
        assert_eq!(form.text(Field::URL), "abce.supabase.co");
    }
}

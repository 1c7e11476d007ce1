//! What the account form promises.

use foyer_contract::CommandError;
use foyer_contract::SessionErrorCode;

use super::super::Action as FormAction;
use super::*;

pub(super) type Action = FormAction<ProfileRules>;
type Saving = Task;

pub(super) fn profile(full_name: &str, username: &str, website: &str) -> ProfileView {
    ProfileView { full_name: full_name.into(), username: username.into(), website: website.into() }
}

pub(super) fn server(full_name: &str, username: &str, website: &str) -> ProfileBase {
    version("1", full_name, username, website)
}

pub(super) fn version(version: &str, full_name: &str, username: &str, website: &str) -> ProfileBase {
    ProfileBase { profile: profile(full_name, username, website), version: version.into() }
}

/// What is on its way.
pub(super) fn sent(form: &ProfileForm) -> &SaveProfile {
    let sent = form.rules.sent.as_ref().filter(|_| form.task.is_running());
    sent.unwrap_or_else(|| panic!("nothing is on its way"))
}

/// The first field that shows a problem.
fn first_problem(form: &ProfileForm) -> Option<Field> {
    FIELDS.into_iter().find(|field| form.problem_at(*field).is_some())
}

pub(super) fn form(actions: impl IntoIterator<Item = Action>) -> ProfileForm {
    let mut form = ProfileForm::of(Some(&server("Ada", "ada", "ada.example")), None);
    for action in actions {
        form.on(action);
    }
    form
}

pub(super) fn typed(field: Field, text: &str) -> Action {
    Action::Typed(field, text.into())
}

fn refused(code: ErrorCode) -> Action {
    Action::Failed(CommandError::new(code, ""))
}

#[test]
fn nothing_is_changed_until_something_is_typed_and_not_after_it_is_typed_back() {
    assert!(!form([]).is_changed());
    assert!(form([typed(Field::Username, "ada2")]).is_changed());
    assert!(!form([typed(Field::Username, "ada2"), typed(Field::Username, "ada")]).is_changed());
}

#[test]
fn blanks_around_a_value_are_no_change() {
    assert!(!form([typed(Field::FullName, "Ada ")]).is_changed());
}

#[test]
fn the_same_name_typed_in_another_form_is_no_change() {
    let mut renee = ProfileForm::of(Some(&server("Ren\u{E9}e", "ada", "")), None);
    renee.on(typed(Field::FullName, "Rene\u{301}e"));

    assert!(!renee.is_changed());
}

#[test]
fn a_name_that_nobody_can_see_is_said_on_its_field_and_not_sent() {
    for field in [Field::FullName, Field::Username, Field::Website] {
        for text in ["\u{200B}\u{200B}\u{200B}", "ada\u{0}.example", "\u{3164}ada.example"] {
            let form = form([typed(field, text), Action::Asked(())]);

            assert!(!form.task.is_running(), "{text:?}");
            assert_eq!(form.problem_at(field), Some(ErrorCode::UnseenCharacters.into()), "{text:?}");
        }
    }
}

#[test]
fn a_name_from_before_the_rule_is_kept_and_does_not_block_the_rest() {
    let mut old = ProfileForm::of(Some(&server("\u{3164}", "ada\u{200B}", "")), None);
    assert_eq!((old.text(Field::Username), old.is_changed()), ("ada\u{200B}", false));
    old.on(typed(Field::Website, "ada.example"));
    old.on(Action::Asked(()));

    assert!(old.task.is_running());
}

#[test]
fn a_change_from_elsewhere_does_not_overwrite_what_is_being_typed() {
    let form = form([
        typed(Field::FullName, "Ada L"),
        Action::Event(Event::Arrived(server("Countess", "countess", "ada.example"))),
    ]);

    assert_eq!(form.text(Field::FullName), "Ada L");
    assert_eq!(form.text(Field::Username), "countess");
    assert!(form.is_changed());
}

#[test]
fn an_untouched_form_follows_the_server() {
    let form = form([Action::Event(Event::Arrived(server("Countess", "countess", "")))]);

    assert_eq!(form.text(Field::FullName), "Countess");
    assert!(!form.is_changed());
}

#[test]
fn a_form_without_a_profile_waits_for_one_and_takes_it_whole() {
    let mut late = ProfileForm::of(None, None);
    assert!(!late.is_loaded());

    late.on(Action::Event(Event::Arrived(server("Ada", "ada", ""))));
    assert_eq!(late.text(Field::FullName), "Ada");
}

#[test]
fn only_a_changed_and_sound_form_is_sent() {
    assert!(!form([Action::Asked(())]).task.is_running());

    let short = form([typed(Field::Username, "ab"), Action::Asked(())]);
    assert!(!short.task.is_running());
    assert_eq!(first_problem(&short), Some(Field::Username));

    let sound = form([typed(Field::Username, " abc "), Action::Asked(())]);
    assert_eq!(sent(&sound).profile, profile("Ada", "abc", "ada.example"));
    assert_eq!(sent(&sound).base, Some(server("Ada", "ada", "ada.example")));
}

#[test]
fn asking_twice_sends_once() {
    let once = form([typed(Field::Username, "first"), Action::Asked(())]);
    let twice = form([
        typed(Field::Username, "first"),
        Action::Asked(()),
        typed(Field::Username, "second"),
        Action::Asked(()),
    ]);

    assert_eq!(sent(&once), sent(&twice));
}

#[test]
fn a_saved_form_says_so_until_the_next_change() {
    let saved = form([typed(Field::Username, "lovelace"), Action::Asked(()), Action::Done]);
    assert_eq!(saved.task, Saving::Done);
    assert!(!saved.is_changed());

    let mut edited = saved;
    edited.on(typed(Field::Username, "lovelace2"));
    assert_eq!(edited.task, Saving::Idle);
}

#[test]
fn what_is_typed_while_saving_stays_and_is_still_to_be_saved() {
    let form = form([
        typed(Field::Username, "lovelace"),
        Action::Asked(()),
        typed(Field::Website, "new.example"),
        Action::Done,
    ]);

    assert_eq!(form.text(Field::Website), "new.example");
    assert!(form.is_changed());
    assert_eq!(form.task, Saving::Idle);
}

#[test]
fn what_the_backend_made_of_a_value_is_shown_whether_it_comes_before_or_after_the_answer() {
    let asked = || form([typed(Field::Website, "new.example"), Action::Asked(())]);
    let made = || Action::Event(Event::Arrived(server("Ada", "ada", "https://new.example")));

    for order in [[made(), Action::Done], [Action::Done, made()]] {
        let mut form = asked();
        order.into_iter().for_each(|action| form.on(action));

        assert_eq!(form.text(Field::Website), "https://new.example");
        assert_eq!(form.task, Saving::Done);
        assert!(!form.is_changed());
    }
}

#[test]
fn a_change_from_elsewhere_while_saving_does_not_lose_what_was_typed_when_the_save_fails() {
    let form = form([
        typed(Field::Website, "new.example"),
        Action::Asked(()),
        Action::Event(Event::Arrived(server("Countess", "ada", "ada.example"))),
        refused(ErrorCode::Session(SessionErrorCode::Offline)),
    ]);

    assert_eq!(form.text(Field::Website), "new.example");
    assert_eq!(form.text(Field::FullName), "Countess");
}

#[test]
fn a_taken_username_lands_on_its_field_and_nothing_typed_is_lost() {
    let form = form([
        typed(Field::Username, "grace"),
        typed(Field::FullName, "Grace"),
        Action::Asked(()),
        refused(ErrorCode::UsernameTaken),
    ]);

    assert_eq!(form.problem_at(Field::Username), Some(ErrorCode::UsernameTaken.into()));
    assert_eq!(first_problem(&form), Some(Field::Username));
    assert_eq!((form.text(Field::Username), form.text(Field::FullName)), ("grace", "Grace"));
    assert!(!form.task.is_running());
}

#[test]
fn a_lost_connection_is_said_for_the_whole_form_and_nothing_typed_is_lost() {
    let form = form([
        typed(Field::Username, "grace"),
        Action::Asked(()),
        refused(ErrorCode::Session(SessionErrorCode::Offline)),
    ]);

    assert_eq!(form.task, Saving::Failed(ErrorCode::Session(SessionErrorCode::Offline).into()));
    assert_eq!(form.text(Field::Username), "grace");
    assert!(form.is_changed());
}

#[test]
fn a_field_complains_on_leaving_and_stops_while_it_is_mended() {
    let typing = form([typed(Field::Website, "nonsense")]);
    assert_eq!(typing.problem_at(Field::Website), None);

    let mut left = typing;
    left.on(Action::Left(Field::Website));
    assert_eq!(left.problem_at(Field::Website), Some(ErrorCode::WebsiteInvalid.into()));

    left.on(typed(Field::Website, "sense.example"));
    assert_eq!(left.problem_at(Field::Website), None);
}

#[test]
fn a_short_username_from_before_the_rule_does_not_block_the_rest() {
    let mut old = ProfileForm::of(Some(&server("", "ab", "")), None);
    old.on(typed(Field::FullName, "Ada"));
    old.on(Action::Asked(()));

    assert!(old.task.is_running());
}

#[test]
fn a_revert_brings_the_servers_state_back_and_can_be_taken_back() {
    let reverted =
        form([typed(Field::Username, "ab"), Action::Left(Field::Username), Action::Event(Event::Reverted)]);
    assert_eq!(reverted.text(Field::Username), "ada");
    assert_eq!(first_problem(&reverted), None);
    assert!(reverted.can_restore());

    let mut restored = reverted;
    restored.on(Action::Event(Event::Restored));
    assert_eq!(restored.text(Field::Username), "ab");
    assert!(!restored.can_restore());
}

#[test]
fn there_is_no_revert_while_saving() {
    let form = form([typed(Field::Username, "lovelace"), Action::Asked(()), Action::Event(Event::Reverted)]);

    assert_eq!(form.text(Field::Username), "lovelace");
    assert!(form.task.is_running());
}

#[test]
fn a_conflict_that_was_decided_for_what_is_typed_leaves_no_failure_behind() {
    let form = form([
        typed(Field::Username, "ada2"),
        Action::Asked(()),
        refused(ErrorCode::Conflict),
        Action::Event(Event::Arrived(server("Ada", "ada2", "ada.example"))),
    ]);

    assert_eq!(form.task, Saving::Idle);
    assert!(!form.is_changed());
}

#[test]
fn a_conflict_that_was_decided_for_the_server_can_still_be_taken_back() {
    let mut form = form([
        typed(Field::Username, "ada2"),
        Action::Asked(()),
        refused(ErrorCode::Conflict),
        Action::Event(Event::Arrived(server("Ada", "countess", "ada.example"))),
        Action::Event(Event::Reverted),
    ]);
    assert_eq!((form.text(Field::Username), &form.task), ("countess", &Saving::Idle));

    form.on(Action::Event(Event::Restored));
    assert_eq!(form.text(Field::Username), "ada2");
}

#[test]
fn a_field_typed_over_something_that_changed_since_is_sent_with_the_version_that_it_was_typed_on() {
    let mut form = form([
        typed(Field::FullName, "Ada L"),
        Action::Event(Event::Arrived(version("2", "Countess", "ada", "new.example"))),
        Action::Asked(()),
    ]);
    assert_eq!(sent(&form).profile, profile("Ada L", "ada", "new.example"));
    assert_eq!(sent(&form).base, Some(version("1", "Ada", "ada", "new.example")));

    form.on(refused(ErrorCode::Conflict));
    form.on(Action::Event(Event::Reverted));
    assert_eq!(form.text(Field::FullName), "Countess", "the newest, not what it was typed on");
    form.on(typed(Field::FullName, "Ada L"));
    form.on(Action::Asked(()));
    assert_eq!(sent(&form).base, Some(version("2", "Countess", "ada", "new.example")));
}

#[test]
fn a_change_from_elsewhere_that_the_form_shows_is_a_new_version_to_type_on() {
    let form = form([
        typed(Field::FullName, "Ada L"),
        Action::Event(Event::Arrived(version("2", "Ada", "countess", "ada.example"))),
        Action::Asked(()),
    ]);

    assert_eq!(sent(&form).base, Some(version("2", "Ada", "countess", "ada.example")));
}

#[test]
fn what_is_typed_between_a_save_and_its_row_is_typed_on_that_row() {
    let form = form([
        typed(Field::Website, "new.example"),
        Action::Asked(()),
        Action::Done,
        typed(Field::Website, "newer.example"),
        Action::Event(Event::Arrived(version("2", "Ada", "ada", "https://new.example"))),
        Action::Asked(()),
    ]);

    assert_eq!(sent(&form).profile.website, "newer.example");
    assert_eq!(sent(&form).base, Some(version("2", "Ada", "ada", "https://new.example")));
}

#[test]
fn what_was_refused_after_waiting_is_back_in_the_form_with_its_sentence_and_can_be_mended() {
    let returned = || {
        let error = CommandError::new(ErrorCode::UsernameTaken, "");
        Action::Event(Event::Returned(RefusedEdit {
            profile: profile("Grace", "grace", "ada.example"),
            error,
        }))
    };
    let mut form = form([returned()]);
    assert_eq!((form.text(Field::FullName), form.text(Field::Username)), ("Grace", "grace"));
    assert_eq!(form.problem_at(Field::Username), Some(ErrorCode::UsernameTaken.into()));

    form.on(typed(Field::Username, "hopper"));
    form.on(Action::Asked(()));
    assert_eq!(sent(&form).profile, profile("Grace", "hopper", "ada.example"));
}

#[test]
fn what_is_being_typed_is_not_replaced_by_what_was_refused() {
    let error = CommandError::new(SessionErrorCode::Forbidden, "");
    let refused = RefusedEdit { profile: profile("Grace", "grace", "ada.example"), error };
    let form = form([typed(Field::FullName, "Ada L"), Action::Event(Event::Returned(refused))]);

    assert_eq!((form.text(Field::FullName), form.text(Field::Username)), ("Ada L", "grace"));
    assert_eq!(form.task, Saving::Failed(ErrorCode::Session(SessionErrorCode::Forbidden).into()));
}

#[test]
fn what_was_kept_in_a_conflict_is_said_to_be_saved_whether_its_row_comes_before_or_after_the_answer() {
    for order in [true, false] {
        let row = || Action::Event(Event::Arrived(version("3", "Ada", "ada2", "ada.example")));
        let mut form =
            form([typed(Field::Username, "ada2"), Action::Asked(()), refused(ErrorCode::Conflict)]);
        for action in
            if order { [row(), Action::Event(Event::Kept)] } else { [Action::Event(Event::Kept), row()] }
        {
            form.on(action);
        }

        assert_eq!(form.task, Saving::Done);
        assert!(!form.is_changed());
    }
}

//! What the account form promises.

use super::*;

fn profile(full_name: &str, username: &str, website: &str) -> ProfileView {
    ProfileView { full_name: full_name.into(), username: username.into(), website: website.into() }
}

fn form(actions: impl IntoIterator<Item = Action>) -> ProfileForm {
    let mut form = ProfileForm::new(Some(&profile("Ada", "ada", "ada.example")));
    for action in actions {
        form.on(action);
    }
    form
}

fn typed(field: Field, text: &str) -> Action {
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
fn a_change_from_elsewhere_does_not_overwrite_what_is_being_typed() {
    let form = form([
        typed(Field::FullName, "Ada L"),
        Action::Arrived(profile("Countess", "countess", "ada.example")),
    ]);

    assert_eq!(form.text(Field::FullName), "Ada L");
    assert_eq!(form.text(Field::Username), "countess");
    assert!(form.is_changed());
}

#[test]
fn an_untouched_form_follows_the_server() {
    let form = form([Action::Arrived(profile("Countess", "countess", ""))]);

    assert_eq!(form.text(Field::FullName), "Countess");
    assert!(!form.is_changed());
}

#[test]
fn a_form_without_a_profile_waits_for_one_and_takes_it_whole() {
    let mut late = ProfileForm::new(None);
    assert!(!late.loaded);

    late.on(Action::Arrived(profile("Ada", "ada", "")));
    assert_eq!(late.text(Field::FullName), "Ada");
}

#[test]
fn only_a_changed_and_sound_form_is_sent() {
    assert!(!form([Action::Asked]).is_saving());

    let short = form([typed(Field::Username, "ab"), Action::Asked]);
    assert!(!short.is_saving());
    assert_eq!(short.first_problem(), Some(Field::Username));

    let sound = form([typed(Field::Username, " abc "), Action::Asked]);
    assert_eq!(sound.saving, Saving::Running(profile("Ada", "abc", "ada.example")));
}

#[test]
fn asking_twice_sends_once() {
    let once = form([typed(Field::Username, "first"), Action::Asked]);
    let twice = form([
        typed(Field::Username, "first"),
        Action::Asked,
        typed(Field::Username, "second"),
        Action::Asked,
    ]);

    assert_eq!(once.saving, twice.saving);
}

#[test]
fn a_saved_form_says_so_until_the_next_change() {
    let saved = form([typed(Field::Username, "lovelace"), Action::Asked, Action::Saved]);
    assert_eq!(saved.saving, Saving::Done);
    assert!(!saved.is_changed());

    let mut edited = saved;
    edited.on(typed(Field::Username, "lovelace2"));
    assert_eq!(edited.saving, Saving::Idle);
}

#[test]
fn what_is_typed_while_saving_stays_and_is_still_to_be_saved() {
    let form = form([
        typed(Field::Username, "lovelace"),
        Action::Asked,
        typed(Field::Website, "new.example"),
        Action::Saved,
    ]);

    assert_eq!(form.text(Field::Website), "new.example");
    assert!(form.is_changed());
    assert_eq!(form.saving, Saving::Idle);
}

#[test]
fn what_the_backend_made_of_a_value_is_shown_whether_it_comes_before_or_after_the_answer() {
    let asked = || form([typed(Field::Website, "new.example"), Action::Asked]);
    let made = || Action::Arrived(profile("Ada", "ada", "https://new.example"));

    for order in [[made(), Action::Saved], [Action::Saved, made()]] {
        let mut form = asked();
        order.into_iter().for_each(|action| form.on(action));

        assert_eq!(form.text(Field::Website), "https://new.example");
        assert_eq!(form.saving, Saving::Done);
        assert!(!form.is_changed());
    }
}

#[test]
fn a_change_from_elsewhere_while_saving_does_not_lose_what_was_typed_when_the_save_fails() {
    let form = form([
        typed(Field::Website, "new.example"),
        Action::Asked,
        Action::Arrived(profile("Countess", "ada", "ada.example")),
        refused(ErrorCode::Offline),
    ]);

    assert_eq!(form.text(Field::Website), "new.example");
    assert_eq!(form.text(Field::FullName), "Countess");
}

#[test]
fn a_taken_username_lands_on_its_field_and_nothing_typed_is_lost() {
    let form = form([
        typed(Field::Username, "grace"),
        typed(Field::FullName, "Grace"),
        Action::Asked,
        refused(ErrorCode::UsernameTaken),
    ]);

    assert_eq!(form.problem(Field::Username), Some(ErrorCode::UsernameTaken.into()));
    assert_eq!(form.first_problem(), Some(Field::Username));
    assert_eq!((form.text(Field::Username), form.text(Field::FullName)), ("grace", "Grace"));
    assert!(!form.is_saving());
}

#[test]
fn a_lost_connection_is_said_for_the_whole_form_and_nothing_typed_is_lost() {
    let form = form([typed(Field::Username, "grace"), Action::Asked, refused(ErrorCode::Offline)]);

    assert_eq!(form.saving, Saving::Failed(ErrorCode::Offline.into()));
    assert_eq!(form.text(Field::Username), "grace");
    assert!(form.is_changed());
}

#[test]
fn a_field_complains_on_leaving_and_stops_while_it_is_mended() {
    let typing = form([typed(Field::Website, "nonsense")]);
    assert_eq!(typing.problem(Field::Website), None);

    let mut left = typing;
    left.on(Action::Left(Field::Website));
    assert_eq!(left.problem(Field::Website), Some(ErrorCode::WebsiteInvalid.into()));

    left.on(typed(Field::Website, "sense.example"));
    assert_eq!(left.problem(Field::Website), None);
}

#[test]
fn a_short_username_from_before_the_rule_does_not_block_the_rest() {
    let mut old = ProfileForm::new(Some(&profile("", "ab", "")));
    old.on(typed(Field::FullName, "Ada"));
    old.on(Action::Asked);

    assert!(old.is_saving());
}

#[test]
fn a_revert_brings_the_servers_state_back_and_can_be_taken_back() {
    let reverted = form([typed(Field::Username, "ab"), Action::Left(Field::Username), Action::Reverted]);
    assert_eq!(reverted.text(Field::Username), "ada");
    assert_eq!(reverted.first_problem(), None);
    assert!(reverted.can_restore());

    let mut restored = reverted;
    restored.on(Action::Restored);
    assert_eq!(restored.text(Field::Username), "ab");
    assert!(!restored.can_restore());
}

#[test]
fn there_is_no_revert_while_saving() {
    let form = form([typed(Field::Username, "lovelace"), Action::Asked, Action::Reverted]);

    assert_eq!(form.text(Field::Username), "lovelace");
    assert!(form.is_saving());
}

#[test]
fn a_conflict_that_was_decided_for_what_is_typed_leaves_no_failure_behind() {
    let form = form([
        typed(Field::Username, "ada2"),
        Action::Asked,
        refused(ErrorCode::Conflict),
        Action::Arrived(profile("Ada", "ada2", "ada.example")),
    ]);

    assert_eq!(form.saving, Saving::Idle);
    assert!(!form.is_changed());
}

#[test]
fn a_conflict_that_was_decided_for_the_server_can_still_be_taken_back() {
    let mut form = form([
        typed(Field::Username, "ada2"),
        Action::Asked,
        refused(ErrorCode::Conflict),
        Action::Arrived(profile("Ada", "countess", "ada.example")),
        Action::Reverted,
    ]);
    assert_eq!((form.text(Field::Username), &form.saving), ("countess", &Saving::Idle));

    form.on(Action::Restored);
    assert_eq!(form.text(Field::Username), "ada2");
}

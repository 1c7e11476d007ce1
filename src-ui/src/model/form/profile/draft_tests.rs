//! What a draft promises.

use foyer_contract::Field;
use foyer_contract::account::Draft;

use super::super::tests::{Action, form, profile, sent, server, typed, version};
use super::super::{Event, ProfileForm};

fn draft() -> Draft {
    Draft { profile: profile("Ada L", "ada", "ada.example"), base: version("1", "Ada", "ada", "ada.example") }
}

#[test]
fn what_is_typed_is_kept_with_what_it_was_typed_over_until_it_is_saved_or_reverted() {
    assert_eq!(form([]).draft_to_keep(), None);
    let typed = || typed(Field::FullName, "Ada L");
    assert_eq!(form([typed()]).draft_to_keep(), Some(draft()));
    assert_eq!(form([typed(), Action::Asked(())]).draft_to_keep(), Some(draft()), "an answer may never come");

    assert_eq!(form([typed(), Action::Asked(()), Action::Done]).draft_to_keep(), None);
    assert_eq!(form([typed(), Action::Event(Event::Reverted)]).draft_to_keep(), None);
}

#[test]
fn a_draft_comes_back_with_the_first_profile_or_after_it() {
    let server = server("Ada", "ada", "ada.example");
    let at_once = ProfileForm::of(Some(&server), Some(&draft()));
    let mut late = ProfileForm::of(None, None);
    late.on(Action::Event(Event::Arrived(server)));
    late.on(Action::Event(Event::Found(draft())));

    for mut form in [at_once, late] {
        assert!(form.is_restored() && form.has_taken(&draft()));
        assert_eq!((form.text(Field::FullName), form.draft_to_keep()), ("Ada L", Some(draft())));
        form.on(typed(Field::Website, "new.example"));
        assert!(!form.is_restored(), "the notice has been read");
        form.on(Action::Event(Event::Reverted));
        assert_eq!((form.text(Field::FullName), form.draft_to_keep()), ("Ada", None));
    }
}

#[test]
fn a_draft_over_a_row_that_has_changed_since_is_sent_with_the_version_that_it_was_typed_over() {
    let newer = version("2", "Countess", "lovelace", "ada.example");
    let mut form = ProfileForm::of(Some(&newer), Some(&draft()));
    assert_eq!(form.text(Field::FullName), "Ada L");
    assert_eq!(form.text(Field::Username), "lovelace", "what was not touched follows the server");

    form.on(Action::Asked(()));
    assert_eq!(sent(&form).base, Some(version("1", "Ada", "lovelace", "ada.example")));
}

#[test]
fn a_draft_that_was_saved_after_all_is_no_change() {
    let saved = version("2", "Ada L", "ada", "ada.example");
    let form = ProfileForm::of(Some(&saved), Some(&draft()));

    assert!(!form.is_changed() && !form.is_restored());
    assert!(form.has_taken(&draft()), "so that it is forgotten");
}

#[test]
fn what_is_being_typed_is_not_replaced_by_a_draft_that_comes_late() {
    let form = form([typed(Field::FullName, "Ada K"), Action::Event(Event::Found(draft()))]);

    assert_eq!(form.text(Field::FullName), "Ada K");
    assert!(form.has_taken(&draft()) && !form.is_restored());
}

#[test]
fn a_draft_that_came_back_and_was_left_as_it_was_gives_way_to_a_younger_one() {
    let younger = Draft { profile: profile("Ada Lovelace", "ada", "ada.example"), ..draft() };
    let mut form = ProfileForm::of(Some(&server("Ada", "ada", "ada.example")), Some(&draft()));

    form.on(Action::Event(Event::Found(younger.clone())));

    assert_eq!(form.draft_to_keep(), Some(younger));
    assert!(form.is_restored());
}

//! What the small forms promise.

use foyer_contract::CommandError;
use foyer_contract::SessionErrorCode;

use super::super::{Action as FormAction, Form};
use super::*;

type Action = FormAction<SmallForm>;

fn form(kind: SmallForm, actions: impl IntoIterator<Item = Action>) -> Form<SmallForm> {
    let mut form = Form::new(kind);
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

/// A new password that was sent and met this answer.
fn new_password(answer: ErrorCode) -> Form<SmallForm> {
    form(SmallForm::NewPassword, [typed(Field::PASSWORD, " new secret "), Action::Asked(()), refused(answer)])
}

fn sent(form: &Form<SmallForm>, field: Field) -> Option<String> {
    form.filled().and_then(|filled| filled.get(field))
}

#[test]
fn a_code_is_sent_without_the_gaps_it_was_pasted_with() {
    let form = form(SmallForm::FlowCode, [typed(Field::CODE, " 123 4-56 "), Action::Asked(())]);

    assert_eq!(sent(&form, Field::CODE).as_deref(), Some("123456"));
}

#[test]
fn what_is_no_code_is_not_sent_and_gets_the_keyboard() {
    let form = form(SmallForm::FlowCode, [typed(Field::CODE, "12345"), Action::Asked(())]);

    assert!(form.filled().is_none());
    assert_eq!(form.problem_at(Field::CODE), Some(ErrorCode::Session(SessionErrorCode::CodeInvalid).into()));
    assert_eq!(form.attention(), Some((0, Field::CODE)));
}

#[test]
fn each_new_mistake_asks_for_the_keyboard_again() {
    let form = form(SmallForm::FlowCode, [Action::Asked(()), Action::Asked(())]);

    assert_eq!(form.attention(), Some((1, Field::CODE)));
}

#[test]
fn an_authenticators_code_has_six_digits_and_a_mails_code_up_to_ten() {
    let ten = || [typed(Field::CODE, "1234567890"), Action::Asked(())];

    assert!(form(SmallForm::FactorCode, ten()).filled().is_none());
    assert!(form(SmallForm::FlowCode, ten()).filled().is_some());
}

#[test]
fn passing_through_an_empty_field_is_no_mistake() {
    let form = form(SmallForm::NewEmail, [Action::Left(Field::EMAIL)]);

    assert_eq!(form.problem_at(Field::EMAIL), None);
}

#[test]
fn a_wrong_code_lands_on_its_field_and_goes_when_the_field_changes() {
    let mut form = form(
        SmallForm::FlowCode,
        [
            typed(Field::CODE, "123456"),
            Action::Asked(()),
            refused(ErrorCode::Session(SessionErrorCode::CodeWrong)),
        ],
    );
    assert_eq!(form.problem_at(Field::CODE), Some(ErrorCode::Session(SessionErrorCode::CodeWrong).into()));
    assert_eq!(form.text(Field::CODE), "123456");

    form.on(typed(Field::CODE, "123457"));
    assert_eq!(form.problem_at(Field::CODE), None);
}

#[test]
fn a_failure_of_no_field_is_shown_for_the_whole_form_until_something_is_typed() {
    let mut form = form(
        SmallForm::NewEmail,
        [
            typed(Field::EMAIL, "ada@example.com"),
            Action::Asked(()),
            refused(ErrorCode::Session(SessionErrorCode::Offline)),
        ],
    );
    assert_eq!(form.task().problem(), Some(&ErrorCode::Session(SessionErrorCode::Offline).into()));

    form.on(typed(Field::EMAIL, "ada@example.org"));
    assert_eq!(form.task().problem(), None);
}

#[test]
fn the_password_of_now_appears_when_the_project_asks_for_it_and_nothing_typed_is_lost() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::CurrentPasswordNeeded));
    assert!(form.has(Field::CURRENT_PASSWORD) && !form.has(Field::NONCE));
    assert_eq!(form.attention().map(|(_, field)| field), Some(Field::CURRENT_PASSWORD));
    assert_eq!(form.problem_at(Field::CURRENT_PASSWORD), None, "it is a question, not a mistake");

    form.on(typed(Field::CURRENT_PASSWORD, "old"));
    form.on(Action::Asked(()));
    assert_eq!(sent(&form, Field::PASSWORD).as_deref(), Some(" new secret "));
    assert_eq!(sent(&form, Field::CURRENT_PASSWORD).as_deref(), Some("old"));
    assert_eq!(sent(&form, Field::NONCE), None);
}

#[test]
fn a_project_may_ask_for_the_password_of_now_and_then_for_a_code_too() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::CurrentPasswordNeeded));
    form.on(typed(Field::CURRENT_PASSWORD, "old"));
    form.on(Action::Asked(()));
    form.on(refused(ErrorCode::Session(SessionErrorCode::NonceNeeded)));

    assert!(form.has(Field::CURRENT_PASSWORD) && form.has(Field::NONCE));
    assert_eq!(form.text(Field::CURRENT_PASSWORD), "old");
}

#[test]
fn an_empty_extra_field_is_not_sent() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::NonceNeeded));
    form.on(Action::Asked(()));

    assert!(form.filled().is_none());
    assert_eq!(form.problem_at(Field::NONCE), Some(ErrorCode::Session(SessionErrorCode::CodeInvalid).into()));
}

#[test]
fn a_new_code_is_asked_for_by_sending_the_form_without_one() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::NonceNeeded));
    form.on(typed(Field::NONCE, "111111"));
    form.on(Action::Event(Event::AskedWithout(Field::NONCE)));
    assert_eq!(sent(&form, Field::PASSWORD).as_deref(), Some(" new secret "));
    assert_eq!(sent(&form, Field::NONCE), None);

    form.on(refused(ErrorCode::Session(SessionErrorCode::NonceNeeded)));
    assert!(form.has(Field::NONCE));
    assert_eq!(form.text(Field::NONCE), "");
}

#[test]
fn a_wrong_password_of_now_lands_on_its_field_even_where_it_was_not_shown_yet() {
    let form = new_password(ErrorCode::Session(SessionErrorCode::CurrentPasswordWrong));

    assert_eq!(
        form.problem_at(Field::CURRENT_PASSWORD),
        Some(ErrorCode::Session(SessionErrorCode::CurrentPasswordWrong).into())
    );
}

#[test]
fn only_the_password_form_grows() {
    let form = form(
        SmallForm::NewEmail,
        [
            typed(Field::EMAIL, "a@b.example"),
            Action::Asked(()),
            refused(ErrorCode::Session(SessionErrorCode::NonceNeeded)),
        ],
    );

    assert!(!form.has(Field::NONCE));
    assert_eq!(form.task().problem(), Some(&ErrorCode::Session(SessionErrorCode::NonceNeeded).into()));
}

#[test]
fn no_password_and_no_code_outlives_its_use() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::NonceNeeded));
    form.on(typed(Field::NONCE, "123456"));
    form.on(Action::Asked(()));
    form.on(Action::Done);

    assert!(form.task().is_done());
    assert_eq!((form.text(Field::PASSWORD), form.text(Field::NONCE)), ("", ""));
    assert!(!form.has(Field::NONCE));
    assert_eq!(form.problem_at(Field::PASSWORD), None);
}

#[test]
fn the_address_of_a_foreign_code_stays_and_its_code_goes() {
    let form = form(
        SmallForm::ForeignCode,
        [
            typed(Field::EMAIL, "ada@example.com"),
            typed(Field::CODE, "123456"),
            Action::Asked(()),
            Action::Done,
        ],
    );

    assert_eq!((form.text(Field::EMAIL), form.text(Field::CODE)), ("ada@example.com", ""));
}

#[test]
fn an_account_goes_only_when_its_address_is_typed() {
    let kind = || SmallForm::Deletion("ada@example.com".into());
    assert!(!form(kind(), []).is_ready());
    assert!(!form(kind(), [typed(Field::Confirmation, "ada@example")]).is_ready());
    assert!(form(kind(), [Action::Asked(())]).filled().is_none());

    let fits = form(kind(), [typed(Field::Confirmation, " ada@example.com "), Action::Asked(())]);
    assert_eq!(sent(&fits, Field::Confirmation).as_deref(), Some("ada@example.com"));
}

#[test]
fn an_empty_link_is_not_sent() {
    assert!(form(SmallForm::Link, [typed(Field::Link, "  "), Action::Asked(())]).filled().is_none());
    assert!(form(SmallForm::Link, [typed(Field::Link, "app:x"), Action::Asked(())]).filled().is_some());
}

#[test]
fn a_form_is_sent_once_however_often_it_is_asked_for() {
    let mut form = form(SmallForm::Link, [typed(Field::Link, "app:x"), Action::Asked(())]);
    form.on(Action::Event(Event::AskedWithout(Field::Link)));

    assert_eq!(sent(&form, Field::Link).as_deref(), Some("app:x"));
}

#[test]
fn a_form_that_is_closed_forgets_what_was_typed_and_what_was_asked_for() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::NonceNeeded));
    assert!(!form.is_blank());

    form.on(Action::Event(Event::Closed));

    assert!(form.is_blank() && !form.has(Field::NONCE));
    assert_eq!(form.task(), &Task::Idle);
}

#[test]
fn a_request_that_is_under_way_is_not_forgotten() {
    let mut form = form(SmallForm::NewEmail, [typed(Field::EMAIL, "ada@example.com"), Action::Asked(())]);

    form.on(Action::Event(Event::Closed));

    assert_eq!(sent(&form, Field::EMAIL).as_deref(), Some("ada@example.com"));
}

/// A code from somebody's mail that was sent with a wrong address.
fn foreign_code() -> Form<SmallForm> {
    let sent = [typed(Field::EMAIL, "eda@example.com"), typed(Field::CODE, "123456"), Action::Asked(())];
    form(SmallForm::ForeignCode, sent)
}

fn code_wrong() -> Action {
    refused(ErrorCode::Session(SessionErrorCode::CodeWrong))
}

#[test]
fn a_code_that_was_refused_is_sent_again_once_its_address_is_corrected() {
    let mut form = foreign_code();
    form.on(code_wrong());
    form.on(Action::Asked(()));
    assert!(form.filled().is_none(), "nothing has changed");

    form.on(typed(Field::EMAIL, "ada@example.com"));
    assert_eq!(form.problem_at(Field::CODE), None);
    form.on(Action::Asked(()));
    assert_eq!(sent(&form, Field::CODE).as_deref(), Some("123456"));
}

#[test]
fn a_code_is_not_called_wrong_for_the_address_that_it_was_not_sent_with() {
    let mut form = foreign_code();
    form.on(typed(Field::EMAIL, "ada@example.com"));
    form.on(code_wrong());

    assert_eq!(form.problem_at(Field::CODE), None);
    form.on(Action::Asked(()));
    assert_eq!(sent(&form, Field::EMAIL).as_deref(), Some("ada@example.com"));
}

#[test]
fn a_code_that_one_factor_refused_is_sent_for_another_one() {
    let asked = || [typed(Field::CODE, "123456"), Action::Asked(())];
    let factor_changed = || Action::Event(Event::FactorChanged);
    let after = form(SmallForm::FactorCode, asked().into_iter().chain([code_wrong(), factor_changed()]));
    let meanwhile = form(SmallForm::FactorCode, asked().into_iter().chain([factor_changed(), code_wrong()]));

    for mut form in [after, meanwhile] {
        assert_eq!(form.problem_at(Field::CODE), None);
        form.on(Action::Asked(()));
        assert_eq!(sent(&form, Field::CODE).as_deref(), Some("123456"));
    }
}

#[test]
fn a_factor_that_was_given_up_leaves_no_code_and_no_error_behind() {
    let asked = [typed(Field::CODE, "123456"), Action::Asked(()), code_wrong()];
    let mut form = form(SmallForm::FactorCode, asked);

    form.on(Action::Event(Event::Closed));

    assert_eq!((form.text(Field::CODE), form.problem_at(Field::CODE)), ("", None));
}

#[test]
fn each_refusal_is_told_from_the_last() {
    let mut form = new_password(ErrorCode::Session(SessionErrorCode::NonceNeeded));
    let first = form.refusals();

    form.on(Action::Asked(()));
    form.on(refused(ErrorCode::Session(SessionErrorCode::Offline)));

    assert!(first.is_some() && form.refusals() != first);
}

//! What the form of the sign-in page promises.

use foyer_contract::CommandError;
use foyer_contract::SessionErrorCode;

use super::super::Action as FormAction;
use super::*;

type Action = FormAction<SignInRules>;

fn form(actions: impl IntoIterator<Item = Action>) -> SignInForm {
    let mut form = SignInForm::new(SignInRules::default());
    for action in actions {
        form.on(action);
    }
    form
}

fn sent(form: &SignInForm) -> Option<Request> {
    form.filled().map(|filled| filled.request())
}

/// The first field that shows a problem.
fn first_problem(form: &SignInForm) -> Option<Field> {
    form.fields().into_iter().find(|field| form.problem_at(*field).is_some())
}

fn typed(field: Field, text: &str) -> Action {
    Action::Typed(field, text.into())
}

fn filled() -> SignInForm {
    form([typed(Field::EMAIL, " ada@example.com "), typed(Field::PASSWORD, " secret ")])
}

#[test]
fn an_empty_form_is_not_sent_and_names_its_first_gap() {
    let form = form([Action::Asked(SignInAttempt::Submit)]);

    assert!(sent(&form).is_none());
    assert_eq!(first_problem(&form), Some(Field::EMAIL));
    assert_eq!(
        form.problem_at(Field::PASSWORD),
        Some(ErrorCode::Session(SessionErrorCode::PasswordMissing).into())
    );
}

#[test]
fn passing_through_an_empty_field_is_no_mistake() {
    let form = form([Action::Left(Field::EMAIL)]);

    assert_eq!(first_problem(&form), None);
}

#[test]
fn the_address_is_trimmed_and_the_password_is_not() {
    let mut form = filled();
    form.on(Action::Asked(SignInAttempt::Submit));

    let Some(Request::SignIn(request)) = sent(&form) else { panic!("not sent") };
    assert_eq!((request.email.as_str(), request.password.0.as_str()), ("ada@example.com", " secret "));
}

#[test]
fn nothing_typed_is_lost_by_a_failure_or_by_the_other_tab() {
    let mut form = filled();
    form.on(Action::Asked(SignInAttempt::Submit));
    form.on(Action::Failed(CommandError::new(SessionErrorCode::InvalidCredentials, "")));
    assert_eq!(form.task().problem(), Some(&ErrorCode::Session(SessionErrorCode::InvalidCredentials).into()));

    form.on(Action::Event(Event::Chose(Mode::SignUp)));
    assert_eq!(form.text(Field::EMAIL), " ada@example.com ");
    assert_eq!(form.text(Field::PASSWORD), " secret ");
    assert_eq!(form.task().problem(), None);
}

#[test]
fn a_weak_password_lands_on_its_field() {
    let mut form = form([
        Action::Event(Event::Chose(Mode::SignUp)),
        typed(Field::EMAIL, "ada@example.com"),
        typed(Field::PASSWORD, "123"),
        Action::Asked(SignInAttempt::Submit),
    ]);
    assert!(form.task().is_running());

    form.on(Action::Failed(CommandError::new(SessionErrorCode::WeakPassword, "").on(Field::PASSWORD)));
    assert_eq!(first_problem(&form), Some(Field::PASSWORD));
    assert_eq!(form.task().problem(), None);
}

#[test]
fn a_password_over_72_bytes_is_refused_for_a_new_account_only() {
    let long = "x".repeat(73);
    let mut form = form([
        typed(Field::EMAIL, "a@b.c"),
        typed(Field::PASSWORD, &long),
        Action::Event(Event::Chose(Mode::SignUp)),
    ]);
    form.on(Action::Asked(SignInAttempt::Submit));
    assert_eq!(
        form.problem_at(Field::PASSWORD),
        Some(ErrorCode::Session(SessionErrorCode::PasswordTooLong).into())
    );

    form.on(Action::Event(Event::Chose(Mode::SignIn)));
    form.on(Action::Asked(SignInAttempt::Submit));
    assert!(form.task().is_running());
}

#[test]
fn the_tabs_do_not_change_while_a_request_is_under_way() {
    let mut form = filled();
    form.on(Action::Asked(SignInAttempt::Submit));
    form.on(Action::Event(Event::Chose(Mode::SignUp)));

    assert_eq!(form.rules.mode, Mode::SignIn);
}

#[test]
fn the_password_does_not_outlive_its_use() {
    let mut form = filled();
    form.on(Action::Asked(SignInAttempt::Submit));
    form.on(Action::Done);

    assert_eq!(form.text(Field::PASSWORD), "");
    assert_eq!(first_problem(&form), None);
}

#[test]
fn a_link_needs_the_address_alone() {
    let mut form =
        form([Action::Event(Event::Chose(Mode::MagicLink)), typed(Field::EMAIL, " ada@example.com ")]);
    form.on(Action::Asked(SignInAttempt::Submit));

    let Some(Request::MagicLink(request)) = sent(&form) else { panic!("not sent") };
    assert_eq!(request.email, "ada@example.com");
}

#[test]
fn a_forgotten_password_uses_the_address_in_the_form_and_asks_for_it_where_there_is_none() {
    let mut form = form([Action::Asked(SignInAttempt::Recover)]);
    assert!(sent(&form).is_none());
    assert_eq!(first_problem(&form), Some(Field::EMAIL));
    assert_eq!(form.problem_at(Field::PASSWORD), None, "the password is what is forgotten");

    form.on(typed(Field::EMAIL, "ada@example.com"));
    form.on(Action::Asked(SignInAttempt::Recover));
    let Some(Request::Recovery(request)) = sent(&form) else { panic!("not sent") };
    assert_eq!(request.email, "ada@example.com");
}

#[test]
fn a_provider_and_no_address_at_all_need_nothing_typed() {
    let provider = form([Action::Asked(SignInAttempt::Provider("github".into()))]);
    let Some(Request::Provider(request)) = sent(&provider) else { panic!("not sent") };
    assert_eq!(request.provider, "github");

    let anonymous = form([Action::Asked(SignInAttempt::Anonymous)]);
    assert!(matches!(sent(&anonymous), Some(Request::Anonymous(_))));
}

#[test]
fn mistakes_in_the_form_are_not_held_against_another_way_in() {
    let form =
        form([Action::Asked(SignInAttempt::Submit), Action::Asked(SignInAttempt::Provider("github".into()))]);

    assert_eq!(first_problem(&form), None);
    assert!(sent(&form).is_some());
}

#[test]
fn a_failure_of_a_provider_is_the_pages_and_not_a_fields() {
    let mut form = form([Action::Asked(SignInAttempt::Provider("github".into()))]);
    form.on(Action::Failed(CommandError::new(SessionErrorCode::EmailInvalid, "").on(Field::EMAIL)));

    assert_eq!(first_problem(&form), None);
    assert_eq!(form.task().problem(), Some(&ErrorCode::Session(SessionErrorCode::EmailInvalid).into()));
}

#[test]
fn two_ways_in_are_not_tried_at_once() {
    let form = form([
        Action::Asked(SignInAttempt::Anonymous),
        Action::Asked(SignInAttempt::Provider("github".into())),
    ]);

    assert_eq!(form.task().running(), Some(&SignInAttempt::Anonymous));
}

#[test]
fn an_address_that_nobody_has_confirmed_can_be_sent_its_mail_again() {
    let refused = || Action::Failed(CommandError::new(SessionErrorCode::EmailNotConfirmed, ""));
    let mut form = filled();
    assert!(!form.can_confirm());
    form.on(Action::Asked(SignInAttempt::Submit));
    form.on(refused());
    assert!(form.can_confirm());

    form.on(Action::Asked(SignInAttempt::Confirm));
    assert!(matches!(sent(&form), Some(Request::Confirmation(asked)) if asked.email == "ada@example.com"));
    assert!(form.can_confirm(), "the button stays while it is pressed");

    form.on(refused());
    form.on(typed(Field::EMAIL, "other@example.com"));
    assert!(!form.can_confirm(), "it is about another address now");
}

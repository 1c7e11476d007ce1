//! What the ways in promise.

use super::*;

fn form(actions: impl IntoIterator<Item = Action>) -> SignInForm {
    let mut form = SignInForm::default();
    for action in actions {
        form.on(action);
    }
    form
}

fn typed(field: Field, text: &str) -> Action {
    Action::Typed(field, text.into())
}

fn filled() -> SignInForm {
    form([typed(Field::Email, " ada@example.com "), typed(Field::Password, " secret ")])
}

#[test]
fn an_empty_form_is_not_sent_and_names_its_first_gap() {
    let form = form([Action::Asked(Errand::Enter)]);

    assert!(form.request().is_none());
    assert_eq!(form.first_problem(), Some(Field::Email));
    assert_eq!(form.problem_at(Field::Password), Some(ErrorCode::PasswordMissing.into()));
}

#[test]
fn passing_through_an_empty_field_is_no_mistake() {
    let form = form([Action::Left(Field::Email)]);

    assert_eq!(form.first_problem(), None);
}

#[test]
fn the_address_is_trimmed_and_the_password_is_not() {
    let mut form = filled();
    form.on(Action::Asked(Errand::Enter));

    let Some(Request::SignIn(request)) = form.request() else { panic!("not sent") };
    assert_eq!((request.email.as_str(), request.password.0.as_str()), ("ada@example.com", " secret "));
}

#[test]
fn nothing_typed_is_lost_by_a_failure_or_by_the_other_tab() {
    let mut form = filled();
    form.on(Action::Asked(Errand::Enter));
    form.on(Action::Failed(CommandError::new(ErrorCode::InvalidCredentials, "")));
    assert_eq!(form.problem, Some(ErrorCode::InvalidCredentials.into()));

    form.on(Action::Chose(Mode::SignUp));
    assert_eq!(form.text(Field::Email), " ada@example.com ");
    assert_eq!(form.text(Field::Password), " secret ");
    assert_eq!(form.problem, None);
}

#[test]
fn a_weak_password_lands_on_its_field() {
    let mut form = form([
        Action::Chose(Mode::SignUp),
        typed(Field::Email, "ada@example.com"),
        typed(Field::Password, "123"),
        Action::Asked(Errand::Enter),
    ]);
    assert!(form.busy.is_some());

    form.on(Action::Failed(CommandError::new(ErrorCode::WeakPassword, "").on(Field::Password)));
    assert_eq!(form.first_problem(), Some(Field::Password));
    assert_eq!(form.problem, None);
}

#[test]
fn a_password_over_72_bytes_is_refused_for_a_new_account_only() {
    let long = "x".repeat(73);
    let mut form =
        form([typed(Field::Email, "a@b.c"), typed(Field::Password, &long), Action::Chose(Mode::SignUp)]);
    form.on(Action::Asked(Errand::Enter));
    assert_eq!(form.problem_at(Field::Password), Some(ErrorCode::PasswordTooLong.into()));

    form.on(Action::Chose(Mode::SignIn));
    form.on(Action::Asked(Errand::Enter));
    assert!(form.busy.is_some());
}

#[test]
fn the_tabs_do_not_change_while_a_request_is_under_way() {
    let mut form = filled();
    form.on(Action::Asked(Errand::Enter));
    form.on(Action::Chose(Mode::SignUp));

    assert_eq!(form.mode, Mode::SignIn);
}

#[test]
fn the_password_does_not_outlive_its_use() {
    let mut form = filled();
    form.on(Action::Asked(Errand::Enter));
    form.on(Action::Done);

    assert_eq!(form.text(Field::Password), "");
    assert_eq!(form.first_problem(), None);
}

#[test]
fn a_link_needs_the_address_alone() {
    let mut form = form([Action::Chose(Mode::MagicLink), typed(Field::Email, " ada@example.com ")]);
    form.on(Action::Asked(Errand::Enter));

    let Some(Request::MagicLink(request)) = form.request() else { panic!("not sent") };
    assert_eq!(request.email, "ada@example.com");
}

#[test]
fn a_forgotten_password_uses_the_address_in_the_form_and_asks_for_it_where_there_is_none() {
    let mut form = form([Action::Asked(Errand::Recover)]);
    assert!(form.request().is_none());
    assert_eq!(form.first_problem(), Some(Field::Email));
    assert_eq!(form.problem_at(Field::Password), None, "the password is what is forgotten");

    form.on(typed(Field::Email, "ada@example.com"));
    form.on(Action::Asked(Errand::Recover));
    let Some(Request::Recovery(request)) = form.request() else { panic!("not sent") };
    assert_eq!(request.email, "ada@example.com");
}

#[test]
fn a_provider_and_no_address_at_all_need_nothing_typed() {
    let provider = form([Action::Asked(Errand::Provider("github".into()))]);
    let Some(Request::Provider(request)) = provider.request() else { panic!("not sent") };
    assert_eq!(request.provider, "github");

    let anonymous = form([Action::Asked(Errand::Anonymous)]);
    assert!(matches!(anonymous.request(), Some(Request::Anonymous(_))));
}

#[test]
fn mistakes_in_the_form_are_not_held_against_another_way_in() {
    let form = form([Action::Asked(Errand::Enter), Action::Asked(Errand::Provider("github".into()))]);

    assert_eq!(form.first_problem(), None);
    assert!(form.request().is_some());
}

#[test]
fn a_failure_of_a_provider_is_the_pages_and_not_a_fields() {
    let mut form = form([Action::Asked(Errand::Provider("github".into()))]);
    form.on(Action::Failed(CommandError::new(ErrorCode::EmailInvalid, "").on(Field::Email)));

    assert_eq!(form.first_problem(), None);
    assert_eq!(form.problem, Some(ErrorCode::EmailInvalid.into()));
}

#[test]
fn two_ways_in_are_not_tried_at_once() {
    let form = form([Action::Asked(Errand::Anonymous), Action::Asked(Errand::Provider("github".into()))]);

    assert_eq!(form.busy, Some(Errand::Anonymous));
}

#[test]
fn an_address_that_nobody_has_confirmed_can_be_sent_its_mail_again() {
    let refused = || Action::Failed(CommandError::new(ErrorCode::EmailNotConfirmed, ""));
    let mut form = filled();
    assert!(!form.can_confirm());
    form.on(Action::Asked(Errand::Enter));
    form.on(refused());
    assert!(form.can_confirm());

    form.on(Action::Asked(Errand::Confirm));
    assert!(matches!(form.request(), Some(Request::Confirmation(asked)) if asked.email == "ada@example.com"));
    assert!(form.can_confirm(), "the button stays while it is pressed");

    form.on(refused());
    form.on(typed(Field::Email, "other@example.com"));
    assert!(!form.can_confirm(), "it is about another address now");
}

//! What is shown and what may be done at each step.

use super::*;

const OLD: &str = "avatar://localhost/old";
const NEW: &str = "avatar://localhost/new";

fn preview(id: &str) -> AvatarPreview {
    AvatarPreview { id: id.into(), url: format!("avatar://localhost/preview/{id}") }
}

fn picture(id: &str) -> ChosenPicture {
    let url = format!("avatar://localhost/chosen/{id}");
    ChosenPicture { id: id.into(), url, width: 400, height: 300, most_zoom: 4.0 }
}

fn step(actions: impl IntoIterator<Item = Action>) -> AvatarStep {
    actions.into_iter().fold(AvatarStep::Idle, AvatarStep::on)
}

fn chosen() -> [Action; 4] {
    [
        Action::ChoiceAsked,
        Action::Chosen(picture("1")),
        Action::CropAsked,
        Action::Cropped(preview("1"), Some(OLD.into())),
    ]
}

fn failed(code: ErrorCode) -> Action {
    Action::UploadFailed("1".into(), CommandError::new(code, ""))
}

#[test]
fn what_is_kept_of_a_picture_is_shown_at_once_and_is_on_its_way() {
    let step = step(chosen());

    assert_eq!(step.shown(Some(OLD)), Some("avatar://localhost/preview/1"));
    assert_eq!(step.uploading(), Some("1"));
}

#[test]
fn a_closed_dialog_changes_nothing() {
    assert_eq!(step([Action::ChoiceAsked, Action::ChoiceDropped]), AvatarStep::Idle);
}

#[test]
fn a_failed_upload_keeps_the_preview_and_can_be_tried_again() {
    let failed = step(chosen()).on(failed(ErrorCode::Session(SessionErrorCode::Offline)));
    assert_eq!(failed.shown(Some(OLD)), Some("avatar://localhost/preview/1"));
    assert!(failed.can_retry());

    assert_eq!(failed.on(Action::RetryAsked).uploading(), Some("1"));
}

#[test]
fn the_preview_stays_until_the_accounts_own_picture_has_come() {
    let arrived = step(chosen()).on(Action::Uploaded("1".into()));

    assert_eq!(arrived.shown(Some(OLD)), Some("avatar://localhost/preview/1"));
    assert_eq!(arrived.shown(Some(NEW)), Some(NEW));
    assert!(!arrived.is_busy());
}

#[test]
fn a_cancelled_upload_brings_the_old_picture_back() {
    let dropped = step(chosen()).on(Action::Dropped);
    assert_eq!(dropped.shown(Some(OLD)), Some(OLD));

    assert_eq!(step(chosen()).on(failed(ErrorCode::Session(SessionErrorCode::Cancelled))), AvatarStep::Idle);
}

#[test]
fn the_late_answer_of_a_cancelled_upload_does_not_touch_the_next_one() {
    let next = step(chosen())
        .on(Action::Dropped)
        .on(Action::ChoiceAsked)
        .on(Action::Chosen(picture("2")))
        .on(Action::CropAsked)
        .on(Action::Cropped(preview("2"), None))
        .on(failed(ErrorCode::Session(SessionErrorCode::Cancelled)));

    assert_eq!(next.uploading(), Some("2"));
}

#[test]
fn a_preview_that_the_backend_forgot_is_not_offered_for_another_try() {
    let gone = step(chosen()).on(failed(ErrorCode::PreviewUnknown));

    assert!(!gone.can_retry());
    assert_eq!(gone.shown(Some(OLD)), Some(OLD));
    assert_eq!(gone.problem().map(|problem| problem.code), Some(ErrorCode::PreviewUnknown));
}

#[test]
fn a_refused_file_leaves_the_old_picture_and_another_may_be_chosen() {
    let refused = step([Action::ChoiceAsked, Action::Refused(CommandError::new(ErrorCode::ImageBroken, ""))]);
    assert_eq!(refused.shown(Some(OLD)), Some(OLD));

    assert_eq!(refused.on(Action::ChoiceAsked), AvatarStep::Choosing);
}

#[test]
fn a_choice_can_be_given_up_and_what_comes_of_it_later_changes_nothing() {
    let cancelled = || Action::Refused(CommandError::new(SessionErrorCode::Cancelled, ""));
    for late in [cancelled(), Action::ChoiceDropped, Action::Chosen(picture("1"))] {
        let dropped = step([Action::ChoiceAsked, Action::Dropped]);
        // Another choice would be taken for the one that was given up.
        assert!(dropped.is_busy() && !dropped.is_choosing());
        assert_eq!(dropped.on(late), AvatarStep::Idle);
    }
    assert_eq!(step([Action::ChoiceAsked, cancelled()]), AvatarStep::Idle);
}

#[test]
fn a_limit_is_said_as_its_owner_wrote_it() {
    let said = [5120, 5000, 1 << 20, 10_000_000, 1_500_000, 700, 5_999]
        .map(|bytes| format!("{} {:?}", Size::of(bytes).number, Size::of(bytes).unit));

    assert_eq!(
        said,
        [
            "5 Kilobytes",
            "5 Kilobytes",
            "1 Megabytes",
            "10 Megabytes",
            "1.5 Megabytes",
            "700 Bytes",
            "5.9 Kilobytes"
        ]
    );
}

#[test]
fn nothing_else_begins_while_something_is_under_way() {
    assert_eq!(step(chosen()).on(Action::RemovalAsked).uploading(), Some("1"));
    assert_eq!(step([Action::RemovalAsked]).on(Action::ChoiceAsked), AvatarStep::Removing);
}

#[test]
fn kilobytes_are_rounded_up() {
    assert_eq!([0, 1, 1000, 1001].map(kilobytes), [0, 1, 1, 2]);
}

#[test]
fn a_picture_whose_part_is_being_looked_for_takes_nobodys_place_and_can_be_given_up() {
    let cropping = step([Action::ChoiceAsked, Action::Chosen(picture("1"))]);
    assert_eq!(cropping.cropping().map(|picture| picture.id.as_str()), Some("1"));
    assert_eq!(cropping.shown(Some(OLD)), Some(OLD));
    assert!(cropping.is_busy() && !cropping.is_preparing());

    assert_eq!(cropping.clone().on(Action::Dropped), AvatarStep::Idle);
    let preparing = cropping.on(Action::CropAsked);
    assert!(preparing.is_preparing() && preparing.cropping().is_some());
    let dropped = preparing.on(Action::Dropped);
    assert!(dropped.is_busy() && dropped.cropping().is_none());
    assert_eq!(dropped.on(Action::Cropped(preview("1"), None)), AvatarStep::Idle);
}

#[test]
fn a_part_that_cannot_be_had_is_said_and_the_old_picture_stays() {
    let refused = step([Action::ChoiceAsked, Action::Chosen(picture("1")), Action::CropAsked])
        .on(Action::Refused(CommandError::new(ErrorCode::ImageTooHeavy, "")));

    assert_eq!(refused.shown(Some(OLD)), Some(OLD));
    assert!(refused.problem().is_some() && !refused.is_busy());
}

#[test]
fn a_removed_picture_is_brought_back_or_it_is_said_why_not() {
    let restoring = step([Action::RestoreAsked]);
    assert!(restoring.is_busy());

    assert_eq!(restoring.clone().on(Action::Restored), AvatarStep::Idle);
    let refused = restoring.on(Action::Refused(CommandError::new(ErrorCode::Conflict, "")));
    assert_eq!(refused.problem().map(|problem| problem.code), Some(ErrorCode::Conflict));
}

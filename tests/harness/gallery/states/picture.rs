//! The picture on the account page: chosen, cropped, on its way, refused, removed.

use foyer_contract::avatar::{
    AvatarPreview, AvatarProgress, ChooseAvatar, ChosenPicture, CropAvatar, Drag, RemoveAvatar,
    RestoreAvatar, UploadAvatar,
};
use foyer_contract::view::{AccountView, AppView};
use foyer_contract::{CommandError, ErrorCode, Message, SessionErrorCode};

use super::State;
use super::ground::{account, having, signed_in};

pub(super) fn all() -> Vec<State> {
    [choosing(), uploading(), refused(), others()].concat()
}

fn chosen() -> ChosenPicture {
    ChosenPicture { id: "1".into(), url: "/portrait.svg".into(), width: 900, height: 600, most_zoom: 8.0 }
}

fn cropping(name: &'static str) -> State {
    State::new(name, signed_in()).gives::<ChooseAvatar>(&Some(chosen())).click("avatar-choose")
}

/// A part of the chosen picture is kept.
fn kept(name: &'static str) -> State {
    let part = AvatarPreview { id: "2".into(), url: "/portrait.svg".into() };
    cropping(name).gives::<CropAvatar>(&part).click("crop-apply")
}

fn failed(code: impl Into<ErrorCode>) -> CommandError {
    CommandError::new(code, "")
}

fn choosing() -> Vec<State> {
    vec![
        State::new("picture-choosing", signed_in()).click("avatar-choose"),
        State::new("picture-stopping", signed_in()).click("avatar-choose").click("avatar-cancel"),
        cropping("picture-cropping"),
        cropping("picture-cropping-turned").types("crop-zoom", "50").click("crop-turn"),
        State::new("picture-cropping-small", signed_in())
            .gives::<ChooseAvatar>(&Some(ChosenPicture { width: 40, height: 60, most_zoom: 1.0, ..chosen() }))
            .click("avatar-choose"),
        cropping("picture-preparing").click("crop-apply"),
    ]
}

fn uploading() -> Vec<State> {
    let sent = |sent| Message::AvatarProgress(AvatarProgress { sent, total: 51_234 });
    let retried = kept("picture-retried")
        .fails_once::<UploadAvatar>(failed(SessionErrorCode::Offline))
        .click("avatar-retry");
    vec![
        kept("picture-uploading"),
        kept("picture-sending").then_hears(&sent(19_000)),
        kept("picture-almost-done").then_hears(&sent(51_234)),
        kept("picture-failed").fails::<UploadAvatar>(failed(SessionErrorCode::Offline)),
        retried.then_hears(&sent(8_000)),
        kept("picture-done").gives::<UploadAvatar>(&()),
        kept("picture-cancelled").click("avatar-cancel"),
    ]
}

fn refused() -> Vec<State> {
    let refused = |name, error: CommandError| {
        State::new(name, signed_in()).fails::<ChooseAvatar>(error).click("avatar-choose")
    };
    let limit = CommandError { bytes: Some(2 * 1024), ..failed(ErrorCode::BucketLimit) };
    vec![
        refused("picture-too-large", failed(ErrorCode::FileTooLarge)),
        refused("picture-not-one-file", failed(ErrorCode::NotOneFile)),
        cropping("picture-bucket-limit").fails::<CropAvatar>(limit).click("crop-apply"),
        kept("picture-gone").fails::<UploadAvatar>(failed(ErrorCode::PreviewUnknown)),
    ]
}

fn others() -> Vec<State> {
    let empty = AccountView { avatar_url: None, has_picture: false, ..account() };
    let removed = || -> AppView { having(AccountView { can_restore_picture: true, ..empty.clone() }) };
    let gone = failed(SessionErrorCode::Offline);
    vec![
        State::new("picture-none", having(empty.clone())),
        State::new(
            "picture-small-bucket",
            having(AccountView { picture_limit: Some(20 * 1024), ..account() }),
        ),
        State::new("picture-dragged-over", signed_in()).hears(&Message::Drag(Drag::Over)),
        State::new("picture-removing", signed_in()).click("avatar-remove"),
        State::new("picture-removed", removed()),
        State::new("picture-restoring", removed()).click("avatar-undo"),
        State::new("picture-not-restored", removed())
            .fails::<RestoreAvatar>(gone.clone())
            .click("avatar-undo"),
        State::new("picture-not-removed", signed_in()).fails::<RemoveAvatar>(gone).click("avatar-remove"),
        State::new(
            "picture-broken",
            having(AccountView { avatar_url: Some("/no-such-picture".into()), ..account() }),
        ),
    ]
}

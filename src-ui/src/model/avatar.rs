//! The picture between the file dialog and the server: what is shown and what may be done at each step.

use std::rc::Rc;

use foyer_contract::avatar::AvatarPreview;
use foyer_contract::{CommandError, ErrorCode, SessionErrorCode};
use yew::Reducible;

use super::problem::Problem;

/// How far the picture is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum AvatarStep {
    /// Nothing is under way.
    #[default]
    Idle,
    /// The file dialog is open or the file is being read.
    Choosing,
    /// The choice was cancelled; the backend has not said so yet.
    Stopping,
    /// The chosen file was refused, or the picture could not be removed.
    Refused(Problem),
    /// The preview is on its way to the server.
    Uploading(Upload),
    /// The upload failed. The preview stays for another try.
    Failed(Upload, Problem),
    /// The server has it; the preview is shown until the account's own picture is there.
    Arrived(Upload),
    /// The account's picture is being removed.
    Removing,
}

/// A picture on its way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Upload {
    /// What is shown and sent.
    pub(crate) preview: AvatarPreview,
    /// The account's picture when the upload began.
    before: Option<String>,
}

/// What happens to the picture.
#[derive(Debug)]
pub(crate) enum Action {
    /// The person wants to choose a file.
    ChoiceAsked,
    /// The person closed the dialog.
    ChoiceDropped,
    /// The person chose a picture; the second value is the account's picture now.
    Chosen(AvatarPreview, Option<String>),
    /// The file was refused, or the removal.
    Refused(CommandError),
    /// Another try with the same preview.
    RetryAsked,
    /// The server has the preview with this id.
    Uploaded(String),
    /// The server does not have the preview with this id.
    UploadFailed(String, CommandError),
    /// The person cancelled the choice or the upload.
    Dropped,
    /// The person wants no picture.
    RemovalAsked,
    /// The picture is gone.
    Removed,
}

impl AvatarStep {
    /// The address of the picture to show, where the account's own is `current`.
    pub(crate) fn shown<'a>(&'a self, current: Option<&'a str>) -> Option<&'a str> {
        match self {
            Self::Uploading(upload) | Self::Failed(upload, _) => Some(&upload.preview.url),
            Self::Arrived(upload) if upload.before.as_deref() == current => Some(&upload.preview.url),
            _ => current,
        }
    }

    /// True where choosing and removing have to wait.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Choosing | Self::Stopping | Self::Uploading(_) | Self::Removing)
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) | Self::Failed(_, problem) => Some(problem),
            _ => None,
        }
    }

    /// True where the file dialog is open or the file is being read.
    pub(crate) fn is_choosing(&self) -> bool {
        *self == Self::Choosing
    }

    /// The upload that may be tried again.
    pub(crate) fn can_retry(&self) -> bool {
        matches!(self, Self::Failed(..))
    }

    /// The id to upload, while uploading.
    pub(crate) fn uploading(&self) -> Option<&str> {
        match self {
            Self::Uploading(upload) => Some(&upload.preview.id),
            _ => None,
        }
    }

    fn on(self, action: Action) -> Self {
        use Action as A;
        match (self, action) {
            (step, A::ChoiceAsked) if !step.is_busy() => Self::Choosing,
            (Self::Choosing, A::ChoiceDropped) => Self::Idle,
            (Self::Choosing, A::Chosen(preview, before)) => Self::Uploading(Upload { preview, before }),
            // The person cancelled: nobody needs to be told.
            (Self::Choosing, A::Refused(error))
                if error.code == ErrorCode::Session(SessionErrorCode::Cancelled) =>
            {
                Self::Idle
            }
            (Self::Choosing | Self::Removing, A::Refused(error)) => Self::Refused(error.into()),
            (Self::Failed(upload, _), A::RetryAsked) => Self::Uploading(upload),
            // The answer of an upload that was given up meanwhile changes nothing.
            (Self::Uploading(upload), A::Uploaded(id)) if upload.preview.id == id => Self::Arrived(upload),
            (Self::Uploading(upload), A::UploadFailed(id, error)) if upload.preview.id == id => {
                match error.code {
                    ErrorCode::Session(SessionErrorCode::Cancelled) => Self::Idle,
                    // Nothing is left that could be tried again.
                    ErrorCode::PreviewUnknown => Self::Refused(error.into()),
                    _ => Self::Failed(upload, error.into()),
                }
            }
            (Self::Choosing, A::Dropped) => Self::Stopping,
            // Whatever became of it: nobody wants it any more.
            (Self::Stopping, A::ChoiceDropped | A::Chosen(..) | A::Refused(_)) => Self::Idle,
            (Self::Uploading(_) | Self::Failed(..), A::Dropped) => Self::Idle,
            (step, A::RemovalAsked) if !step.is_busy() => Self::Removing,
            (Self::Removing, A::Removed) => Self::Idle,
            (step, _) => step,
        }
    }
}

impl Reducible for AvatarStep {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).on(action))
    }
}

/// Bytes in kilobytes as people read them: never 0 for something, rounded up.
pub(crate) fn kilobytes(bytes: u64) -> u64 {
    bytes.div_ceil(1000)
}

/// A number of bytes as people read it.
pub(crate) struct Size {
    /// A whole number, or one with one digit behind the point.
    pub(crate) number: f64,
    /// The unit of the number.
    pub(crate) unit: Unit,
}

/// What a size is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    Kilobytes,
    Megabytes,
}

impl Size {
    /// A size, rounded down: a limit is never said to be more than it is. Owners count with 1,024 as well as with 1,000.
    pub(crate) fn of(bytes: u64) -> Self {
        let base = if bytes.is_multiple_of(1024) { 1024 } else { 1000 };
        let (tenths, unit) = match bytes {
            bytes if bytes >= base * base => (bytes * 10 / (base * base), Unit::Megabytes),
            bytes if bytes >= base => (bytes * 10 / base, Unit::Kilobytes),
            bytes => (bytes * 10, Unit::Bytes),
        };
        // As many tenths as there can be of megabytes are exact in it.
        #[allow(clippy::cast_precision_loss)]
        let number = tenths as f64 / 10.0;
        Self { number, unit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "avatar://localhost/old";
    const NEW: &str = "avatar://localhost/new";

    fn preview(id: &str) -> AvatarPreview {
        AvatarPreview { id: id.into(), url: format!("avatar://localhost/preview/{id}") }
    }

    fn step(actions: impl IntoIterator<Item = Action>) -> AvatarStep {
        actions.into_iter().fold(AvatarStep::Idle, AvatarStep::on)
    }

    fn chosen() -> [Action; 2] {
        [Action::ChoiceAsked, Action::Chosen(preview("1"), Some(OLD.into()))]
    }

    fn failed(code: ErrorCode) -> Action {
        Action::UploadFailed("1".into(), CommandError::new(code, ""))
    }

    #[test]
    fn a_chosen_picture_is_shown_at_once_and_is_on_its_way() {
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

        assert_eq!(
            step(chosen()).on(failed(ErrorCode::Session(SessionErrorCode::Cancelled))),
            AvatarStep::Idle
        );
    }

    #[test]
    fn the_late_answer_of_a_cancelled_upload_does_not_touch_the_next_one() {
        let next = step(chosen())
            .on(Action::Dropped)
            .on(Action::ChoiceAsked)
            .on(Action::Chosen(preview("2"), None))
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
        let refused =
            step([Action::ChoiceAsked, Action::Refused(CommandError::new(ErrorCode::ImageBroken, ""))]);
        assert_eq!(refused.shown(Some(OLD)), Some(OLD));

        assert_eq!(refused.on(Action::ChoiceAsked), AvatarStep::Choosing);
    }

    #[test]
    fn a_choice_can_be_given_up_and_what_comes_of_it_later_changes_nothing() {
        let cancelled = || Action::Refused(CommandError::new(SessionErrorCode::Cancelled, ""));
        for late in [cancelled(), Action::ChoiceDropped, Action::Chosen(preview("1"), None)] {
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
}

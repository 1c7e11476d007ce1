//! The picture between the file dialog and the server: what is shown and what may be done at each step.

use std::rc::Rc;

use foyer_contract::avatar::{AvatarPreview, ChosenPicture};
use foyer_contract::{CommandError, ErrorCode, SessionErrorCode};
use yew::Reducible;

use super::problem::Problem;

/// How far the picture is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum AvatarStep {
    /// Nothing is under way.
    #[default]
    Idle,
    /// The file dialog is open, or the picture is being read.
    Choosing,
    /// The person looks for the part of the picture that they keep.
    Cropping(ChosenPicture),
    /// That part is being prepared.
    Preparing(ChosenPicture),
    /// What was under way was cancelled; the backend has not said so yet.
    Stopping,
    /// What was chosen was refused, or the picture could not be removed or brought back.
    Refused(Problem),
    /// The preview is on its way to the server.
    Uploading(Upload),
    /// The upload failed. The preview stays for another try.
    Failed(Upload, Problem),
    /// The server has it; the preview is shown until the account's own picture is there.
    Arrived(Upload),
    /// The account's picture is being removed.
    Removing,
    /// The picture that was removed last is being brought back.
    Restoring,
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
    /// The person wants to choose a file, or to paste or drop one.
    ChoiceAsked,
    /// The person chose nothing.
    ChoiceDropped,
    /// The person chose a picture.
    Chosen(ChosenPicture),
    /// The person has found the part that they keep.
    CropAsked,
    /// That part is ready; the second value is the account's picture now.
    Cropped(AvatarPreview, Option<String>),
    /// What was chosen was refused, or the removal, or its undo.
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
    /// The person wants the removed picture back.
    RestoreAsked,
    /// The picture is back.
    Restored,
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
        match self {
            Self::Idle | Self::Refused(_) | Self::Failed(..) | Self::Arrived(_) => false,
            Self::Choosing
            | Self::Cropping(_)
            | Self::Preparing(_)
            | Self::Stopping
            | Self::Uploading(_)
            | Self::Removing
            | Self::Restoring => true,
        }
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) | Self::Failed(_, problem) => Some(problem),
            _ => None,
        }
    }

    /// The picture of which the person looks for a part, or of which that part is being prepared.
    pub(crate) fn cropping(&self) -> Option<&ChosenPicture> {
        match self {
            Self::Cropping(picture) | Self::Preparing(picture) => Some(picture),
            _ => None,
        }
    }

    /// True where the part of the picture that is kept is being prepared.
    pub(crate) fn is_preparing(&self) -> bool {
        matches!(self, Self::Preparing(_))
    }

    /// True where the file dialog is open, or the picture is being read.
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
            (Self::Choosing, A::Chosen(picture)) => Self::Cropping(picture),
            (Self::Cropping(picture), A::CropAsked) => Self::Preparing(picture),
            (Self::Preparing(_), A::Cropped(preview, before)) => Self::Uploading(Upload { preview, before }),
            // The person cancelled: nobody needs to be told.
            (Self::Choosing | Self::Preparing(_), A::Refused(error))
                if error.code == ErrorCode::Session(SessionErrorCode::Cancelled) =>
            {
                Self::Idle
            }
            (Self::Choosing | Self::Preparing(_) | Self::Removing | Self::Restoring, A::Refused(error)) => {
                Self::Refused(error.into())
            }
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
            (Self::Choosing | Self::Preparing(_), A::Dropped) => Self::Stopping,
            // Whatever became of it: nobody wants it any more.
            (Self::Stopping, A::ChoiceDropped | A::Chosen(_) | A::Cropped(..) | A::Refused(_)) => Self::Idle,
            (Self::Cropping(_) | Self::Uploading(_) | Self::Failed(..), A::Dropped) => Self::Idle,
            (step, A::RemovalAsked) if !step.is_busy() => Self::Removing,
            (step, A::RestoreAsked) if !step.is_busy() => Self::Restoring,
            (Self::Removing, A::Removed) | (Self::Restoring, A::Restored) => Self::Idle,
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
#[path = "avatar_tests.rs"]
mod tests;

//! What can be done about updates, and how much of a download has come.

use foyer_contract::updates::{UpdateAction, UpdateProblem, UpdateStep, UpdatesView};

/// What comes next at this step, where the last thing failed like this.
pub(crate) fn next_action(step: UpdateStep, problem: Option<UpdateProblem>) -> UpdateAction {
    use UpdateProblem::{BrokenOff, Unreachable};
    use UpdateStep::{Available, Checking, Downloading, Elsewhere, Installing, Newest, Ready, Unknown};
    match step {
        Unknown | Checking | Newest | Elsewhere => UpdateAction::Check,
        // A file that was refused is refused again: by now there may be another one.
        Available if problem.is_some_and(|it| !matches!(it, BrokenOff | Unreachable)) => UpdateAction::Check,
        Available => UpdateAction::Download,
        Downloading => UpdateAction::Cancel,
        Ready | Installing => UpdateAction::Install,
    }
}

/// Whether the day of the last check, or why it failed, says all that is known: nobody has asked since the app was started.
pub(crate) fn is_told_otherwise(view: &UpdatesView) -> bool {
    view.step == UpdateStep::Unknown && (view.checked.is_some() || view.problem.is_some())
}

/// Bytes in megabytes as people read them, with one digit behind the point, rounded down: a file that has not come whole is
/// not said to be there.
pub(crate) fn megabytes(bytes: u64) -> f64 {
    // As many tenths as there can be of megabytes are exact in it.
    #[allow(clippy::cast_precision_loss)]
    let tenths = (bytes / 100_000) as f64;
    tenths / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_installed_that_was_not_downloaded_and_nothing_downloaded_that_was_not_found() {
        assert_eq!(next_action(UpdateStep::Newest, None), UpdateAction::Check);
        assert_eq!(next_action(UpdateStep::Elsewhere, None), UpdateAction::Check);
        assert_eq!(next_action(UpdateStep::Available, None), UpdateAction::Download);
        assert_eq!(next_action(UpdateStep::Ready, None), UpdateAction::Install);
    }

    #[test]
    fn a_download_that_broke_off_is_tried_again_and_a_refused_file_is_asked_about_anew() {
        let after = |problem| next_action(UpdateStep::Available, Some(problem));

        assert_eq!(after(UpdateProblem::BrokenOff), UpdateAction::Download);
        assert_eq!(after(UpdateProblem::Unreachable), UpdateAction::Download);
        assert_eq!(after(UpdateProblem::NotSigned), UpdateAction::Check);
        assert_eq!(after(UpdateProblem::TooLarge), UpdateAction::Check);
    }

    #[test]
    fn what_was_checked_before_is_not_called_unchecked() {
        let unknown = UpdatesView::default();
        assert!(!is_told_otherwise(&unknown));
        assert!(is_told_otherwise(&UpdatesView { checked: Some(1), ..unknown.clone() }));
        assert!(is_told_otherwise(&UpdatesView { problem: Some(UpdateProblem::NoBuild), ..unknown.clone() }));
        assert!(!is_told_otherwise(&UpdatesView { checked: Some(1), step: UpdateStep::Newest, ..unknown }));
    }

    #[test]
    fn megabytes_have_one_digit_behind_the_point() {
        let read = [0, 99_999, 100_000, 42_399_999, 87_654_321].map(|bytes| megabytes(bytes).to_string());
        assert_eq!(read, ["0", "0", "0.1", "42.3", "87.6"]);
    }
}

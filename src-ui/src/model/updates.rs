//! What can be done about updates, and how much of a download has come.

use foyer_contract::updates::{UpdateAction, UpdateStep};

/// What comes next at this step.
pub(crate) fn next_action(step: UpdateStep) -> UpdateAction {
    use UpdateStep::{Available, Checking, Downloading, Elsewhere, Installing, Newest, Ready, Unknown};
    match step {
        Unknown | Checking | Newest | Elsewhere => UpdateAction::Check,
        Available => UpdateAction::Download,
        Downloading => UpdateAction::Cancel,
        Ready | Installing => UpdateAction::Install,
    }
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
        assert_eq!(next_action(UpdateStep::Newest), UpdateAction::Check);
        assert_eq!(next_action(UpdateStep::Elsewhere), UpdateAction::Check);
        assert_eq!(next_action(UpdateStep::Available), UpdateAction::Download);
        assert_eq!(next_action(UpdateStep::Ready), UpdateAction::Install);
    }

    #[test]
    fn megabytes_have_one_digit_behind_the_point() {
        let read = [0, 99_999, 100_000, 42_399_999, 87_654_321].map(|bytes| megabytes(bytes).to_string());
        assert_eq!(read, ["0", "0", "0.1", "42.3", "87.6"]);
    }
}

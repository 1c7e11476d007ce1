//! What the window says about the protection of the session on this computer.

use foyer_contract::view::{KeychainState, Protection, ProtectionView};

/// What is wrong with the system's keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeychainProblem {
    /// It gives no key before the person unlocks it.
    Locked,
    /// It did not answer in time.
    Unanswered,
    /// There is none.
    Absent,
}

/// What is wrong with the system's keychain; `None` where it works, or nobody has asked it.
pub(crate) fn keychain_problem(view: &ProtectionView) -> Option<KeychainProblem> {
    match view.keychain {
        KeychainState::Unknown | KeychainState::Available => None,
        KeychainState::Locked => Some(KeychainProblem::Locked),
        KeychainState::Unanswered => Some(KeychainProblem::Unanswered),
        KeychainState::Absent => Some(KeychainProblem::Absent),
    }
}

/// The choice that is marked: what the person chose, else what protects the session without a choice.
pub(crate) fn chosen(view: &ProtectionView) -> Option<Protection> {
    view.chosen.or(view.active)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_that_works_or_was_not_asked_is_no_problem() {
        let of = |keychain| keychain_problem(&ProtectionView { keychain, ..ProtectionView::default() });

        assert_eq!((of(KeychainState::Unknown), of(KeychainState::Available)), (None, None));
        assert_eq!(of(KeychainState::Locked), Some(KeychainProblem::Locked));
        assert_eq!(of(KeychainState::Unanswered), Some(KeychainProblem::Unanswered));
        assert_eq!(of(KeychainState::Absent), Some(KeychainProblem::Absent));
    }

    #[test]
    fn without_a_choice_the_mark_is_on_what_protects_the_session() {
        let active = Some(Protection::KeyFile);
        let view = ProtectionView { active, ..ProtectionView::default() };
        assert_eq!(chosen(&view), active);

        let wanted = Some(Protection::Keychain);
        assert_eq!(chosen(&ProtectionView { chosen: wanted, ..view }), wanted);
    }
}

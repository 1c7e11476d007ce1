//! What protects the session on this computer.

use foyer_contract::view::{Protection, ProtectionView};

use crate::model::protection::KeychainProblem;
use crate::text::t;

/// What protects the session right now.
pub(crate) fn protection(view: &ProtectionView) -> String {
    match view.active {
        Some(protection) => t(active_key(protection)),
        None if view.is_key_missing() => t("protection-waiting"),
        None => t("protection-unknown"),
    }
}

/// A choice in a few words.
pub(crate) fn protection_choice(protection: Protection) -> String {
    t(choice_key(protection))
}

/// What a choice means.
pub(crate) fn protection_hint(protection: Protection) -> String {
    t(hint_key(protection))
}

/// What is wrong with the system's keychain, and what to do.
pub(crate) fn keychain_problem(problem: KeychainProblem) -> String {
    t(keychain_key(problem))
}

/// Why the session cannot be opened.
pub(crate) fn locked_title(problem: KeychainProblem) -> String {
    t(locked_title_key(problem))
}

/// What to do about a session that cannot be opened.
pub(crate) fn locked_lead(problem: KeychainProblem) -> String {
    t(locked_lead_key(problem))
}

keys! { active_key, ACTIVE_KEYS, Protection,
    Keychain => "protection-keychain",
    KeyFile => "protection-key-file",
    Memory => "protection-memory",
}

keys! { choice_key, CHOICE_KEYS, Protection,
    Keychain => "protection-choice-keychain",
    KeyFile => "protection-choice-key-file",
    Memory => "protection-choice-memory",
}

keys! { hint_key, HINT_KEYS, Protection,
    Keychain => "protection-hint-keychain",
    KeyFile => "protection-hint-key-file",
    Memory => "protection-hint-memory",
}

keys! { keychain_key, KEYCHAIN_KEYS, KeychainProblem,
    Locked => "keychain-locked",
    Unanswered => "keychain-unanswered",
    Absent => "keychain-absent",
}

keys! { locked_title_key, LOCKED_TITLE_KEYS, KeychainProblem,
    Locked => "locked-title",
    Unanswered => "locked-title-unanswered",
    Absent => "locked-title-unanswered",
}

keys! { locked_lead_key, LOCKED_LEAD_KEYS, KeychainProblem,
    Locked => "locked-lead",
    Unanswered => "locked-lead-unanswered",
    Absent => "locked-lead-unanswered",
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::KeychainState;

    use super::*;

    #[test]
    fn only_what_the_keychain_protects_is_said_to_be_protected_by_more_than_permissions() {
        let of = |active| protection(&ProtectionView { active, ..ProtectionView::default() });

        assert!(of(Some(Protection::Keychain)).contains("keychain"));
        assert!(of(Some(Protection::KeyFile)).contains("file permissions only"));
        assert!(of(Some(Protection::Memory)).contains("memory only"));
        for choice in [Protection::Keychain, Protection::KeyFile, Protection::Memory] {
            let words = of(Some(choice)) + &protection_choice(choice) + &protection_hint(choice);
            assert!(choice == Protection::Keychain || !words.contains("encrypt"), "{words}");
        }
    }

    #[test]
    fn a_missing_key_is_not_said_to_be_looked_for_still() {
        let missing = ProtectionView { keychain: KeychainState::Locked, ..ProtectionView::default() };

        assert_ne!(protection(&missing), protection(&ProtectionView::default()));
    }
}

//! The session on this machine: why it ended, and how it is kept.

use foyer_contract::view::{Protection, SignOutCause, StoreWarning};

use crate::text::t;

/// Why the person is on the sign-in page.
pub(crate) fn signed_out(cause: SignOutCause) -> String {
    t(sign_out_key(cause))
}

/// What is wrong with the store.
pub(crate) fn store_warning(warning: StoreWarning) -> String {
    t(store_warning_key(warning))
}

/// What protects the session right now; `None`: it is being found out.
pub(crate) fn protection(active: Option<Protection>) -> String {
    active.map_or_else(|| t("protection-unknown"), |protection| t(protection_key(protection)))
}

keys! { sign_out_key, SIGN_OUT_KEYS, SignOutCause,
    Asked => "signed-out-asked",
    Elsewhere => "signed-out-elsewhere",
    Expired => "signed-out-expired",
    Banned => "signed-out-banned",
    Deleted => "signed-out-deleted",
    StoreLost => "signed-out-store-lost",
}

keys! { store_warning_key, STORE_WARNING_KEYS, StoreWarning,
    NotSaved => "store-warning-not-saved",
    NotRemoved => "store-warning-not-removed",
}

keys! { protection_key, PROTECTION_KEYS, Protection,
    Keychain => "protection-keychain",
    KeyFile => "protection-key-file",
    Memory => "protection-memory",
}

//! The session on this machine: why it ended, and what is wrong with its store.

use foyer_contract::view::{SignOutCause, StoreWarning};

use crate::text::t;

/// Why the person is on the sign-in page.
pub(crate) fn signed_out(cause: SignOutCause) -> String {
    t(sign_out_key(cause))
}

/// What is wrong with the store.
pub(crate) fn store_warning(warning: StoreWarning) -> String {
    t(store_warning_key(warning))
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

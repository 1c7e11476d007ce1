//! Second factors.

use foyer_contract::names;
use foyer_contract::view::{FactorKind, FactorView};
use foyer_text::Value;

use crate::text::{t, t_with};

/// What the person calls a factor, else what it is with its number. The numbers count from 1, the index from 0.
pub(crate) fn factor_name(index: usize, factor: &FactorView) -> String {
    match factor.name.as_deref().map(str::trim).filter(|name| names::is_visible(name)) {
        Some(name) => names::shown(name).into_owned(),
        None => t_with(factor_name_key(factor.kind), [("number", index + 1)]),
    }
}

/// That second factors are asked for: how many there are, and the day on which the last one was added, where the server
/// tells.
pub(crate) fn factors_on(count: usize, last_added: Option<String>) -> String {
    let count = Value::from(count);
    match last_added {
        Some(day) => t_with("two-factor-count-day", [("count", count), ("day", day.into())]),
        None => t_with("two-factor-count", [("count", count)]),
    }
}

/// What kind of second factor it is.
pub(crate) fn factor_kind(kind: FactorKind) -> String {
    t(factor_kind_key(kind))
}

/// Which factor is needed that Foyer cannot ask for, and what to do.
pub(crate) fn second_factor_elsewhere(kind: FactorKind) -> String {
    t(elsewhere_key(kind))
}

keys! { factor_name_key, FACTOR_NAME_KEYS, FactorKind,
    Authenticator => "mfa-name",
    Phone => "mfa-name-phone",
    Passkey => "mfa-name-passkey",
    Other => "mfa-name-other",
}

keys! { factor_kind_key, FACTOR_KIND_KEYS, FactorKind,
    Authenticator => "mfa-kind-authenticator",
    Phone => "mfa-kind-phone",
    Passkey => "mfa-kind-passkey",
    Other => "mfa-kind-other",
}

keys! { elsewhere_key, ELSEWHERE_KEYS, FactorKind,
    Authenticator => "mfa-elsewhere-other",
    Phone => "mfa-elsewhere-phone",
    Passkey => "mfa-elsewhere-passkey",
    Other => "mfa-elsewhere-other",
}

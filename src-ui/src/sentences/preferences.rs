//! What a person prefers.

use foyer_contract::preferences::Theme;

use crate::text::t;

/// The name of a choice of colours.
pub(crate) fn theme(theme: Theme) -> String {
    t(theme_key(theme))
}

keys! { theme_key, THEME_KEYS, Theme,
    System => "theme-system",
    Light => "theme-light",
    Dark => "theme-dark",
}

//! Which sentence belongs to which code of the contract. The server's and the backend's own words are never shown.

/// One key for each variant: an exhaustive function for the window and a list for the test that looks for gaps.
macro_rules! keys {
    (
        $function:ident, $list:ident, $code:ident $({ $nested:ident => $table:ident })?,
        $($variant:ident => $key:literal,)*
    ) => {
        fn $function(code: $code) -> &'static str {
            match code {
                $($code::$nested(code) => $table(code),)?
                $($code::$variant => $key,)*
            }
        }
        #[cfg(test)]
        pub(super) const $list: &[&str] = &[$($key,)*];
    };
}

mod announcement;
mod connection;
mod doctor;
mod error;
mod factor;
mod menu;
mod notice;
mod preferences;
mod protection;
mod session;
#[cfg(test)]
mod tests;
mod updates;
mod waiting;

pub(crate) use announcement::announcement;
pub(crate) use connection::{redirect_mode, redirect_reason};
pub(crate) use doctor::{check_state, check_title, finding};
pub(crate) use error::{problem, size};
pub(crate) use factor::{factor_kind, factor_name, factors_on, second_factor_elsewhere};
pub(crate) use menu::{cap, menu_item, shortcut};
pub(crate) use notice::{is_good_news, notice};
pub(crate) use preferences::theme;
pub(crate) use protection::{
    keychain_problem, locked_lead, locked_title, protection, protection_choice, protection_hint,
};
pub(crate) use session::{signed_out, store_warning};
pub(crate) use updates::{update_problem, update_step};
pub(crate) use waiting::{waiting_end, waiting_lead, waiting_title};

//! A button that copies SQL for the project's owner.

use foyer_contract::account::{CopySql, OwnerSql};
use yew::prelude::*;

use super::use_task::{PressHandle, use_press};

/// Copies the SQL that adds this.
#[hook]
pub(crate) fn use_copy_sql(adds: OwnerSql) -> PressHandle {
    use_press(move || CopySql { adds })
}

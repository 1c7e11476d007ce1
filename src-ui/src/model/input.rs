//! One input of a form: what stands in it, and whom it tells of changes.

use foyer_contract::Field;
use yew::Callback;

use super::problem::Problem;

/// One input of a form, for the component that shows it.
#[derive(Clone, PartialEq)]
pub(crate) struct Input {
    /// Which field of the form it is for.
    pub(crate) field: Field,
    /// Its id and test id.
    pub(crate) id: &'static str,
    /// What stands in it.
    pub(crate) text: String,
    /// What is wrong with it.
    pub(crate) problem: Option<Problem>,
    /// Called with what is typed.
    pub(crate) on_type: Callback<String>,
    /// Called when the keyboard leaves it.
    pub(crate) on_leave: Callback<()>,
}

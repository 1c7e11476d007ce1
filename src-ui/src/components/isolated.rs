//! What others wrote, a name above all, among words of ours.

use foyer_contract::names;
use yew::prelude::*;

/// The text as it can be shown, with a direction of its own: whatever it holds, what stands beside it stays as it is.
pub(crate) fn isolated(text: &str) -> Html {
    html! { <bdi>{ names::shown(text).into_owned() }</bdi> }
}

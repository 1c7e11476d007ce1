//! Text that others wrote, such as a name, within the app's own sentences.

use foyer_contract::names;
use yew::prelude::*;

/// The text as it can be shown, in a direction of its own: no character in it changes the text beside it.
pub(crate) fn isolated(text: &str) -> Html {
    html! { <bdi>{ names::shown(text).into_owned() }</bdi> }
}

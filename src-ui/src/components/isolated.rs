//! Text that others wrote, such as a name, within the app's own sentences.

use foyer_contract::names;
use yew::prelude::*;

use crate::text::t_with;

/// Stands in a sentence for what is put there. No sentence has it (U+FFFC: an object is here).
const PLACE: &str = "\u{FFFC}";

/// The text as it can be shown, in a direction of its own: no character in it changes the text beside it.
pub(crate) fn isolated(text: &str) -> Html {
    html! { <bdi>{ names::shown(text).into_owned() }</bdi> }
}

/// The sentence with this key and this text of others in it, for its value `name`.
pub(crate) fn with_isolated(key: &str, name: &'static str, text: &str) -> Html {
    let sentence = t_with(key, [(name, PLACE)]);
    let Some((before, after)) = sentence.split_once(PLACE) else { return html! { { sentence } } };
    html! { <>{ before }{ isolated(text) }{ after }</> }
}

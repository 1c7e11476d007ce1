//! What anyone may see of somebody.

use foyer_contract::view::ProfileView;
use yew::prelude::*;

use super::avatar::Avatar;
use super::isolated::isolated;
use crate::model::person;

/// Somebody's name, username and website, with their picture where there is one to show.
pub(crate) fn person_card(profile: &ProfileView, picture: Option<String>) -> Html {
    let username = Some(profile.username.as_str()).filter(|username| !username.is_empty());
    let initials = person::initials(&profile.full_name, username);
    html! {
        <div class="person">
            <Avatar url={picture} {initials} />
            <div class="person-text">
                <strong>{ person::display_name(&profile.full_name, username).map(isolated) }</strong>
                if let Some(username) = username {
                    <span class="hint">{ "@" }{ isolated(username) }</span>
                }
                if !profile.website.is_empty() {
                    <span class="hint address">{ isolated(&profile.website) }</span>
                }
            </div>
        </div>
    }
}

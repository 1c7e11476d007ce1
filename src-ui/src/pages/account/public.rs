//! The account page's card for the public profile: what others see, as the server shows it to them.

use foyer_contract::account::PublicProfile;
use foyer_contract::view::ProfileView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::person_card::person_card;
use crate::hooks::use_own_public_profile;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct PublicProfileCardProps {
    /// The address of the account's own picture, where it has one.
    pub(super) picture: Option<String>,
}

/// The card for the public profile.
#[component]
pub(super) fn PublicProfileCard(props: &PublicProfileCardProps) -> Html {
    use_language();
    let public = use_own_public_profile();

    html! {
        <section class="card" aria-labelledby="public-title">
            <h2 id="public-title">{ t("public-profile-title") }</h2>
            <p class="hint">{ t("public-own-lead") }</p>
            <div role="status">
                if let Some(seen) = public.seen() {
                    <div class="stack" data-testid="public-own">{ what_others_see(seen, props.picture.as_deref()) }</div>
                }
            </div>
            { alert("public-own-error", public.problem()) }
            <div class="button-row">
                <Button testid="public-own-look" busy={public.is_asking()} onclick={public.look()}>
                    { if public.seen().is_some() { t("public-own-again") } else { t("public-own-look") } }
                </Button>
                if public.seen().is_some() {
                    <Button testid="public-own-close" weight={Weight::Quiet} onclick={public.close()}>
                        { t("public-own-close") }
                    </Button>
                }
            </div>
        </section>
    }
}

fn what_others_see(seen: &PublicProfile, picture: Option<&str>) -> Html {
    let profile = seen.profile.as_ref();
    let is_empty = profile.is_some_and(|profile| *profile == ProfileView::default()) && !seen.has_picture;
    // The account has a picture that others do not see.
    let hides_picture = picture.is_some() && !seen.has_picture;
    html! {
        <>
            if let Some(profile) = profile.filter(|_| !is_empty) {
                { person_card(profile, picture.filter(|_| seen.has_picture).map(str::to_owned)) }
            } else if is_empty {
                <p>{ t("public-own-empty") }</p>
            } else {
                <p>{ t("public-own-nothing") }</p>
            }
            <p class="hint">{ t("public-own-hidden") }</p>
            if profile.is_some() && hides_picture {
                <p class="hint" data-testid="public-own-no-picture">{ t("public-own-no-picture") }</p>
            }
        </>
    }
}

//! A person's picture in a circle, or their initials, or a silhouette.

use yew::prelude::*;

use super::icon::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct AvatarProps {
    pub(crate) url: Option<String>,
    pub(crate) initials: Option<String>,
    /// Whether a picture is on its way: nothing stands in its place until it has come.
    #[prop_or_default]
    pub(crate) is_coming: bool,
    /// What the picture shows; empty where a name stands beside it.
    #[prop_or_default]
    pub(crate) alt: String,
    #[prop_or_default]
    pub(crate) large: bool,
    /// The test id of the picture. Only the large one has one.
    #[prop_or_default]
    pub(crate) testid: Option<&'static str>,
}

/// A person's picture. One that cannot be loaded gives way to the initials.
#[component]
pub(crate) fn Avatar(props: &AvatarProps) -> Html {
    let broken = use_state_eq(|| None::<String>);
    let url = props.url.clone().filter(|url| broken.as_ref() != Some(url));
    let onerror = {
        let url = url.clone();
        Callback::from(move |_: Event| broken.set(url.clone()))
    };

    html! {
        <span class={classes!("avatar", props.large.then_some("avatar-large"))}>
            if let Some(url) = url {
                <img src={url} alt={props.alt.clone()} data-testid={props.testid} {onerror} />
            } else if props.is_coming {
            } else if let Some(initials) = &props.initials {
                <span aria-hidden="true" data-testid={props.testid.map(|_| "avatar-initials")}>{ initials }</span>
            } else {
                { icon(Icon::Person) }
            }
        </span>
    }
}

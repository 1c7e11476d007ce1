//! The one switch between pages. The backend's view alone decides which page is shown.

use foyer_contract::view::AppView;
use yew::prelude::*;

use crate::hooks::{AppHandle, use_announcement, use_app, use_app_state, use_escape_key, use_menu, use_wake};
use crate::model::page::{Page, owner, page};
use crate::pages::connect::ConnectPage;
use crate::pages::consent::ConsentPage;
use crate::pages::locked::LockedPage;
use crate::pages::new_password::NewPasswordPage;
use crate::pages::notices::Notices;
use crate::pages::second_factor::SecondFactorPage;
use crate::pages::settings::BesideSettings;
use crate::pages::sign_in::SignInPage;
use crate::pages::signed_in::SignedIn;
use crate::pages::starting::StartingPage;
use crate::pages::waiting::WaitingPage;
use crate::sentences;
use crate::text::{Shown, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct AppProps {
    /// What the backend laid down before the first script ran, if it did.
    pub(crate) view: Option<AppView>,
}

/// The window.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    use_language();
    let app = use_app_state(props.view.as_ref());
    use_wake();
    use_escape_key();
    let menu = use_menu();
    let said = use_announcement(&app);

    html! {
        <ContextProvider<Shown> context={Shown(app.state().language)}>
            <ContextProvider<AppHandle> context={app}>
                <p class="visually-hidden" role="status" data-testid="announcement">
                    if let Some(said) = said {
                        // A new element is read even where it says the same as the one before.
                        <span key={said.number}>{ sentences::announcement(&said.news) }</span>
                    }
                </p>
                <Notices menu={menu.clone()} />
                <Switch on_menu={menu.show().reform(|_: MouseEvent| ())} />
            </ContextProvider<AppHandle>>
        </ContextProvider<Shown>>
    }
}

#[derive(Properties, PartialEq)]
struct SwitchProps {
    /// The person wants the menu.
    on_menu: Callback<MouseEvent>,
}

#[component]
fn Switch(props: &SwitchProps) -> Html {
    let app = use_app();
    let owner = owner(app.view());
    let page = page(app.view());

    let content = match page {
        Page::Starting => return html! { <StartingPage /> },
        Page::Account => return html! { <SignedIn key={owner} on_menu={props.on_menu.clone()} /> },
        Page::Locked => html! { <LockedPage /> },
        Page::Connect => html! { <ConnectPage /> },
        // What is typed for one project is not shown for another.
        Page::SignIn => html! { <SignInPage key={owner} /> },
        Page::Waiting => app.waiting().map_or_else(Html::default, |waiting| {
            // The flow's id is the key: nothing typed for one flow is sent for another.
            html! { <WaitingPage key={waiting.id.clone()} waiting={waiting.clone()} /> }
        }),
        Page::Consent => {
            app.supabase().and_then(|view| view.consent.clone()).map_or_else(Html::default, |consent| {
                html! { <ConsentPage {consent} /> }
            })
        }
        Page::NewPassword => html! { <NewPasswordPage key={owner} /> },
        Page::SecondFactor => html! { <SecondFactorPage key={owner} /> },
    };
    html! { <BesideSettings key={format!("{page:?}")}>{ content }</BesideSettings> }
}

//! The frame around every page that only the signed-in person sees: navigation, who they are, the way out.

use yew::prelude::*;

use crate::browser;
use crate::components::avatar::Avatar;
use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::hooks::{AvatarHandle, SignOutHandle, use_app, use_avatar, use_profile_form, use_sign_out};
use crate::model::person;
use crate::pages::account::AccountPage;
use crate::text::t;

/// The frame with the account page in it.
#[component]
pub(crate) fn SignedIn() -> Html {
    let app = use_app();
    // Kept here and not on the page, so that what is typed outlives a change of page and signing out can ask.
    let form = use_profile_form(app.account().map(|account| account.profile.clone()));
    let avatar = use_avatar();
    let sign_out = use_sign_out(form.is_changed());

    html! {
        <div class="shell">
            <header class="rail">
                { brand() }
                <nav aria-label={t("navigation")}>
                    <button
                        class="rail-item"
                        type="button"
                        data-testid="nav-account"
                        aria-current="page"
                        onclick={Callback::from(|_: MouseEvent| browser::focus("account-title"))}
                    >
                        { icon(Icon::Person) }{ t("nav-account") }
                    </button>
                </nav>
                <Person avatar={avatar.clone()} sign_out={sign_out.clone()} />
            </header>
            <main class="content">
                { alert("sign-out-error", sign_out.problem().as_ref()) }
                <AccountPage {form} {avatar} />
            </main>
            if sign_out.is_asking() {
                <Dialog
                    testid="unsaved-dialog"
                    title={t("unsaved-title")}
                    on_close={sign_out.stay()}
                    buttons={html! {
                        <>
                            <Button testid="unsaved-stay" onclick={sign_out.stay().reform(|_: MouseEvent| ())}>
                                { t("unsaved-stay") }
                            </Button>
                            <Button testid="unsaved-discard" weight={Weight::Danger} onclick={sign_out.confirm()}>
                                { t("unsaved-discard") }
                            </Button>
                        </>
                    }}
                >
                    { t("unsaved-text") }
                </Dialog>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PersonProps {
    avatar: AvatarHandle,
    sign_out: SignOutHandle,
}

#[component]
fn Person(props: &PersonProps) -> Html {
    let app = use_app();
    let account = app.account();
    let email = account.and_then(|account| account.email.as_deref());
    let full_name = account.map_or("", |account| account.profile.full_name.as_str());
    let name = person::display_name(full_name, email);

    html! {
        <div class="rail-person">
            if account.is_some() {
                <Avatar url={props.avatar.shown()} initials={person::initials(full_name, email)} />
                <div class="rail-person-text" title={email.map(str::to_owned)}>
                    <span class="rail-person-name">{ name.unwrap_or_default() }</span>
                    if name != email {
                        <span class="rail-person-email">{ email.unwrap_or_default() }</span>
                    }
                </div>
            }
            <button
                class="icon-button"
                type="button"
                data-testid="sign-out"
                disabled={props.sign_out.is_running()}
                onclick={props.sign_out.ask()}
            >
                { icon(Icon::SignOut) }<span class="icon-button-text">{ t("sign-out") }</span>
            </button>
        </div>
    }
}

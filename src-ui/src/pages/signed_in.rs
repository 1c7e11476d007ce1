//! The frame around the pages of a signed-in person: navigation, who they are, signing out.

use yew::prelude::*;

use crate::browser;
use crate::components::avatar::Avatar;
use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::{
    AvatarHandle, SignOutHandle, use_app, use_avatar, use_profile_form, use_security, use_sign_out,
};
use crate::model::person;
use crate::model::sign_out::{Scope, UnsavedChanges, unsaved_changes};
use crate::pages::account::AccountPage;
use crate::pages::security::SecurityPage;
use crate::pages::settings::{self, SettingsPage};
use crate::text::t;

/// The pages in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Account,
    Security,
    Settings,
}

impl Section {
    /// The id of the page's title, which gets the focus when the person goes there.
    fn title(self) -> &'static str {
        match self {
            Self::Account => "account-title",
            Self::Security => "security-title",
            Self::Settings => settings::TITLE,
        }
    }
}

/// The frame with one of the pages in it.
#[component]
pub(crate) fn SignedIn() -> Html {
    let app = use_app();
    let section = use_state_eq(|| Section::Account);
    // The forms are kept here and not on the pages: what is typed stays when the page changes, and signing out can ask.
    let form = use_profile_form(app.account());
    let security = use_security();
    let avatar = use_avatar();
    let sign_out = use_sign_out(unsaved_changes(app.user(), app.account(), form.is_changed()));
    let go = {
        let section = section.clone();
        Callback::from(move |to: Section| {
            // The title is in the document already, or the hook below moves the focus once it is.
            browser::focus(to.title());
            section.set(to);
        })
    };
    use_focus_on_change(*section);

    html! {
        <div class="shell">
            <header class="rail">
                { brand() }
                <nav aria-label={t("navigation")}>
                    { rail_item(Section::Account, *section, false, &go) }
                    { rail_item(Section::Security, *section, app.waiting().is_some(), &go) }
                    { rail_item(Section::Settings, *section, false, &go) }
                </nav>
                <Person avatar={avatar.clone()} sign_out={sign_out.clone()} />
            </header>
            <main class="content">
                { alert("sign-out-error", sign_out.problem()) }
                { match *section {
                    Section::Account => {
                        let on_security = go.reform(|_: MouseEvent| Section::Security);
                        html! { <AccountPage {form} {avatar} {on_security} /> }
                    }
                    Section::Security => html! { <SecurityPage {security} sign_out={sign_out.clone()} /> },
                    Section::Settings => html! { <SettingsPage /> },
                } }
            </main>
            { question(&sign_out) }
        </div>
    }
}

/// Moves the focus to the title of the page that the person went to. At the start the focus stays where it is.
#[hook]
fn use_focus_on_change(section: Section) {
    let last = use_mut_ref(|| section);
    use_effect_with(section, move |section| {
        if last.replace(*section) != *section {
            browser::focus(section.title());
        }
    });
}

/// The button that leads to a page, with a dot where something waits there.
fn rail_item(to: Section, now: Section, waits: bool, go: &Callback<Section>) -> Html {
    let (testid, picture, words) = match to {
        Section::Account => ("nav-account", Icon::Person, t("nav-account")),
        Section::Security => ("nav-security", Icon::Shield, t("nav-security")),
        Section::Settings => ("nav-settings", Icon::Sliders, t("nav-settings")),
    };
    html! {
        <button
            class="rail-item"
            type="button"
            data-testid={testid}
            aria-current={(now == to).then_some("page")}
            onclick={go.reform(move |_: MouseEvent| to)}
        >
            { icon(picture) }{ words }
            if waits {
                <span class="rail-dot" title={t("nav-security-waiting")}></span>
                <span class="visually-hidden">{ t("nav-security-waiting") }</span>
            }
        </button>
    }
}

/// What is asked before a sign-out loses something.
fn question(sign_out: &SignOutHandle) -> Html {
    let (title, text, stay, go) = match sign_out.question() {
        None | Some(UnsavedChanges::None) => return Html::default(),
        Some(UnsavedChanges::Profile) => {
            (t("unsaved-title"), t("unsaved-text"), t("unsaved-stay"), t("unsaved-discard"))
        }
        Some(UnsavedChanges::Account) => {
            (t("anonymous-leave-title"), t("anonymous-leave-text"), t("cancel"), t("anonymous-leave"))
        }
    };
    html! {
        <Dialog
            testid="unsaved-dialog"
            {title}
            on_close={sign_out.stay()}
            buttons={html! {
                <>
                    <Button testid="unsaved-stay" onclick={sign_out.stay().reform(|_: MouseEvent| ())}>{ stay }</Button>
                    <Button testid="unsaved-discard" weight={Weight::Danger} onclick={sign_out.confirm()}>
                        { go }
                    </Button>
                </>
            }}
        >
            { text }
        </Dialog>
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
                    <span class="rail-person-name">{ name.map_or_else(|| t("anonymous-name").into(), isolated) }</span>
                    if name != email {
                        <span class="rail-person-email">{ isolated(email.unwrap_or_default()) }</span>
                    }
                </div>
            }
            <button
                class="icon-button"
                type="button"
                data-testid="sign-out"
                title={t("sign-out")}
                disabled={props.sign_out.is_running(Scope::Here)}
                onclick={props.sign_out.ask(Scope::Here)}
            >
                { icon(Icon::SignOut) }<span class="icon-button-text">{ t("sign-out") }</span>
            </button>
        </div>
    }
}

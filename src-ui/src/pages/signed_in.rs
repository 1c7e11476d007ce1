//! The frame around the pages of a signed-in person: navigation, who they are, signing out.

use foyer_contract::view::Freshness;
use yew::prelude::*;

use crate::browser;
use crate::components::avatar::Avatar;
use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::components::keys::keys;
use crate::hooks::{
    AvatarHandle, PressHandle, ProfileFormHandle, SecurityHandle, SignOutHandle, use_app, use_avatar,
    use_change, use_leaving, use_menu_items, use_profile_form, use_security, use_sign_out,
};
use crate::model::factors::Enrollment;
use crate::model::menu::MenuItem;
use crate::model::schema::keeps_picture;
use crate::model::security_rows::{Focus, Row};
use crate::model::sign_out::{Scope, UnsavedChanges, unsaved_changes};
use crate::model::{person, shortcut};
use crate::pages::account::AccountPage;
use crate::pages::leaving::leaving_question;
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

/// A page, and the row of the security page that the person wants there.
type Place = (Section, Option<Row>);

/// The id of what gets the focus at a place.
fn goal((section, row): Place) -> String {
    row.map_or_else(|| section.title().to_owned(), |row| Focus::Panel(row).id())
}

#[derive(Properties, PartialEq)]
pub(crate) struct SignedInProps {
    /// The person wants the menu.
    pub(crate) on_menu: Callback<MouseEvent>,
}

/// The frame with one of the pages in it.
#[component]
pub(crate) fn SignedIn(props: &SignedInProps) -> Html {
    let app = use_app();
    let place = use_state_eq(|| (Section::Account, None));
    let section = place.0;
    // The focus goes to what they wanted on the page that they went to, or to its title. A form that asks for the focus at
    // the same time gets it: its hook comes later.
    let target = goal(*place);
    use_change(section, move || browser::focus(&target));
    // The forms are kept here and not on the pages: what is typed stays when the page changes, and signing out can ask.
    let form = use_profile_form(app.account());
    let security = use_security();
    let avatar = use_avatar(section == Section::Account && keeps_picture(app.account()));
    let sign_out = use_sign_out(unsaved_changes(app.user(), app.account(), form.is_changed()));
    let show = {
        let (place, security) = (place.clone(), security.clone());
        Callback::from(move |to: Place| {
            match to.1 {
                // The one thing that is wanted there from another page.
                Some(Row::TwoFactor) => security.enroll().emit(()),
                Some(row) => security.rows.open(row).emit(()),
                None => {}
            }
            // The element is in the document already, or the hook below moves the focus once it is.
            browser::focus(&goal(to));
            place.set(to);
        })
    };
    let leaving = use_leaving(&form, show.clone());
    let go_to = {
        let (leaving, is_left) = (leaving.clone(), place.0 == Section::Account && form.is_changed());
        Callback::from(
            move |to: Place| {
                if is_left && to.0 != Section::Account { leaving.want(to) } else { show.emit(to) }
            },
        )
    };
    let go = go_to.reform(|to: Section| (to, None));
    use_section_items(section, &go_to, &form, &avatar, &security);
    use_sign_out_items(&sign_out, &security.others);
    // Where its row is open, the row says it.
    let others = security.others.task.state().problem();
    let others = others.filter(|_| section != Section::Security || !security.rows.is_open(Row::Sessions));

    html! {
        <div class="shell">
            <header class="rail">
                { brand() }
                <nav aria-label={t("navigation")}>
                    { rail_item(Section::Account, section, false, &go) }
                    { rail_item(Section::Security, section, app.waiting().is_some(), &go) }
                    { rail_item(Section::Settings, section, false, &go) }
                    { menu_button(&props.on_menu) }
                </nav>
                <Person avatar={avatar.clone()} sign_out={sign_out.clone()} />
            </header>
            <main class="content">
                { alert("sign-out-error", sign_out.problem()) }
                { alert("menu-others-error", others) }
                { match section {
                    Section::Account => {
                        let on_security = go.reform(|_: MouseEvent| Section::Security);
                        html! { <AccountPage {form} {avatar} {on_security} /> }
                    }
                    Section::Security => {
                        let on_settings = go.reform(|_: MouseEvent| Section::Settings);
                        html! { <SecurityPage {security} sign_out={sign_out.clone()} {on_settings} /> }
                    }
                    Section::Settings => html! { <SettingsPage /> },
                } }
            </main>
            { question(&sign_out) }
            { leaving_question(&leaving, app.protection().active) }
        </div>
    }
}

/// What the menu has for somebody who is signed in, but for ways out.
#[hook]
fn use_section_items(
    section: Section,
    go_to: &Callback<Place>,
    form: &ProfileFormHandle,
    avatar: &AvatarHandle,
    security: &SecurityHandle,
) {
    let app = use_app();
    let go = |to: Section| go_to.reform(move |_: MouseEvent| (to, None));
    let open = |row: Row| go_to.reform(move |_: MouseEvent| (Section::Security, Some(row)));
    // Whatever is done to the account is done on its page, which says what comes of it.
    let on_account = |press: Callback<MouseEvent>| {
        let go = (section != Section::Account).then(|| go(Section::Account));
        Callback::from(move |event: MouseEvent| {
            if let Some(go) = &go {
                go.emit(event.clone());
            }
            press.emit(event);
        })
    };
    let can_choose = keeps_picture(app.account()) && !avatar.step().is_busy();
    let is_known = app.security().is_some();
    let has_address = is_known && app.user().is_some_and(|user| !user.is_anonymous);
    let can_enroll = is_known && *security.enrollment.step() == Enrollment::Idle;
    let is_behind = app.account().is_some_and(|account| account.freshness == Freshness::Offline);
    use_menu_items(vec![
        form.is_changed().then(|| (MenuItem::Save, on_account(form.send()))),
        form.is_changed().then(|| (MenuItem::Revert, on_account(form.revert().reform(|_| ())))),
        form.can_restore().then(|| (MenuItem::Restore, on_account(form.restore().reform(|_| ())))),
        is_behind.then(|| (MenuItem::Reload, app.reload())),
        Some((MenuItem::Account, go(Section::Account))),
        Some((MenuItem::Security, go(Section::Security))),
        Some((MenuItem::Settings, go(Section::Settings))),
        can_choose.then(|| (MenuItem::ChoosePicture, on_account(avatar.choose()))),
        (can_choose && avatar.has_picture()).then(|| (MenuItem::RemovePicture, on_account(avatar.remove()))),
        has_address.then(|| (MenuItem::ChangePassword, open(Row::Password))),
        is_known.then(|| (MenuItem::ChangeEmail, open(Row::Email))),
        can_enroll.then(|| (MenuItem::AddFactor, open(Row::TwoFactor))),
    ]);
}

/// What the menu has that signs out: here, everywhere, and by `others` elsewhere.
#[hook]
fn use_sign_out_items(sign_out: &SignOutHandle, others: &PressHandle) {
    let is_running = [Scope::Here, Scope::Everywhere].iter().any(|scope| sign_out.is_running(*scope));
    use_menu_items(vec![
        Some((MenuItem::SignOutOthers, others.press.clone())),
        (!is_running).then(|| (MenuItem::SignOutEverywhere, sign_out.ask(Scope::Everywhere))),
        (!is_running).then(|| (MenuItem::SignOut, sign_out.ask(Scope::Here))),
    ]);
}

/// The button that opens the menu, with its keys.
fn menu_button(on_menu: &Callback<MouseEvent>) -> Html {
    html! {
        <button
            class="rail-item"
            type="button"
            data-testid="command-menu-open"
            aria-haspopup="dialog"
            onclick={on_menu.clone()}
        >
            { icon(Icon::Search) }<span class="rail-menu-text">{ t("menu-title") }</span>
            <span class="rail-menu-keys" aria-hidden="true">{ keys(&shortcut::MENU) }</span>
        </button>
    }
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
            if let Some(account) = account {
                <Avatar
                    url={props.avatar.shown()}
                    initials={person::initials(full_name, email)}
                    is_coming={account.is_picture_coming}
                />
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

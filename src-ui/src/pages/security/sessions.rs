//! The session on this computer and how it is kept, and the sessions on other devices.

use foyer_contract::view::{Protection, ProtectionView};
use yew::prelude::*;

use super::{result, row_button};
use crate::browser;
use crate::components::banner::alert;
use crate::components::button::Button;
use crate::components::icon::Icon;
use crate::components::row::{Row, RowButton};
use crate::hooks::{SecurityHandle, SignOutHandle, use_app};
use crate::model::security_rows::Row as Name;
use crate::model::sign_out::Scope;
use crate::sentences;
use crate::text::{locale, t, t_with, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct SessionRowProps {
    pub(super) protection: ProtectionView,
    /// The person wants to choose what protects the session.
    pub(super) on_settings: Callback<MouseEvent>,
}

/// The row for the session on this computer.
#[component]
pub(super) fn SessionRow(props: &SessionRowProps) -> Html {
    use_language();
    let is_exposed = props.protection.active == Some(Protection::KeyFile);
    html! {
        <Row
            name="session"
            icon={if is_exposed { Icon::Warning } else { Icon::Computer }}
            title={t("session-title")}
            state={html! {
                <span data-testid="session-protection">{ sentences::protection(&props.protection) }</span>
            }}
            button={html! {
                <RowButton
                    name="session"
                    testid="open-protection"
                    words={t("nav-settings")}
                    onclick={props.on_settings.clone()}
                />
            }}
        />
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct SessionsRowProps {
    pub(super) security: SecurityHandle,
    pub(super) sign_out: SignOutHandle,
    /// When somebody last signed in to the account, on any device.
    pub(super) last_sign_in_at: Option<u64>,
}

/// The row for sessions on other devices. A Supabase server lists them to nobody, and ends them.
#[component]
pub(super) fn SessionsRow(props: &SessionsRowProps) -> Html {
    let app = use_app();
    let (security, sign_out) = (&props.security, &props.sign_out);
    let others = &security.others;
    html! {
        <Row
            name={Name::Sessions.name()}
            icon={Icon::SignOut}
            title={t("sessions-title")}
            state={html! {
                <>
                    { t("sessions-state") }
                    if let Some(moment) = props.last_sign_in_at {
                        <div>{ t_with("sessions-last", [("day", browser::day(moment, locale()))]) }</div>
                    }
                </>
            }}
            result={result(&app, Name::Sessions)}
            button={row_button(security, Name::Sessions, t("sign-out"))}
            is_open={security.rows.is_open(Name::Sessions)}
        >
            <p class="hint">{ t("sessions-lead") }</p>
            { alert("devices-error", others.task.state().problem()) }
            <div class="button-row">
                <Button testid="sign-out-others" busy={others.task.is_running()} onclick={others.press.clone()}>
                    { t("sign-out-others") }
                </Button>
                <Button
                    testid="sign-out-everywhere"
                    busy={sign_out.is_running(Scope::Everywhere)}
                    onclick={sign_out.ask(Scope::Everywhere)}
                >
                    { t("sign-out-everywhere") }
                </Button>
            </div>
        </Row>
    }
}

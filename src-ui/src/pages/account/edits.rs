//! Edits that the server does not have yet: one that waits to be sent, and one that met a newer row.

use foyer_contract::Field as FieldName;
use foyer_contract::account::Version;
use foyer_contract::view::{ProfileView, Protection};
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::{use_app, use_edit, use_focus_unless_typing};
use crate::model::form::profile::edits::{Difference, differences};
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct EditProps {
    /// What was typed here.
    pub(super) mine: ProfileView,
    /// What the server has.
    pub(super) theirs: ProfileView,
    /// The version of the server's row.
    #[prop_or_default]
    pub(super) version: String,
    /// Called once what was typed here is saved, so that the form says so.
    #[prop_or_default]
    pub(super) on_kept: Callback<()>,
    /// Called once what was typed here is dropped, so that the form follows.
    #[prop_or_default]
    pub(super) on_dropped: Callback<()>,
}

/// An edit that waits to be sent.
#[component]
pub(super) fn QueuedCard(props: &EditProps) -> Html {
    let edit = use_edit();
    let is_in_memory = use_app().protection().active == Some(Protection::Memory);
    let rows = differences(&props.mine, &props.theirs);

    html! {
        <section class="card" data-testid="queued" aria-labelledby="queued-title">
            <div class="card-head">
                <div class="emblem">{ icon(Icon::Clock) }</div>
                <div class="card-intro">
                    <h2 id="queued-title">{ t("queued-title") }</h2>
                    <p class="lead">{ t("queued-lead") }</p>
                    if is_in_memory {
                        <p class="lead" data-testid="queued-memory">{ t("queued-memory") }</p>
                    }
                </div>
            </div>
            <dl class="pairs">
                { for rows.iter().map(|row| html! {
                    <div class="pair" key={label(row.field)}>
                        <dt>{ label(row.field) }</dt>
                        <dd class="address">{ value(&row.mine) }</dd>
                    </div>
                }) }
            </dl>
            { alert("queued-error", edit.problem()) }
            <div class="button-row">
                <Button
                    testid="queued-discard"
                    busy={edit.is_busy()}
                    onclick={edit.take_theirs(props.on_dropped.clone())}
                >
                    { t("queued-discard") }
                </Button>
            </div>
        </section>
    }
}

/// An edit that met a newer row: both versions of each field that differs.
#[component]
pub(super) fn ConflictCard(props: &EditProps) -> Html {
    use_language();
    let edit = use_edit();
    // It appears above the button that the person has pressed, perhaps out of sight.
    use_focus_unless_typing("conflict-title");

    html! {
        <section class="card" data-testid="conflict" aria-labelledby="conflict-title">
            <div class="card-head">
                <div class="emblem emblem-warning">{ icon(Icon::Warning) }</div>
                <div class="card-intro">
                    <h2 id="conflict-title" tabindex="-1">{ t("conflict-title") }</h2>
                    <p class="lead">{ t("conflict-lead") }</p>
                </div>
            </div>
            { for differences(&props.mine, &props.theirs).iter().map(both_versions) }
            { alert("conflict-error", edit.problem()) }
            <div class="button-row">
                <Button
                    testid="conflict-keep-mine"
                    weight={Weight::Primary}
                    disabled={edit.is_busy()}
                    busy={edit.is_keeping(Version::Mine)}
                    onclick={edit.keep_mine(props.version.clone(), props.on_kept.clone())}
                >
                    { t("conflict-keep-mine") }
                </Button>
                <Button
                    testid="conflict-take-theirs"
                    disabled={edit.is_busy()}
                    busy={edit.is_keeping(Version::Theirs)}
                    onclick={edit.take_theirs(props.on_dropped.clone())}
                >
                    { t("conflict-take-theirs") }
                </Button>
            </div>
        </section>
    }
}

/// One field: the versions side by side, or one below the other where there is no room.
fn both_versions(field: &Difference) -> Html {
    html! {
        <section class="versions" key={label(field.field)}>
            <h3>{ label(field.field) }</h3>
            <dl class="versions-both">
                { version(t("conflict-mine"), &field.mine) }
                { version(t("conflict-theirs"), &field.theirs) }
            </dl>
        </section>
    }
}

fn version(whose: String, text: &str) -> Html {
    html! {
        <div class="version">
            <dt>{ whose }</dt>
            <dd class="address">{ value(text) }</dd>
        </div>
    }
}

fn label(field: FieldName) -> String {
    match field {
        FieldName::Username => t("username"),
        FieldName::Website => t("website"),
        _ => t("full-name"),
    }
}

/// A value; an empty one in words, because an empty cell would look like a mistake.
fn value(text: &str) -> Html {
    if text.is_empty() {
        html! { <span class="empty-value">{ t("empty-value") }</span> }
    } else {
        isolated(text)
    }
}

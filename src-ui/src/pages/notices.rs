//! What the backend wants the person to know, above every page.

use yew::prelude::*;

use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::hooks::{AppHandle, MenuHandle, use_app, use_menu_items};
use crate::model::menu::MenuItem;
use crate::model::waiting::{NextStep, next_step};
use crate::pages::command_menu::Menus;
use crate::pages::waiting::content::{WaitingContent, emblem};
use crate::sentences;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(crate) struct NoticesProps {
    pub(crate) menu: MenuHandle,
}

/// The notice, captchas that wait, and the warning about the store, each in a live region, and the menu.
#[component]
pub(crate) fn Notices(props: &NoticesProps) -> Html {
    let app = use_app();
    let notice = app.state().notice();
    use_menu_items(vec![notice.map(|notice| (MenuItem::DismissNotice, app.dismiss_notice(notice.id)))]);
    let warning = app.supabase().and_then(|view| view.store_warning);

    html! {
        <div class="notices">
            <div role="status">
                if let Some(notice) = notice {
                    <Banner
                        tone={if sentences::is_good_news(notice.code) { Tone::Good } else { Tone::Warning }}
                        testid="notice"
                        action={next_step_button(&app, notice.id)}
                        dismiss={html! {
                            <button
                                class="icon-button"
                                type="button"
                                data-testid="notice-dismiss"
                                aria-label={t("dismiss")}
                                title={t("dismiss")}
                                onclick={app.dismiss_notice(notice.id)}
                            >
                                { icon(Icon::Close) }
                            </button>
                        }}
                    >
                        { sentences::notice(notice.code) }
                    </Banner>
                }
            </div>
            <Menus menu={props.menu.clone()} />
            { alert("app-error", app.state().refused.as_ref()) }
            <div role="status">
                for captcha in app.supabase().map(|view| view.captchas.clone()).unwrap_or_default() {
                    <section key={captcha.id.clone()} class="card" data-testid="captcha">
                        <h2 class="notice-head">
                            { icon(emblem(captcha.kind)) }{ sentences::waiting_title(&captcha) }
                        </h2>
                        <WaitingContent waiting={captcha} />
                    </section>
                }
            </div>
            <div role="status">
                if let Some(warning) = warning {
                    <Banner tone={Tone::Warning} testid="store-warning">{ sentences::store_warning(warning) }</Banner>
                }
            </div>
        </div>
    }
}

/// The button for the next step after a link that signed nobody in.
fn next_step_button(app: &AppHandle, notice: u64) -> Html {
    let onclick = match app.view().and_then(next_step) {
        Some(NextStep::Resend(flow)) => app.resend(flow, notice),
        Some(NextStep::AskForLink) => app.want_link(notice),
        None => return Html::default(),
    };
    html! {
        <Button testid="notice-action" weight={Weight::Quiet} {onclick}>{ t("notice-action") }</Button>
    }
}

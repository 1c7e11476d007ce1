//! One sentence in a box: news, warnings, failures.

use yew::prelude::*;

use super::icon::{Icon, icon};
use crate::model::problem::Problem;
use crate::sentences;
use crate::text::use_language;

/// What a banner is about; decides its colour and its icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good news.
    Good,
    /// Something to know.
    Quiet,
    /// Something to watch out for.
    Warning,
    /// Something failed.
    Bad,
}

#[derive(Properties, PartialEq)]
pub(crate) struct BannerProps {
    pub(crate) tone: Tone,
    pub(crate) testid: &'static str,
    #[prop_or_default]
    pub(crate) icon: Option<Icon>,
    /// What can be done about it: beside the sentence, or below it where both would be narrow.
    #[prop_or_default]
    pub(crate) action: Html,
    /// What takes the banner away: in its corner.
    #[prop_or_default]
    pub(crate) dismiss: Html,
    pub(crate) children: Html,
}

/// One sentence in a box. The box is no live region: a region has to be in the document before its sentence comes.
#[component]
pub(crate) fn Banner(props: &BannerProps) -> Html {
    use_language();
    let (class, own_icon) = match props.tone {
        Tone::Good => ("banner-good", Icon::Check),
        Tone::Quiet => ("banner-quiet", Icon::Info),
        Tone::Warning => ("banner-warning", Icon::Warning),
        Tone::Bad => ("banner-bad", Icon::Warning),
    };

    html! {
        <div class={classes!("banner", class)} data-testid={props.testid}>
            { icon(props.icon.unwrap_or(own_icon)) }
            <div class="banner-content">
                <div class="banner-text">{ props.children.clone() }</div>
                { props.action.clone() }
            </div>
            { props.dismiss.clone() }
        </div>
    }
}

/// A failure, announced at once. The region is in the document, and empty, as long as nothing failed.
pub(crate) fn alert(testid: &'static str, problem: Option<&Problem>) -> Html {
    html! { <div role="alert">{ failure(testid, problem) }</div> }
}

/// An [`alert`] with an id, for fields that name it in `aria-describedby`.
pub(crate) fn alert_with_id(id: &'static str, testid: &'static str, problem: Option<&Problem>) -> Html {
    html! { <div role="alert" {id}>{ failure(testid, problem) }</div> }
}

fn failure(testid: &'static str, problem: Option<&Problem>) -> Html {
    let Some(problem) = problem else { return Html::default() };
    html! { <Banner tone={Tone::Bad} {testid}>{ sentences::problem(problem) }</Banner> }
}

/// A sentence that something was done, in a live region that is in the document before.
pub(crate) fn done(testid: &'static str, is_done: bool, words: String) -> Html {
    html! {
        <div role="status">
            if is_done {
                <p class="good-line" data-testid={testid}>{ icon(Icon::Check) }{ words }</p>
            }
        </div>
    }
}

//! A labelled text field with room for a hint or a problem under it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::{Icon, icon};
use crate::model::input::Input;
use crate::model::problem::Problem;
use crate::sentences;
use crate::text::use_language;

/// What a field holds; decides the element and the keyboard of a touch screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Content {
    /// One line.
    #[default]
    Line,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A code of digits.
    Code,
    /// Text that keeps its line breaks.
    Lines,
}

#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    pub(crate) input: Input,
    pub(crate) label: String,
    #[prop_or_default]
    pub(crate) content: Content,
    #[prop_or("off")]
    pub(crate) autocomplete: &'static str,
    #[prop_or_default]
    pub(crate) placeholder: Option<String>,
    /// Stands under the field as long as there is no problem.
    #[prop_or_default]
    pub(crate) hint: Option<String>,
    /// The id of another element, where that one shows the field's problem.
    #[prop_or_default]
    pub(crate) described_by: Option<&'static str>,
    /// What the server says of the text while it is typed. It stands in the place of the hint, and is read out.
    #[prop_or_default]
    pub(crate) live: Option<Html>,
    /// True where the server says something of the text while it is typed, now or later.
    #[prop_or_default]
    pub(crate) is_live: bool,
    /// What is typed is hardly ever wrong, so no room is kept for a message.
    #[prop_or_default]
    pub(crate) unchecked: bool,
}

/// A labelled text field.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    use_language();
    let Input { id, text, on_type, on_leave, .. } = &props.input;
    // Where another element shows the problem, the line under the field keeps its hint.
    let shown_here = props.input.problem.as_ref().filter(|_| props.described_by.is_none());
    let is_plain = props.unchecked && shown_here.is_none() && props.hint.is_none();
    let is_wrong = props.input.problem.is_some();
    let described_by = props.described_by.filter(|_| is_wrong).map(str::to_owned);
    let described_by = described_by.or_else(|| note_id(id, props.hint.as_deref(), shown_here));
    let onblur = on_leave.reform(|_: FocusEvent| ());
    let control = if props.content == Content::Lines {
        html! {
            <textarea
                class="input input-text"
                rows="3"
                id={*id}
                name={*id}
                data-testid={*id}
                value={text.clone()}
                autocomplete={props.autocomplete}
                autocapitalize="none"
                spellcheck="false"
                aria-invalid={invalid(is_wrong)}
                aria-describedby={described_by}
                oninput={typed(on_type)}
                {onblur}
            />
        }
    } else {
        let is_code = props.content == Content::Code;
        html! {
            <input
                class={classes!("input", is_code.then_some("input-code"))}
                type={kind(props.content)}
                inputmode={is_code.then_some("numeric")}
                id={*id}
                name={*id}
                data-testid={*id}
                value={text.clone()}
                placeholder={props.placeholder.clone()}
                autocomplete={props.autocomplete}
                autocapitalize="none"
                spellcheck="false"
                aria-invalid={invalid(is_wrong)}
                aria-describedby={described_by}
                oninput={typed(on_type)}
                {onblur}
            />
        }
    };

    html! {
        <div class={classes!("field", is_plain.then_some("field-plain"))}>
            <label for={*id}>{ &props.label }</label>
            { control }
            if !is_plain {
                { note_row(id, hint_or(props.live.as_ref(), props.hint.as_deref()), shown_here, props.is_live, Html::default()) }
            }
        </div>
    }
}

/// The value of an input's `type`.
fn kind(content: Content) -> &'static str {
    match content {
        Content::Email => "email",
        Content::Url => "url",
        Content::Line | Content::Code | Content::Lines => "text",
    }
}

/// A field for a code of digits from a mail or an authenticator. What is pasted may have gaps.
pub(crate) fn code_field(input: Input, label: String, hint: String) -> Html {
    html! { <Field {input} {label} content={Content::Code} autocomplete="one-time-code" {hint} /> }
}

/// What was typed, out of the input event.
pub(super) fn typed(on_type: &Callback<String>) -> Callback<InputEvent> {
    // A text area has its text under the same name.
    on_type.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}

/// The value of `aria-invalid`.
pub(super) fn invalid(is_wrong: bool) -> Option<&'static str> {
    is_wrong.then_some("true")
}

/// The id of the line under a field, where something stands in it.
pub(super) fn note_id(id: &str, hint: Option<&str>, problem: Option<&Problem>) -> Option<String> {
    (problem.is_some() || hint.is_some()).then(|| format!("{id}-note"))
}

/// The line under a field, with something at its end. It keeps its height while it is empty, so that nothing moves
/// away under the pointer when a field is left.
pub(super) fn note(id: &str, hint: Option<&str>, problem: Option<&Problem>, aside: Html) -> Html {
    note_row(id, hint_or(None, hint), problem, false, aside)
}

/// What the server says, else the hint.
fn hint_or(live: Option<&Html>, hint: Option<&str>) -> Html {
    live.cloned().unwrap_or_else(|| html! { { hint.unwrap_or_default() } })
}

/// The same line, read out where it `is_live`.
fn note_row(id: &str, words: Html, problem: Option<&Problem>, is_live: bool, aside: Html) -> Html {
    html! {
        <div class="note-row">
            <div class="note" id={format!("{id}-note")} role={is_live.then_some("status")}>
                if let Some(problem) = problem {
                    <span class="note-problem" data-testid={format!("field-error-{id}")}>
                        { icon(Icon::Warning) }{ sentences::problem(problem) }
                    </span>
                } else {
                    { words }
                }
            </div>
            { aside }
        </div>
    }
}

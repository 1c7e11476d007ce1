//! A labelled text field with room for a hint or a problem under it.

use foyer_contract::Field as FieldName;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::icon::{Icon, icon};
use crate::model::problem::{Problem, field_id};
use crate::sentences;

#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    pub(crate) field: FieldName,
    /// The input's id and test id, where the field's own name is not the one.
    #[prop_or_default]
    pub(crate) id: Option<&'static str>,
    pub(crate) label: String,
    pub(crate) value: String,
    #[prop_or("text")]
    pub(crate) kind: &'static str,
    pub(crate) autocomplete: &'static str,
    /// It holds a code of digits.
    #[prop_or_default]
    pub(crate) is_code: bool,
    /// It keeps the line breaks of what is pasted.
    #[prop_or_default]
    pub(crate) is_text: bool,
    #[prop_or_default]
    pub(crate) placeholder: Option<String>,
    /// Stands under the field as long as there is no problem.
    #[prop_or_default]
    pub(crate) hint: Option<String>,
    #[prop_or_default]
    pub(crate) problem: Option<Problem>,
    /// The field is wrong, and another element says why.
    #[prop_or_default]
    pub(crate) described_by: Option<&'static str>,
    /// What is typed is hardly ever wrong, so no room is kept for a message.
    #[prop_or_default]
    pub(crate) unchecked: bool,
    #[prop_or_default]
    pub(crate) disabled: bool,
    pub(crate) on_type: Callback<String>,
    #[prop_or_default]
    pub(crate) on_leave: Callback<()>,
}

/// A labelled text field.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let id = props.id.unwrap_or(field_id(props.field));
    let on_leave = props.on_leave.reform(|_: FocusEvent| ());
    let is_plain = props.unchecked && props.problem.is_none() && props.hint.is_none();
    if props.is_text {
        return text_area(props, id, on_leave);
    }

    html! {
        <div class={classes!("field", is_plain.then_some("field-plain"))}>
            <label for={id}>{ &props.label }</label>
            <input
                class={classes!("input", props.is_code.then_some("input-code"))}
                type={props.kind}
                inputmode={props.is_code.then_some("numeric")}
                {id}
                name={id}
                data-testid={id}
                value={props.value.clone()}
                placeholder={props.placeholder.clone()}
                autocomplete={props.autocomplete}
                autocapitalize="none"
                spellcheck="false"
                disabled={props.disabled}
                aria-invalid={is_wrong(props.problem.as_ref(), props.described_by)}
                aria-describedby={description(id, props.described_by, &props.hint, props.problem.as_ref())}
                oninput={typed(&props.on_type)}
                onblur={on_leave}
            />
            if !is_plain {
                { note(id, props.hint.as_deref(), props.problem.as_ref(), Html::default()) }
            }
        </div>
    }
}

fn text_area(props: &FieldProps, id: &'static str, on_leave: Callback<FocusEvent>) -> Html {
    html! {
        <div class="field">
            <label for={id}>{ &props.label }</label>
            <textarea
                class="input input-text"
                {id}
                name={id}
                rows="3"
                data-testid={id}
                value={props.value.clone()}
                autocomplete={props.autocomplete}
                autocapitalize="none"
                spellcheck="false"
                disabled={props.disabled}
                aria-invalid={is_wrong(props.problem.as_ref(), props.described_by)}
                aria-describedby={description(id, props.described_by, &props.hint, props.problem.as_ref())}
                oninput={typed(&props.on_type)}
                onblur={on_leave}
            />
            { note(id, props.hint.as_deref(), props.problem.as_ref(), Html::default()) }
        </div>
    }
}

/// What was typed, out of the input event.
pub(crate) fn typed(on_type: &Callback<String>) -> Callback<InputEvent> {
    // A text area has its text under the same name.
    on_type.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}

/// The value of `aria-invalid`.
pub(crate) fn is_wrong(problem: Option<&Problem>, described_by: Option<&str>) -> Option<&'static str> {
    (problem.is_some() || described_by.is_some()).then_some("true")
}

/// The value of `aria-describedby`.
pub(crate) fn description(
    id: &str,
    described_by: Option<&str>,
    hint: &Option<String>,
    problem: Option<&Problem>,
) -> Option<String> {
    match described_by {
        Some(other) => Some(other.to_owned()),
        None => (problem.is_some() || hint.is_some()).then(|| format!("{id}-note")),
    }
}

/// The line under a field, with something at its end. It keeps its height while it is empty, so that nothing moves
/// away under the pointer when a field is left.
pub(crate) fn note(id: &str, hint: Option<&str>, problem: Option<&Problem>, aside: Html) -> Html {
    html! {
        <div class="note-row">
            <div class="note" id={format!("{id}-note")}>
                if let Some(problem) = problem {
                    <span class="note-problem" data-testid={format!("field-error-{id}")}>
                        { icon(Icon::Warning) }{ sentences::problem(problem) }
                    </span>
                } else if let Some(hint) = hint {
                    { hint }
                }
            </div>
            { aside }
        </div>
    }
}

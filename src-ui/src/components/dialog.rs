//! What lies over the page and has to be closed before anything else: a question, or a sheet with a menu or a list. The
//! browser's own dialog keeps the focus inside and gives it back.

use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use crate::browser;
use crate::escape::use_escape;

#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    pub(crate) testid: &'static str,
    pub(crate) title: String,
    /// A question that waits for an answer, or (`dialog`) something to do.
    #[prop_or("alertdialog")]
    pub(crate) role: &'static str,
    /// Called when the person presses Escape, or clicks beside a sheet.
    pub(crate) on_close: Callback<()>,
    /// What answers the question. A sheet has none.
    #[prop_or_default]
    pub(crate) buttons: Option<Html>,
    pub(crate) children: Html,
}

/// A question in a dialog, or a sheet without one, open as long as the component is in the document.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let element = use_node_ref();
    use_escape(true, props.on_close.clone());
    {
        let element = element.clone();
        use_effect_with((), move |()| {
            let dialog = element.cast::<HtmlDialogElement>();
            let opened = dialog.as_ref().map(HtmlDialogElement::show_modal);
            if !matches!(opened, Some(Ok(()))) {
                browser::report("a dialog could not be opened");
            }
            // The dialog is closed before it leaves the document: only then does the focus go back to where it was.
            move || dialog.iter().for_each(HtmlDialogElement::close)
        });
    }
    let title_id = format!("{}-title", props.testid);
    // A system may close a dialog by other means than the key.
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let Some(buttons) = props.buttons.clone() else {
        let (itself, on_close) = (element.clone(), props.on_close.clone());
        let onclick = Callback::from(move |event: MouseEvent| {
            // A click on the sheet's content has the content as its target.
            if event.target_dyn_into::<Element>() == itself.cast::<Element>() {
                on_close.emit(());
            }
        });
        return html! {
            <dialog class="sheet" ref={element} data-testid={props.testid} aria-labelledby={title_id.clone()} {oncancel} {onclick}>
                <div class="sheet-content">
                    <h2 class="sheet-title" id={title_id}>{ &props.title }</h2>
                    { props.children.clone() }
                </div>
            </dialog>
        };
    };

    html! {
        <dialog
            class="dialog"
            ref={element}
            data-testid={props.testid}
            role={props.role}
            aria-labelledby={title_id.clone()}
            {oncancel}
        >
            <h2 id={title_id}>{ &props.title }</h2>
            <div class="dialog-text">{ props.children.clone() }</div>
            <div class="dialog-buttons">{ buttons }</div>
        </dialog>
    }
}

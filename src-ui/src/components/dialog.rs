//! A question that has to be answered before anything else. The browser's own dialog keeps the focus inside.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::browser;
use crate::escape::use_escape;

#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    pub(crate) testid: &'static str,
    pub(crate) title: String,
    /// Called when the person presses Escape.
    pub(crate) on_close: Callback<()>,
    pub(crate) buttons: Html,
    pub(crate) children: Html,
}

/// A question in a dialog that is open as long as the component is in the document.
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

    html! {
        <dialog
            class="dialog"
            ref={element}
            data-testid={props.testid}
            role="alertdialog"
            aria-labelledby={title_id.clone()}
            {oncancel}
        >
            <h2 id={title_id}>{ &props.title }</h2>
            <div class="dialog-text">{ props.children.clone() }</div>
            <div class="dialog-buttons">{ props.buttons.clone() }</div>
        </dialog>
    }
}

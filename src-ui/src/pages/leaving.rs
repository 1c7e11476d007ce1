//! What is asked before the account form is left with something in it that is not saved.

use foyer_contract::view::Protection;
use yew::prelude::*;

use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::hooks::LeavingHandle;
use crate::model::leaving::Destination;
use crate::text::t;

/// The question, while it is asked. Where nothing is written to the disk (`active`), closing loses what was typed.
pub(super) fn leaving_question<P: Copy + PartialEq + 'static>(
    leaving: &LeavingHandle<P>,
    active: Option<Protection>,
) -> Html {
    let (title, text, go) = match leaving.question() {
        None => return Html::default(),
        Some(Destination::Page(_)) => (t("leaving-title"), t("leaving-text"), t("leaving-go")),
        Some(Destination::Outside) if active == Some(Protection::Memory) => {
            (t("closing-title"), t("closing-text-memory"), t("closing-go-memory"))
        }
        Some(Destination::Outside) => (t("closing-title"), t("closing-text"), t("closing-go")),
    };
    html! {
        <Dialog
            testid="leaving-dialog"
            {title}
            on_close={leaving.stay()}
            buttons={html! {
                <>
                    <Button testid="leaving-stay" onclick={leaving.stay().reform(|_: MouseEvent| ())}>
                        { t("unsaved-stay") }
                    </Button>
                    <Button testid="leaving-go" onclick={leaving.leave()}>{ go }</Button>
                    <Button testid="leaving-save" weight={Weight::Primary} onclick={leaving.save()}>
                        { t("save") }
                    </Button>
                </>
            }}
        >
            { text }
        </Dialog>
    }
}

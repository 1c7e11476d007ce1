//! News that the page says itself.

use foyer_contract::view::DismissNotice;
use yew::prelude::*;

use super::use_app::use_app;
use crate::app_state::Action;
use crate::ipc;
use crate::model::security_rows::row_of;

/// As long as the component is in the document, news of the security page's rows are said in the rows and not above
/// the page. What was said there was read once the person goes on.
#[hook]
pub(crate) fn use_news_in_rows() {
    let app = use_app();
    let said = use_mut_ref(|| None);
    *said.borrow_mut() = app
        .view()
        .and_then(|view| view.notice)
        .filter(|it| row_of(it.code).is_some())
        .map(|notice| notice.id);
    use_effect_with((), move |()| {
        app.dispatch(Action::NewsInRows(true));
        move || {
            app.dispatch(Action::NewsInRows(false));
            let Some(id) = said.take() else { return };
            ipc::tell(DismissNotice { id });
        }
    });
}

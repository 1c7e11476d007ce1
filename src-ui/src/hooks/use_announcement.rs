//! What the live region of the whole window says.

use yew::prelude::*;

use super::use_app::AppHandle;
use crate::model::announcement::{Said, news};

/// The last news, until there is other news. Only the app itself uses this hook, once.
#[hook]
pub(crate) fn use_announcement(app: &AppHandle) -> Option<Said> {
    let said = use_state_eq(|| None::<Said>);
    let last = use_mut_ref(|| None);
    {
        let said = said.clone();
        use_effect_with(app.view().cloned(), move |view| {
            let before = last.replace(view.clone());
            if let (Some(before), Some(now)) = (before, view)
                && let Some(news) = news(&before, now)
            {
                said.set(Some(Said::after(said.as_ref(), news)));
            }
        });
    }
    (*said).clone()
}

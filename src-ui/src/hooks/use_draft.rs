//! What is typed in the account form, kept by the backend until it is saved.

use std::cell::RefCell;
use std::rc::Rc;

use foyer_contract::account::{Draft, FindDraft, KeepDraft};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::keeping::Keeping;
use crate::{browser, ipc};

/// Hands `draft` to the backend while it changes. `found`: what the backend has from before the app ended; nothing is
/// handed over before the form `has_taken` it. The callback hands over what is typed now, without a pause.
#[hook]
pub(super) fn use_draft(draft: Option<Draft>, found: Option<Draft>, has_taken: bool) -> Callback<()> {
    let keeping = use_mut_ref(Keeping::of_nothing);
    {
        let keeping = Rc::clone(&keeping);
        use_effect_with((found, has_taken), move |(found, has_taken)| {
            if found.is_some() && *has_taken {
                keeping.borrow_mut().must_tell();
            }
        });
    }
    {
        let keeping = Rc::clone(&keeping);
        use_effect_with((draft.clone(), has_taken), move |(draft, has_taken)| {
            let pause = keeping.borrow().pause(draft.as_ref(), browser::now_ms()).filter(|_| *has_taken);
            let timer = pause.and_then(|pause_ms| {
                let (keeping, draft) = (Rc::clone(&keeping), draft.clone());
                if pause_ms == 0.0 {
                    keep(&keeping, draft);
                    return None;
                }
                Some(Timeout::new(pause_ms as u32, move || keep(&keeping, draft)))
            });
            move || drop(timer)
        });
    }
    Callback::from(move |()| {
        if has_taken {
            keep(&keeping, draft.clone());
        }
    })
}

/// What was typed in this window before the page, or the form on it, began anew. The backend is asked for it once there
/// `is_account`.
#[hook]
pub(super) fn use_own_draft(is_account: bool) -> Option<Draft> {
    let own = use_state_eq(|| None::<Draft>);
    {
        let own = own.setter();
        use_effect_with(is_account, move |is_account| {
            if *is_account {
                spawn_local(async move {
                    // Whoever may not see a draft has none here.
                    if let Ok(draft) = ipc::call(FindDraft {}).await {
                        own.set(draft);
                    }
                });
            }
        });
    }
    (*own).clone()
}

fn keep(keeping: &Rc<RefCell<Keeping<Draft>>>, draft: Option<Draft>) {
    if !keeping.borrow_mut().want(draft) {
        return;
    }
    let keeping = Rc::clone(keeping);
    spawn_local(async move {
        loop {
            let next = keeping.borrow_mut().next(browser::now_ms());
            let Some(draft) = next else { return };
            if let Err(error) = ipc::call(KeepDraft { draft }).await {
                browser::report(&error.message);
            }
        }
    });
}

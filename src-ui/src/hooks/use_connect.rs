//! The connect form, tried through the backend, and the local project, looked for once.

use foyer_contract::project::{ConnectProject, FindLocalProject, LocalProject};
use foyer_contract::{CommandError, ErrorCode};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_form::{FormHandle, use_form};
use crate::model::form::Filled;
use crate::model::form::connect::{ConnectForm, ConnectRules};
use crate::{browser, ipc};

/// The connect form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ConnectHandle {
    /// The form.
    pub(crate) form: FormHandle<ConnectRules>,
    /// The local project, where one answered.
    pub(crate) local: Option<LocalProject>,
}

/// The connect form.
#[hook]
pub(crate) fn use_connect() -> ConnectHandle {
    let form = use_form(|| ConnectForm::new(ConnectRules), connect);
    let local = use_state_eq(|| None);
    {
        let local = local.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                match ipc::call(FindLocalProject {}).await {
                    Ok(found) => local.set(found),
                    Err(error) => browser::report(&error.message),
                }
            });
        });
    }
    ConnectHandle { form, local: (*local).clone() }
}

async fn connect(filled: Filled<ConnectRules>) -> Result<(), CommandError> {
    let target =
        filled.target().map_err(|code: ErrorCode| CommandError::new(code, "no URL to connect to"))?;
    ipc::call(ConnectProject { target }).await
}

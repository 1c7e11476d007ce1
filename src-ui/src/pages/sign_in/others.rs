//! The sign-in options beside the forms: providers, and an anonymous account.

use yew::prelude::*;

use crate::components::button::Button;
use crate::hooks::SignInHandle;
use crate::model::form::sign_in::SignInAttempt;
use crate::model::form::sign_in::options::SignInOptions;
use crate::model::provider::provider_name;
use crate::text::{t, t_with};

/// A button for each provider, and one for an anonymous account.
pub(super) fn others(form: &SignInHandle, options: &SignInOptions) -> Html {
    if !options.has_others() {
        return Html::default();
    }
    html! {
        <div class="others">
            if !options.modes.is_empty() {
                <div class="or">{ t("or") }</div>
            }
            if !options.providers.is_empty() {
                <div class={classes!("providers", (options.providers.len() > 3).then_some("providers-many"))}>
                    { for options.providers.iter().map(|provider| provider_button(form, provider, &options.providers)) }
                </div>
            }
            if options.anonymous {
                <Button
                    testid="anonymous"
                    wide=true
                    disabled={form.is_busy()}
                    busy={form.is_on(&SignInAttempt::Anonymous)}
                    onclick={form.send_for(SignInAttempt::Anonymous)}
                >
                    { t("anonymous") }
                </Button>
            }
        </div>
    }
}

fn provider_button(form: &SignInHandle, provider: &str, all: &[String]) -> Html {
    let attempt = SignInAttempt::Provider(provider.to_owned());
    let name = provider_name(provider);
    let words = t_with("continue-with", [("provider", name.clone())]);
    let is_short = all.len() > 3;
    html! {
        <Button
            key={provider.to_owned()}
            testid={format!("provider-{provider}")}
            label={is_short.then(|| words.clone())}
            wide=true
            disabled={form.is_busy()}
            busy={form.is_on(&attempt)}
            onclick={form.send_for(attempt)}
        >
            { if is_short { name } else { words } }
        </Button>
    }
}

//! What the Auth server's settings mean for this app, and whether it asks for a captcha.

use foyer_contract::doctor::Finding;
use serde_json::json;
use supabase_session::{Method, Settings};

use super::Found;
use crate::ask::ProjectQuestions;

/// Whether new people may sign up.
pub(crate) fn sign_up(settings: &Settings) -> Found {
    if settings.sign_up { Finding::Good } else { Finding::SignUpClosed }.into()
}

/// With what people may sign in. This app has no sign-in by telephone.
pub(crate) fn sign_in_methods(settings: &Settings) -> Found {
    let mut on = settings.providers.clone();
    if settings.anonymous {
        on.insert(0, "anonymous".to_owned());
    }
    if settings.email {
        on.insert(0, "email".to_owned());
    }
    let finding = match (on.is_empty(), settings.email) {
        (true, _) => return Finding::NoSignInMethod.into(),
        (false, false) => Finding::EmailOff,
        (false, true) => Finding::Good,
    };
    Found::from(finding).figure(on.join(", "))
}

/// Whether an address is confirmed by a mail.
pub(crate) fn confirmation(settings: &Settings) -> Found {
    if !settings.email {
        return Finding::NotNeeded.into();
    }
    if settings.autoconfirm { Finding::ConfirmationOff } else { Finding::Good }.into()
}

/// Whether a captcha is asked for. The settings do not tell. The server looks for the captcha before anything else, so
/// it is asked to sign nobody in: without address and password it refuses in any case, and looks for no user.
pub(crate) async fn captcha(questions: &ProjectQuestions, is_configured: bool) -> Found {
    let nobody = json!({});
    let answer = questions.ask_auth(Method::Post, "token?grant_type=password", Some(&nobody)).await;
    match answer {
        Some(answer) if answer.is_one_of(&["captcha_failed"]) => {
            if is_configured { Finding::Good } else { Finding::CaptchaAsked }.into()
        }
        Some(answer) if (400..500).contains(&answer.status) && !answer.code.is_empty() => {
            Finding::Good.into()
        }
        _ => Finding::NoAnswer.into(),
    }
}

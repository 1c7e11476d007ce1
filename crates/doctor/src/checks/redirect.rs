//! How links come back to the app.

use foyer_contract::doctor::Finding;
use supabase_session::RedirectSupport;
use url::Url;

use super::Found;
use crate::ask::ProjectQuestions;
use crate::remedy;

/// An address of the kind that a port of this machine has. Nothing listens there and nothing is sent to it.
const LOOPBACK: &str = "http://127.0.0.1:49152/auth/callback";

/// Asks with a link that never was whether the project lets links lead back to the app.
pub(crate) async fn check(questions: &ProjectQuestions, deep_link: &Url) -> Found {
    let entry = remedy::redirect_entry(deep_link.as_str());
    match questions.anon.probe_redirect(deep_link).await {
        Ok(RedirectSupport::WithFlow) => Finding::Good.into(),
        Ok(RedirectSupport::BareOnly) => Found::from(Finding::RedirectBare).remedy(entry),
        Ok(RedirectSupport::Nowhere) => {
            let Ok(loopback) = Url::parse(LOOPBACK) else { return Finding::NoAnswer.into() };
            match questions.anon.probe_redirect(&loopback).await {
                Ok(RedirectSupport::Nowhere) => Found::from(Finding::RedirectNowhere).remedy(entry),
                Ok(_) => Found::from(Finding::RedirectLoopback).remedy(entry),
                Err(_) => Finding::NoAnswer.into(),
            }
        }
        Err(_) => Finding::NoAnswer.into(),
    }
}

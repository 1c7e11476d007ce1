//! What signs the project's access tokens.

use foyer_contract::doctor::Finding;
use serde_json::Value;
use supabase_session::Method;

use super::Found;
use crate::ask::ProjectQuestions;

/// The algorithms that this app verifies signatures with (RFC 7518, RFC 8037).
const VERIFIED: [&str; 3] = ["ES256", "RS256", "EdDSA"];

/// Reads the project's public keys. Where there are none, tokens are signed with a secret that server and project share.
pub(crate) async fn check(questions: &ProjectQuestions) -> Found {
    match questions.ask_auth(Method::Get, ".well-known/jwks.json", None).await {
        Some(answer) if answer.is_yes() => judge(&answer.body),
        // Servers from before the keys have no such page.
        Some(answer) if answer.status == 404 => Finding::SharedSecret.into(),
        _ => Finding::NoAnswer.into(),
    }
}

fn judge(key_set: &Value) -> Found {
    let Some(keys) = key_set.get("keys").and_then(Value::as_array) else { return Finding::NoAnswer.into() };
    if keys.is_empty() {
        return Finding::SharedSecret.into();
    }
    let algorithms: Vec<&str> = keys.iter().filter_map(|key| key.get("alg")?.as_str()).collect();
    match algorithms.iter().find(|algorithm| VERIFIED.contains(algorithm)) {
        Some(algorithm) => Found::from(Finding::Good).figure(algorithm),
        None => {
            // What a server calls its keys is shown, so it has to look like a name.
            let is_name = |name: &&&str| name.len() <= 16 && name.chars().all(|c| c.is_ascii_alphanumeric());
            let named = algorithms.iter().find(is_name).copied();
            Found { figure: named.map(str::to_owned), ..Finding::KeysUnknown.into() }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_set_is_judged_by_its_algorithms() {
        let of = |keys: Value| judge(&json!({ "keys": keys }));

        assert_eq!(of(json!([])), Finding::SharedSecret.into());
        assert_eq!(of(json!([{"alg": "RS256"}])), Found::from(Finding::Good).figure("RS256"));
        assert_eq!(
            of(json!([{"alg": "ES512"}, {"alg": "ES256"}])),
            Found::from(Finding::Good).figure("ES256")
        );
        assert_eq!(of(json!([{"alg": "ES512"}])), Found::from(Finding::KeysUnknown).figure("ES512"));
        assert_eq!(of(json!([{"alg": "<b>x</b>"}, {}])), Finding::KeysUnknown.into());
        assert_eq!(judge(&json!([])), Finding::NoAnswer.into());
    }
}

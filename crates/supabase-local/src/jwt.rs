//! JSON Web Tokens: signing and verifying them (RFC 7515), with the shared secret (HS256, RFC 7518 section 3.2) or with
//! the project's own key (ES256). What a claim means is decided by each API, and so is the sentence for a [`TokenError`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use crate::signing_key::SigningKey;

/// The claims of a token.
pub(crate) type Claims = Map<String, Value>;

/// Why a token is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// The token has this many parts instead of three.
    Parts(usize),
    /// The header is not base64.
    HeaderEncoding,
    /// The header is base64 of these bytes, which are not JSON.
    HeaderJson(Vec<u8>),
    /// The claims are not base64 or not a JSON object.
    Claims,
    /// The token names an algorithm or a key that this project does not use.
    Algorithm,
    /// The signature is not one of this project.
    Signature,
    /// The token has expired.
    Expired,
}

/// Signs and verifies the project's tokens: signs with the project's own key where there is one, else with the shared
/// secret. Tokens that the secret signed are valid either way, because the project's API keys are such tokens.
pub(crate) struct Signer {
    secret: String,
    key: Option<SigningKey>,
}

impl Signer {
    pub(crate) fn new(secret: &str, key: Option<SigningKey>) -> Self {
        Self { secret: secret.to_owned(), key }
    }

    /// The signed token with `claims`.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let Some(key) = &self.key else { return sign(&self.secret, claims) };
        let header = json!({ "alg": "ES256", "kid": key.kid(), "typ": "JWT" });
        let signed = signed_text(&header.to_string(), &claims.to_string());
        let signature = BASE64.encode(key.sign(&signed));
        format!("{signed}.{signature}")
    }

    /// The claims of `token` at the time `now` (seconds since 1970).
    ///
    /// # Errors
    /// When the project did not sign the token, or the token has expired.
    pub(crate) fn verify(&self, token: &str, now: i64) -> Result<Claims, TokenError> {
        check(token, now, |fields, signed, signature| {
            let field = |name: &str| fields.get(name).and_then(Value::as_str);
            match (field("alg"), &self.key) {
                (Some("HS256"), _) => Ok(is_hmac_of(&self.secret, signed, signature)),
                (Some("ES256"), Some(key)) if field("kid") == Some(key.kid()) => {
                    Ok(key.verify(signed, signature))
                }
                _ => Err(TokenError::Algorithm),
            }
        })
    }

    /// The public keys that clients verify tokens with, as JWKs. A shared secret has no public key.
    pub(crate) fn public_keys(&self) -> Vec<Value> {
        self.key.iter().map(SigningKey::public_jwk).collect()
    }
}

/// The token with `claims`, signed with `secret`.
pub(crate) fn sign(secret: &str, claims: &Value) -> String {
    sign_text(secret, &claims.to_string())
}

/// The token whose claims are exactly the JSON text `claims`, signed with `secret`.
pub(crate) fn sign_text(secret: &str, claims: &str) -> String {
    let signed = signed_text(r#"{"alg":"HS256","typ":"JWT"}"#, claims);
    let signature = mac(secret, &signed).map(|mac| BASE64.encode(mac.finalize().into_bytes()));
    format!("{signed}.{}", signature.unwrap_or_default())
}

fn signed_text(header: &str, claims: &str) -> String {
    format!("{}.{}", BASE64.encode(header), BASE64.encode(claims))
}

/// The claims of `token` at the time `now` (seconds since 1970).
///
/// # Errors
/// When `secret` did not sign the token, or the token has expired.
pub(crate) fn verify(secret: &str, token: &str, now: i64) -> Result<Claims, TokenError> {
    check(token, now, |fields, signed, signature| match fields.get("alg").and_then(Value::as_str) {
        Some("HS256") => Ok(is_hmac_of(secret, signed, signature)),
        _ => Err(TokenError::Algorithm),
    })
}

/// Decodes `token` and verifies it. `is_signed` gets the header, the signed text and the signature.
fn check(
    token: &str,
    now: i64,
    is_signed: impl Fn(&Claims, &str, &[u8]) -> Result<bool, TokenError>,
) -> Result<Claims, TokenError> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, body, signature] = parts.as_slice() else { return Err(TokenError::Parts(parts.len())) };
    let signed = &token[..header.len() + 1 + body.len()];
    let header = BASE64.decode(header).map_err(|_| TokenError::HeaderEncoding)?;
    let fields: Claims =
        serde_json::from_slice(&header).map_err(|_| TokenError::HeaderJson(header.clone()))?;
    let claims = BASE64.decode(body).map_err(|_| TokenError::Claims)?;
    let claims: Claims = serde_json::from_slice(&claims).map_err(|_| TokenError::Claims)?;
    // A signature that is not base64 is a wrong one. It is not refused here, as an unknown algorithm is refused first.
    let signature = BASE64.decode(signature).unwrap_or_default();
    if !is_signed(&fields, signed, &signature)? {
        return Err(TokenError::Signature);
    }
    match claims.get("exp").and_then(Value::as_f64) {
        Some(exp) if exp <= now as f64 => Err(TokenError::Expired),
        _ => Ok(claims),
    }
}

fn is_hmac_of(secret: &str, signed: &str, signature: &[u8]) -> bool {
    mac(secret, signed).is_some_and(|mac| mac.verify_slice(signature).is_ok())
}

/// HMAC takes a key of any length, so this is always `Some`.
fn mac(secret: &str, signed: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of at least thirty-two characters";

    #[test]
    fn a_signed_token_is_read_back() {
        let token = sign(SECRET, &json!({ "sub": "x", "exp": 100 }));

        assert_eq!(verify(SECRET, &token, 99).unwrap()["sub"], "x");
    }

    #[test]
    fn a_token_ends_at_its_second() {
        let token = sign(SECRET, &json!({ "exp": 100 }));

        assert_eq!(verify(SECRET, &token, 100), Err(TokenError::Expired));
    }

    #[test]
    fn a_foreign_or_altered_token_is_refused() {
        let foreign = sign("another secret", &json!({ "exp": 100 }));
        let own = sign(SECRET, &json!({ "role": "anon" }));
        let claims = BASE64.encode(r#"{"role":"service_role"}"#);
        let parts: Vec<&str> = own.split('.').collect();
        let altered = format!("{}.{claims}.{}", parts[0], parts[2]);

        assert_eq!(verify(SECRET, &foreign, 0), Err(TokenError::Signature));
        assert_eq!(verify(SECRET, &altered, 0), Err(TokenError::Signature));
        assert_eq!(verify(SECRET, "abc", 0), Err(TokenError::Parts(1)));
        assert!(matches!(verify(SECRET, "abc.def.ghi", 0), Err(TokenError::HeaderJson(_))));
    }

    #[test]
    fn a_token_without_a_signature_is_refused() {
        let header = BASE64.encode(r#"{"alg":"none"}"#);
        let body = BASE64.encode(r#"{"role":"service_role"}"#);

        assert_eq!(verify(SECRET, &format!("{header}.{body}."), 0), Err(TokenError::Algorithm));
    }

    /// The key of RFC 7515, appendix A.3.
    fn signer() -> Signer {
        let jwks =
            r#"[{"kty":"EC","crv":"P-256","kid":"k1","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}]"#;
        Signer::new(SECRET, Some(SigningKey::from_jwks(jwks).unwrap()))
    }

    #[test]
    fn a_project_with_a_key_of_its_own_still_knows_what_its_secret_signed() {
        let own = signer().sign(&json!({ "sub": "x", "exp": 100 }));
        let secrets = sign(SECRET, &json!({ "role": "anon" }));

        assert_eq!(signer().verify(&own, 99).unwrap()["sub"], "x");
        assert_eq!(signer().verify(&own, 100), Err(TokenError::Expired));
        assert_eq!(signer().verify(&secrets, 0).unwrap()["role"], "anon");
        assert_eq!(Signer::new(SECRET, None).verify(&own, 99), Err(TokenError::Algorithm));
    }

    #[test]
    fn the_public_half_is_no_secret_to_sign_with() {
        let jwk = signer().public_keys()[0].to_string();
        let forged = sign(&jwk, &json!({ "role": "service_role" }));

        assert_eq!(signer().verify(&forged, 0), Err(TokenError::Signature));
    }

    #[test]
    fn a_key_of_another_name_is_not_tried() {
        let own = signer().sign(&json!({ "exp": 100 }));
        let (_, rest) = own.split_once('.').unwrap();
        let header = BASE64.encode(r#"{"alg":"ES256","kid":"k2"}"#);

        assert_eq!(signer().verify(&format!("{header}.{rest}"), 0), Err(TokenError::Algorithm));
    }
}

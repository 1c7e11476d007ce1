//! Tokens: signing and checking HS256 (RFC 7515, RFC 7518 section 3.2). What a claim means is not decided
//! here, and each API words its own refusals: this module says what is wrong, not how to say it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

/// A token's claims.
pub(crate) type Claims = Map<String, Value>;

/// What is wrong with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It has this many parts, not three.
    Parts(usize),
    /// Its header is no base64.
    HeaderEncoding,
    /// Its header is base64 of something that is no JSON; these are the bytes.
    HeaderJson(Vec<u8>),
    /// Its claims are no base64 or no JSON object.
    Claims,
    /// It is signed in another way than this project's.
    Algorithm,
    /// Its signature is not this project's.
    Signature,
    /// It ended.
    Expired,
}

/// A token with `claims`, signed with `secret`.
pub(crate) fn sign(secret: &str, claims: &Value) -> String {
    sign_text(secret, &claims.to_string())
}

/// A token with exactly this JSON text as its claims.
pub(crate) fn sign_text(secret: &str, claims: &str) -> String {
    let header = BASE64.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let body = BASE64.encode(claims);
    let signed = format!("{header}.{body}");
    let signature = mac(secret, &signed).map(|mac| BASE64.encode(mac.finalize().into_bytes()));
    format!("{signed}.{}", signature.unwrap_or_default())
}

/// The claims of `token` when it is this project's and has not ended at `now` (seconds since 1970).
pub(crate) fn verify(secret: &str, token: &str, now: i64) -> Result<Claims, Fault> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, body, signature] = parts.as_slice() else { return Err(Fault::Parts(parts.len())) };
    let header = BASE64.decode(header).map_err(|_| Fault::HeaderEncoding)?;
    let fields: Claims = serde_json::from_slice(&header).map_err(|_| Fault::HeaderJson(header.clone()))?;
    let claims = BASE64.decode(body).map_err(|_| Fault::Claims)?;
    let claims: Claims = serde_json::from_slice(&claims).map_err(|_| Fault::Claims)?;
    if fields.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(Fault::Algorithm);
    }
    let signature = BASE64.decode(signature).map_err(|_| Fault::Signature)?;
    mac(secret, &token[..parts[0].len() + 1 + parts[1].len()])
        .ok_or(Fault::Signature)?
        .verify_slice(&signature)
        .map_err(|_| Fault::Signature)?;
    match claims.get("exp").and_then(Value::as_f64) {
        Some(exp) if exp <= now as f64 => Err(Fault::Expired),
        _ => Ok(claims),
    }
}

/// HMAC takes a key of any length, so this is always `Some`.
fn mac(secret: &str, signed: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

        assert_eq!(verify(SECRET, &token, 100), Err(Fault::Expired));
    }

    #[test]
    fn a_foreign_or_altered_token_is_refused() {
        let foreign = sign("another secret", &json!({ "exp": 100 }));
        let own = sign(SECRET, &json!({ "role": "anon" }));
        let claims = BASE64.encode(r#"{"role":"service_role"}"#);
        let parts: Vec<&str> = own.split('.').collect();
        let altered = format!("{}.{claims}.{}", parts[0], parts[2]);

        assert_eq!(verify(SECRET, &foreign, 0), Err(Fault::Signature));
        assert_eq!(verify(SECRET, &altered, 0), Err(Fault::Signature));
        assert_eq!(verify(SECRET, "abc", 0), Err(Fault::Parts(1)));
        assert!(matches!(verify(SECRET, "abc.def.ghi", 0), Err(Fault::HeaderJson(_))));
    }

    #[test]
    fn a_token_without_a_signature_is_refused() {
        let header = BASE64.encode(r#"{"alg":"none"}"#);
        let body = BASE64.encode(r#"{"role":"service_role"}"#);

        assert_eq!(verify(SECRET, &format!("{header}.{body}."), 0), Err(Fault::Algorithm));
    }
}

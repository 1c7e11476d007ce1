//! A project's own key for signing access tokens (ES256, RFC 7518 section 3.4): read from the file that the Supabase CLI
//! writes, and shown as the public key that clients verify tokens with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey as PrivateKey};
use serde::Deserialize;
use serde_json::{Value, json};

/// A private key on the curve P-256, with its key id (`kid`). `Debug` shows the key id alone.
#[derive(Clone)]
pub struct SigningKey {
    kid: String,
    key: PrivateKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// Why a signing key could not be read. The texts do not show the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// The text is not a JSON array of private JWKs, or the array is empty.
    #[error("the signing keys are not an array of private JWKs")]
    Malformed,
    /// The first key is not one on P-256.
    #[error("the first signing key is not an EC key on P-256 for ES256")]
    Unsupported,
    /// The number `d` of the first key is not a private key on that curve.
    #[error("the first signing key's d is no private key on P-256")]
    OutOfRange,
}

#[derive(Deserialize)]
struct PrivateJwk {
    kty: String,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    kid: String,
    #[serde(default)]
    d: String,
}

impl SigningKey {
    /// Reads the first key of a JSON array of private JWKs (RFC 7517), the content of the CLI's `signing_keys_path` file.
    ///
    /// # Errors
    /// [`SigningKeyError`], when the text has another form or the first key is of another kind.
    pub fn from_jwks(text: &str) -> Result<Self, SigningKeyError> {
        let jwks: Vec<PrivateJwk> = serde_json::from_str(text).map_err(|_| SigningKeyError::Malformed)?;
        let jwk = jwks.into_iter().next().ok_or(SigningKeyError::Malformed)?;
        if jwk.kty != "EC" || jwk.crv != "P-256" {
            return Err(SigningKeyError::Unsupported);
        }
        let number = BASE64.decode(&jwk.d).map_err(|_| SigningKeyError::OutOfRange)?;
        let key = PrivateKey::from_slice(&number).map_err(|_| SigningKeyError::OutOfRange)?;
        Ok(Self { kid: jwk.kid, key })
    }

    /// The key id, which the header of every token names.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The signature of the text `signed`. The same text always gets the same signature (RFC 6979).
    pub(crate) fn sign(&self, signed: &str) -> Vec<u8> {
        let signature: Signature = self.key.sign(signed.as_bytes());
        signature.to_bytes().to_vec()
    }

    /// Whether `signature` is a signature of the text `signed` with this key.
    pub(crate) fn verify(&self, signed: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verifying_key().verify(signed.as_bytes(), &signature).is_ok())
    }

    /// The public key as a JWK.
    pub(crate) fn public_jwk(&self) -> Value {
        let point = self.key.verifying_key().to_encoded_point(false);
        let written = |coordinate: Option<_>| coordinate.map(|bytes| BASE64.encode::<&[u8]>(bytes));
        json!({
            "alg": "ES256",
            "crv": "P-256",
            "key_ops": ["verify"],
            "kid": self.kid,
            "kty": "EC",
            "use": "sig",
            "x": written(point.x().map(|x| x.as_slice())),
            "y": written(point.y().map(|y| y.as_slice())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 7515, appendix A.3.
    const JWKS: &str = r#"[{"kty":"EC","crv":"P-256","kid":"k1",
        "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}]"#;

    #[test]
    fn the_public_half_is_the_one_that_the_rfc_shows() {
        let jwk = SigningKey::from_jwks(JWKS).unwrap().public_jwk();

        assert_eq!(jwk["x"], "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assert_eq!(jwk["y"], "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        assert_eq!(jwk.get("d"), None);
    }

    #[test]
    fn a_signature_is_for_its_own_text() {
        let key = SigningKey::from_jwks(JWKS).unwrap();
        let signature = key.sign("a.b");

        assert!(key.verify("a.b", &signature));
        assert!(!key.verify("a.c", &signature));
        assert!(!key.verify("a.b", &signature[1..]));
    }

    #[test]
    fn what_is_no_key_on_the_curve_is_refused_and_never_shown() {
        assert_eq!(SigningKey::from_jwks("{}").unwrap_err(), SigningKeyError::Malformed);
        assert_eq!(SigningKey::from_jwks("[]").unwrap_err(), SigningKeyError::Malformed);
        let rsa = r#"[{"kty":"RSA","n":"x"}]"#;
        assert_eq!(SigningKey::from_jwks(rsa).unwrap_err(), SigningKeyError::Unsupported);
        let zero = r#"[{"kty":"EC","crv":"P-256","d":"AAAA"}]"#;
        assert_eq!(SigningKey::from_jwks(zero).unwrap_err(), SigningKeyError::OutOfRange);
        assert!(!format!("{:?}", SigningKey::from_jwks(JWKS)).contains("jpsQ"));
    }
}

//! Access tokens signed with keys of the test's own.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use crate::fake::{EMAIL, NOW, USER_ID, user};

pub(crate) const SESSION_ID: &str = "0a1b2c3d-0000-4000-8000-00000000000a";

/// An ES256 key and its name.
#[derive(Clone)]
pub(crate) struct EcKey {
    pub(crate) kid: &'static str,
    key: SigningKey,
}

impl EcKey {
    /// Always the same for a number.
    pub(crate) fn new(kid: &'static str, number: u8) -> Self {
        Self { kid, key: SigningKey::from_bytes(&[number; 32].into()).unwrap() }
    }

    pub(crate) fn public(&self) -> Value {
        let point = self.key.verifying_key().to_encoded_point(false);
        json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "key_ops": ["verify"], "kid": self.kid,
            "x": text(point.x().unwrap()), "y": text(point.y().unwrap()),
        })
    }

    pub(crate) fn token(&self, claims: &Value) -> String {
        self.token_headed(&json!({"alg": "ES256", "kid": self.kid, "typ": "JWT"}), claims)
    }

    pub(crate) fn token_headed(&self, header: &Value, claims: &Value) -> String {
        signed(header, claims, |message| {
            let signature: Signature = self.key.sign(message);
            signature.to_bytes().to_vec()
        })
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", text(header.to_string().as_bytes()), text(claims.to_string().as_bytes()));
    let signature = sign(message.as_bytes());
    format!("{message}.{}", text(&signature))
}

/// As the Auth server writes them, good until `exp`.
pub(crate) fn claims(exp: u64) -> Value {
    json!({
        "iss": "https://abcd.supabase.co/auth/v1", "sub": USER_ID, "aud": "authenticated", "exp": exp,
        "iat": exp - 3600, "email": EMAIL, "phone": "", "app_metadata": {"provider": "email"},
        "user_metadata": {"full_name": "Ada"}, "role": "authenticated", "aal": "aal2",
        "amr": [{"method": "totp", "timestamp": NOW}, {"method": "password", "timestamp": NOW - 60}],
        "session_id": SESSION_ID, "is_anonymous": false,
    })
}

/// The answer that carries this access token.
pub(crate) fn session_of(access_token: &str, expires_at: u64) -> Value {
    json!({
        "access_token": access_token, "refresh_token": "refresh", "token_type": "bearer", "expires_in": 3600,
        "expires_at": expires_at, "user": user(EMAIL),
    })
}

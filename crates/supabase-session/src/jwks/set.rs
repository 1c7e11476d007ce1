//! A set of public keys, and signatures made with them: ES256, RS256 and EdDSA (RFC 7518, RFC 8037).

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default)]
pub(super) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug, Clone)]
pub(super) struct Key {
    kid: String,
    material: Material,
}

/// The kind of a key decides how it is used, never a token: a token that names another algorithm does not get it.
#[derive(Debug, Clone)]
enum Material {
    /// A point of P-256, uncompressed.
    Es256(Vec<u8>),
    Rs256 {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    EdDsa(Vec<u8>),
}

/// The fields of a key that are read here (RFC 7517 section 4).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl KeySet {
    /// Keys of kinds that are not known here, or without a name, are left out (RFC 7517 section 5). `None` when it is
    /// no set of keys.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let keys = body.get("keys")?.as_array()?;
        Some(Self { keys: keys.iter().filter_map(|key| Key::read(Jwk::deserialize(key).ok()?)).collect() })
    }

    /// The key of this name, if this is its algorithm.
    pub(super) fn find(&self, alg: &str, kid: &str) -> Option<Key> {
        self.keys.iter().find(|key| key.kid == kid && key.material.alg() == alg).cloned()
    }
}

impl Key {
    fn read(jwk: Jwk) -> Option<Self> {
        let bytes = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_ref()?).ok();
        let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(&jwk.x)?, bytes(&jwk.y)?);
                // SEC 1 section 2.3.3. RFC 7518 section 6.2.1.2 wants both whole.
                (x.len() == 32 && y.len() == 32).then(|| Material::Es256([&[4], &x[..], &y[..]].concat()))?
            }
            ("RSA", _) => Material::Rs256 { n: bytes(&jwk.n)?, e: bytes(&jwk.e)? },
            ("OKP", Some("Ed25519")) => Material::EdDsa(bytes(&jwk.x)?),
            _ => return None,
        };
        let for_this = jwk.alg.is_none_or(|alg| alg == material.alg());
        let for_signing = jwk.usage.is_none_or(|usage| usage == "sig");
        (for_this && for_signing).then_some(Self { kid: jwk.kid?, material })
    }

    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let outcome = match &self.material {
            Material::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            Material::Rs256 { n, e } => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            Material::EdDsa(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature),
        };
        outcome.is_ok()
    }
}

impl Material {
    fn alg(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::Rs256 { .. } => "RS256",
            Self::EdDsa(_) => "EdDSA",
        }
    }
}

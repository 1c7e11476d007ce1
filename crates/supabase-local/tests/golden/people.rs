//! The people and objects that exist before the first step of a recording, and what people do that the recording does
//! not show as requests.

use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::replay::{Replay, bytes};
use crate::setting::BASE;

impl Replay<'_> {
    /// Makes the people and objects that existed when the recording began.
    pub(crate) async fn prepare(&mut self, steps: &[Value]) -> Result<(), String> {
        let keys = self.setting.server.keys().clone();
        self.bindings.set("base", BASE);
        self.bindings.set("anon_key", keys.anon);
        self.bindings.set("service_key", keys.service_role);
        let text = Value::Array(steps.to_vec()).to_string();
        for user in ["user_a", "user_b"] {
            if text.contains(&format!("{{{{{user}}}}}")) {
                let email = format!("{user}@example.com");
                let id = self.setting.add_user(&email, &json!({ "full_name": "Ada L" })).await?;
                self.bindings.set(user, id);
                let token = self.setting.access_token(&email).await?;
                self.bindings.set(&format!("token of {user}"), token);
            }
        }
        let first = steps.iter().find(|step| step.to_string().contains("{{email}}"));
        let signed_in = first.is_some_and(|step| step["request"]["path"] != "/auth/v1/signup");
        // Recordings of projects in which nobody can sign up by mail.
        let possible = !matches!(
            self.name,
            "anonymous" | "captcha_required" | "email_disabled" | "invite" | "signup_disabled"
        );
        if signed_in && possible {
            self.setting.add_user("somebody@example.com", &json!({})).await?;
            self.bindings.set("email", "somebody@example.com");
            let expired = self.setting.expired_token("somebody@example.com").await?;
            self.bindings.set("expired_token", expired);
        }
        for other in ["taken_email", "email2"] {
            if text.contains(&format!("{{{{{other}}}}}"))
                && matches!(self.name, "email_change" | "identities")
            {
                let email = format!("{other}@example.com");
                self.setting.add_user(&email, &json!({})).await?;
                self.bindings.set(other, email);
            }
        }
        if self.name.starts_with("storage") {
            self.setting.add_public_bucket().await?;
        }
        if matches!(self.name, "storage_access" | "storage_public_delete") {
            for object in ["one.png", "none.png"] {
                self.upload(object).await?;
            }
        }
        self.setting.call("DELETE", "/inbox/api", None, &Value::Null).await.map(drop)
    }

    pub(crate) async fn upload(&self, object: &str) -> Result<(), String> {
        let (user, token) = (self.bound("user_a")?, self.bound("token of user_a")?);
        let request = Request::post(format!("/storage/v1/object/avatars/{user}/{object}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "image/png")
            .body(Body::from(bytes(70)?))
            .map_err(|error| error.to_string())?;
        let answer = self.setting.send(request).await?;
        if answer.status.is_success() { Ok(()) } else { Err(format!("{object}: {}", answer.status)) }
    }

    /// The person of the recording agrees on the consent page of the provider.
    pub(crate) async fn consent(&mut self, state: &Value) -> Result<(), String> {
        let account = |id: u64, login: &str, name: &str, email: &str, verified: bool| json!({ "id": id, "login": login, "name": name, "email": email, "email_verified": verified });
        let account = match (self.name, state.as_str()) {
            ("identities", _) => account(29_181_154, "octo", "Octo Cat", "{{email}}", true),
            ("oauth_accounts", Some("{{state1}}")) => account(61_707_830, "o1", "Octo", "{{email}}", true),
            ("oauth_accounts", _) => account(61_707_831, "o2", "Octo", "{{email2}}", false),
            _ => account(1_068_752, "octo", "Octo Cat", "{{gh_email}}", true),
        };
        let account = account.to_string();
        self.invent(&account);
        let account = self.bindings.fill(&account)?;
        let account = serde_json::from_str(&account).map_err(|error| error.to_string())?;
        self.setting.grant_at_provider("ghcode", &account).await
    }

    /// The token of a step that only the step's title describes.
    pub(crate) async fn odd_token(&self, title: &str, storage: bool) -> Result<String, String> {
        let email = "user_a@example.com";
        match title {
            "expired token" => self.setting.expired_token(email).await,
            "broken token" if storage => Ok("abc.def.ghi".into()),
            "broken token" => Ok("abc".into()),
            "token with a foreign signature" => {
                let own = self.bound("token of user_a")?;
                let (signed, signature) = own.rsplit_once('.').ok_or("no token")?;
                let foreign: String = signature.chars().rev().collect();
                Ok(format!("{signed}.{foreign}"))
            }
            "unknown role" => {
                let set =
                    |role: &str| format!("update auth.users set role = '{role}' where email = '{email}'");
                self.setting.sql(&set("nope")).await?;
                let token = self.setting.access_token(email).await;
                self.setting.sql(&set("authenticated")).await?;
                token
            }
            _ => Err(format!("whose token is meant by \"{title}\"?")),
        }
    }

    /// Binds the names in a request that no answer has bound: addresses, verifiers and their challenges.
    pub(crate) fn invent(&mut self, text: &str) {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else { return };
            rest = after;
            if self.bindings.get(name).is_some() {
                continue;
            }
            let random = uuid::Uuid::new_v4().simple().to_string();
            if let Some(number) = name.strip_prefix("challenge") {
                let verifier = format!("{random}{random}");
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
                self.bindings.set(name, challenge);
                self.bindings.set(&format!("verifier{number}"), verifier);
            } else if name.starts_with("wrong_verifier") {
                self.bindings.set(name, format!("{random}{random}"));
            } else if name.starts_with("name") {
                self.bindings.set(name, format!("name-{}", &random[..8]));
            } else if name.contains("email") || matches!(name, "stranger" | "ghost") {
                self.bindings.set(name, format!("{name}-{}@example.com", &random[..8]));
            }
        }
    }
}

/// The code that an authenticator app shows now (RFC 6238).
pub(crate) fn totp(secret: &[u8]) -> Result<String, String> {
    let step = time::OffsetDateTime::now_utc().unix_timestamp() / 30;
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).map_err(|error| error.to_string())?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0xf);
    let number =
        digest[offset..offset + 4].iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    Ok(format!("{:06}", (number & 0x7fff_ffff) % 1_000_000))
}

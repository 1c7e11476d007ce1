//! Second factors: which ones can be begun, and what becomes of those that were only begun.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{Method, StatusCode};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha1::Sha1;
use supabase_local::Config;
use supabase_local::testing::TestServer;

struct Person {
    server: TestServer,
    token: String,
}

impl Person {
    /// Somebody who signed up with these fields.
    async fn with(sign_up: Value) -> Self {
        let config = Config { autoconfirm: true, anonymous_enabled: true, ..Config::built_in().unwrap() };
        let server = TestServer::start(config).await.unwrap();
        let session = server.call(Method::POST, "/auth/v1/signup", None, &sign_up).await.unwrap().json();
        let token = session["access_token"].as_str().unwrap().to_owned();
        Self { server, token }
    }

    async fn permanent() -> Self {
        Self::with(json!({ "email": "ada@example.com", "password": "Passw0rd!" })).await
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let answer = self.server.call(Method::POST, path, Some(&self.token), &body).await.unwrap();
        (answer.status, answer.json())
    }

    async fn enrol(&self, name: &str) -> (StatusCode, Value) {
        self.post("/auth/v1/factors", json!({ "factor_type": "totp", "friendly_name": name })).await
    }

    async fn factors(&self) -> Vec<Value> {
        let sql = "select friendly_name as name, status::text as status from auth.mfa_factors order by 1";
        self.server.sql(sql).await.unwrap()
    }
}

/// The code that an authenticator app shows for `secret` now (RFC 6238).
fn code_of(secret: &str) -> String {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let step = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30;
    let mut mac = Hmac::<Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0xf);
    let word: [u8; 4] = digest[offset..offset + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)
}

#[tokio::test]
async fn of_the_factors_without_a_name_there_is_one() {
    let ada = Person::permanent().await;

    let first = ada.post("/auth/v1/factors", json!({ "factor_type": "totp" })).await;
    let (status, refused) = ada.post("/auth/v1/factors", json!({ "factor_type": "totp" })).await;

    assert_eq!(first.0, StatusCode::OK, "{}", first.1);
    assert_eq!(
        (status, &refused["error_code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("mfa_factor_name_conflict"))
    );
    assert_eq!(refused["msg"], "A factor with the friendly name \"\" for this user already exists");
}

#[tokio::test]
async fn a_factor_that_was_begun_and_left_makes_room_after_five_minutes() {
    let ada = Person::permanent().await;
    let (_, left) = ada.enrol("left").await;
    let (_, tried) = ada.enrol("tried").await;
    let challenge = format!("/auth/v1/factors/{}/challenge", tried["id"].as_str().unwrap());
    assert_eq!(ada.post(&challenge, json!({})).await.0, StatusCode::OK);
    assert_eq!(ada.enrol("left").await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let sql = "update auth.mfa_factors set created_at = created_at - interval '301 seconds'";
    ada.server.sql(sql).await.unwrap();
    let (status, again) = ada.enrol("left").await;

    assert_eq!(status, StatusCode::OK, "{again}");
    assert_ne!(again["id"], left["id"]);
    let names: Vec<Value> = ada.factors().await.iter().map(|factor| factor["name"].clone()).collect();
    assert_eq!(names, [json!("left"), json!("tried")], "a factor that was challenged stays");
}

#[tokio::test]
async fn a_right_code_ends_the_other_factors_that_were_begun() {
    let ada = Person::permanent().await;
    ada.enrol("left").await;
    let (_, phone) = ada.enrol("phone").await;
    let path = format!("/auth/v1/factors/{}", phone["id"].as_str().unwrap());
    let (_, challenge) = ada.post(&format!("{path}/challenge"), json!({})).await;

    let code = code_of(phone["totp"]["secret"].as_str().unwrap());
    let attempt = json!({ "challenge_id": challenge["id"], "code": code });
    let (status, session) = ada.post(&format!("{path}/verify"), attempt).await;

    assert_eq!(status, StatusCode::OK, "{session}");
    assert_eq!(ada.factors().await, [json!({ "name": "phone", "status": "verified" })]);
}

#[tokio::test]
async fn an_anonymous_person_has_no_factors() {
    let nobody = Person::with(json!({ "data": {} })).await;

    let (status, refused) = nobody.enrol("phone").await;

    assert_eq!((status, &refused["error_code"]), (StatusCode::FORBIDDEN, &json!("no_authorization")));
    assert_eq!(refused["msg"], "Anonymous user not allowed to perform these actions");
}

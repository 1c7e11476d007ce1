//! Signing in with the stand-in provider, as a browser does.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use supabase_local::testing::{TestServer, URL as BASE};
use supabase_local::{Config, Provider};
use url::Url;

const CALLBACK: &str = "http://127.0.0.1:7777/auth/callback";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0123456789";

struct Browser {
    server: TestServer,
}

struct Page {
    status: StatusCode,
    location: Option<Url>,
    text: String,
}

impl Browser {
    async fn new() -> Self {
        Self::at_project(false).await
    }

    /// A browser at a project that confirms addresses without a mail, or only by one.
    async fn at_project(autoconfirm: bool) -> Self {
        let mut config = Config { autoconfirm, mail_max_frequency_s: 0, ..Config::built_in().unwrap() };
        config.providers.insert("github".into(), Provider { enabled: true, client_id: "id".into() });
        Self { server: TestServer::start(config).await.unwrap() }
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let answer = self.server.exchange(request).await.unwrap();
        let location = answer.location().map(|url| Url::parse(url).unwrap());
        Page { status: answer.status, location, text: answer.text() }
    }

    async fn open(&self, url: &str) -> Page {
        self.send(Request::get(url).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = Request::post(path)
            .header("apikey", &self.server.keys().anon)
            .header("authorization", format!("Bearer {}", self.server.keys().service_role))
            .header("content-type", "application/json");
        let page = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        serde_json::from_str(&page.text).unwrap_or(Value::Null)
    }

    /// Opens the consent page. Answers the state in it.
    async fn set_out(&self) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let path = format!(
            "/auth/v1/authorize?provider=github&redirect_to={CALLBACK}&code_challenge={challenge}\
             &code_challenge_method=s256"
        );
        let provider = self.open(&path).await.location.unwrap();
        let page = self.open(provider.as_str()).await;
        assert_eq!(page.status, StatusCode::OK);
        let state = field(&provider, "state").unwrap();
        assert!(page.text.contains(&format!("value=\"{state}\"")));
        state
    }

    /// Sends the form of the consent page. Answers the address of the app to which the browser is redirected in the end.
    async fn decide(&self, state: &str, decision: &str, email: &str, verified: bool) -> Url {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs([
            ("redirect_uri", format!("{BASE}/auth/v1/callback").as_str()),
            ("state", state),
            ("login", email),
            ("name", "Octo Cat"),
            ("email", email),
            ("decision", decision),
        ]);
        if verified {
            form.append_pair("verified", "true");
        }
        let request = Request::post("/login/oauth/authorize").body(Body::from(form.finish())).unwrap();
        let back = self.send(request).await.location.unwrap();
        self.open(back.as_str()).await.location.unwrap()
    }

    async fn exchange(&self, callback: &Url) -> Value {
        let body = json!({ "auth_code": field(callback, "code"), "code_verifier": VERIFIER });
        self.post("/auth/v1/token?grant_type=pkce", &body).await
    }
}

fn field(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_person_comes_back_signed_in_and_is_the_same_the_next_time() {
    let browser = Browser::new().await;

    let mut ids = Vec::new();
    for _ in 0..2 {
        let state = browser.set_out().await;
        let callback = browser.decide(&state, "authorize", "octo@example.com", true).await;
        assert!(callback.as_str().starts_with(CALLBACK));
        let session = browser.exchange(&callback).await;
        assert_eq!(session["user"]["email"], "octo@example.com", "{session}");
        let token = session["provider_token"].as_str().unwrap();
        let ask = Request::get("/api/v3/user/emails").header("authorization", format!("Bearer {token}"));
        let emails = browser.send(ask.body(Body::empty()).unwrap()).await;
        assert!(emails.text.contains("octo@example.com"));
        ids.push(session["user"]["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn whoever_cancels_comes_back_with_a_refusal() {
    let browser = Browser::new().await;
    let state = browser.set_out().await;

    let callback = browser.decide(&state, "cancel", "octo@example.com", true).await;

    assert_eq!(field(&callback, "error").as_deref(), Some("access_denied"));
    assert_eq!(field(&callback, "code"), None);
}

#[tokio::test]
async fn the_consent_page_sends_nobody_anywhere_else() {
    let browser = Browser::new().await;
    let page = browser.open("/login/oauth/authorize?redirect_uri=https://evil.example/&state=x").await;
    let form = "redirect_uri=https://evil.example/&state=x&decision=authorize&login=a&email=a@example.com";
    let posted = Request::post("/login/oauth/authorize").body(Body::from(form)).unwrap();

    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let posted = browser.send(posted).await;
    assert_eq!((posted.status, posted.location), (StatusCode::BAD_REQUEST, None));
}

#[tokio::test]
async fn an_account_without_a_login_or_an_address_is_none() {
    let browser = Browser::new().await;
    let form = |login: &str, email: &str| {
        format!("redirect_uri={BASE}/auth/v1/callback&decision=authorize&login={login}&email={email}")
    };

    for form in [form("", "a@example.com"), form("a", ""), form("a", "nowhere")] {
        let posted = Request::post("/login/oauth/authorize").body(Body::from(form)).unwrap();
        assert_eq!(browser.send(posted).await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn a_password_that_somebody_else_left_on_the_address_does_not_stay() {
    let browser = Browser::new().await;
    let squatter = json!({ "email": "octo@example.com", "password": "Passw0rd!" });
    browser.post("/auth/v1/signup", &squatter).await;

    let state = browser.set_out().await;
    let callback = browser.decide(&state, "authorize", "octo@example.com", true).await;
    let session = browser.exchange(&callback).await;

    assert_eq!(session["user"]["app_metadata"]["providers"], json!(["github"]), "{session}");
    let refused = browser.post("/auth/v1/token?grant_type=password", &squatter).await;
    assert_eq!(refused["error_code"], "invalid_credentials");
}

#[tokio::test]
async fn an_address_that_the_provider_did_not_verify_gives_no_account_of_somebody_else() {
    let browser = Browser::new().await;
    let state = browser.set_out().await;
    let callback = browser.decide(&state, "authorize", "octo@example.com", true).await;
    browser.exchange(&callback).await;

    let state = browser.set_out().await;
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let callback = format!("{BASE}/auth/v1/callback");
    form.extend_pairs([("redirect_uri", callback.as_str()), ("state", &state), ("login", "another")]);
    form.extend_pairs([("email", "octo@example.com"), ("decision", "authorize")]);
    let request = Request::post("/login/oauth/authorize").body(Body::from(form.finish())).unwrap();
    let back = browser.send(request).await.location.unwrap();
    let callback = browser.open(back.as_str()).await.location.unwrap();

    assert_eq!(field(&callback, "error_code").as_deref(), Some("provider_email_needs_verification"));
    assert_eq!(field(&callback, "code"), None);
}

#[tokio::test]
async fn an_address_counts_unverified_where_no_address_is_confirmed_by_mail() {
    let browser = Browser::at_project(true).await;
    let person = json!({ "email": "known@example.com", "password": "Passw0rd!" });
    let known = browser.post("/auth/v1/signup", &person).await["user"]["id"].clone();

    for (email, id) in [("known@example.com", Some(known)), ("new@example.com", None)] {
        let state = browser.set_out().await;
        let callback = browser.decide(&state, "authorize", email, false).await;
        let session = browser.exchange(&callback).await;

        assert_eq!(session["user"]["email"], email, "{callback}: {session}");
        assert!(session["user"]["email_confirmed_at"].is_string());
        assert!(id.is_none_or(|id| session["user"]["id"] == id), "{session}");
    }
}

//! The server for a recording: its settings, and SQL that makes people, buckets and grants or changes the times of rows.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use supabase_local::testing::{Answer, TestServer};
use supabase_local::{Clock, Config, MailTemplate, Server, SigningKey, Templates};
use time::{Duration, OffsetDateTime};

pub(crate) const PASSWORD: &str = "Passw0rd!";
/// The signing key: that of RFC 7515, appendix A.3, with the key id of the recordings.
const KEYS: &str =
    r#"[{"kty":"EC","crv":"P-256","kid":"k1","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}]"#;
pub(crate) const BASE: &str = "http://local.example";

/// The machine's clock plus this many seconds.
#[derive(Default)]
pub(crate) struct MovableClock(AtomicI64);

impl Clock for MovableClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + Duration::seconds(self.0.load(Ordering::Relaxed))
    }
}

/// The server of a recording, and its clock.
pub(crate) struct Setting {
    pub(crate) server: TestServer,
    clock: Arc<MovableClock>,
}

impl Setting {
    /// A new server with the settings of the recording's `server_config`.
    pub(crate) async fn new(recorded: &Value) -> Result<Self, String> {
        let clock = Arc::new(MovableClock::default());
        let server = Server::builder(config(recorded)?)
            .clock(clock.clone())
            .api_url(BASE)
            .start()
            .await
            .map_err(|error| error.to_string())?;
        Ok(Self { server: TestServer::of(server), clock })
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Answer, String> {
        self.server.exchange(request).await.map_err(|error| error.to_string())
    }

    /// Sends a JSON request with the anon key, and with `bearer` when there is one. Answers the JSON of a success.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        bearer: Option<&str>,
        body: &Value,
    ) -> Result<Value, String> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("apikey", &self.server.keys().anon)
            .header("content-type", "application/json");
        if let Some(bearer) = bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let request = request.body(Body::from(body.to_string())).map_err(|error| error.to_string())?;
        let answer = self.send(request).await?;
        if !answer.status.is_success() {
            return Err(format!("{method} {path}: {} {}", answer.status, answer.text()));
        }
        Ok(answer.json())
    }

    pub(crate) async fn sql(&self, query: &str) -> Result<Value, String> {
        let key = self.server.keys().service_role.clone();
        self.call("POST", "/pg/query", Some(&key), &json!({ "query": query })).await
    }

    /// Signs `email` up with [`PASSWORD`] and confirms the address by SQL. Answers the id.
    pub(crate) async fn add_user(&self, email: &str, metadata: &Value) -> Result<String, String> {
        let body = json!({ "email": email, "password": PASSWORD, "data": metadata });
        self.call("POST", "/auth/v1/signup", None, &body).await?;
        let confirm = format!(
            "update auth.users set email_confirmed_at = now(), confirmation_token = '' where email = '{email}' \
             returning id"
        );
        let rows = self.sql(&confirm).await?;
        rows[0]["id"].as_str().map(str::to_owned).ok_or_else(|| format!("{email} is not there"))
    }

    pub(crate) async fn access_token(&self, email: &str) -> Result<String, String> {
        let body = json!({ "email": email, "password": PASSWORD });
        let session = self.call("POST", "/auth/v1/token?grant_type=password", None, &body).await?;
        session["access_token"].as_str().map(str::to_owned).ok_or_else(|| "no token".into())
    }

    /// An access token that expired an hour ago.
    pub(crate) async fn expired_token(&self, email: &str) -> Result<String, String> {
        self.clock.0.store(-7200, Ordering::Relaxed);
        let token = self.access_token(email).await;
        self.clock.0.store(0, Ordering::Relaxed);
        token
    }

    /// Makes the public bucket of the Storage recordings. Everybody who is signed in may upload to it.
    pub(crate) async fn add_public_bucket(&self) -> Result<(), String> {
        let sql = "insert into storage.buckets (id, name, public) values ('public-pictures', 'public-pictures', true);
                   create policy \"uploads\" on storage.objects for insert to authenticated
                   with check (bucket_id = 'public-pictures')";
        self.sql(sql).await.map(drop)
    }

    /// Stores a grant of the stand-in provider: `code` for `account`.
    pub(crate) async fn grant_at_provider(&self, code: &str, account: &Value) -> Result<(), String> {
        let account = account.to_string().replace('\'', "''");
        let sql = format!(
            "insert into supabase_local.provider_accounts
               select * from jsonb_populate_record(null::supabase_local.provider_accounts, '{account}')
               on conflict (id) do nothing;
             insert into supabase_local.provider_grants (code, access_token, account, created_at)
               values ('{code}', 'ghtoken', ('{account}'::jsonb ->> 'id')::bigint, now())
               on conflict (code) do update set account = excluded.account, spent = false"
        );
        self.sql(&sql).await.map(drop)
    }

    /// Changes the times of rows before this step, as the README of the recordings lists.
    pub(crate) async fn age(&self, recording: &str, title: &str) -> Result<(), String> {
        let sql = match (recording, title) {
            ("typed_code", "an expired code") => {
                "update auth.users set recovery_sent_at = recovery_sent_at - interval '2 hours'"
            }
            (
                "oauth" | "flow_state_expired",
                "exchange after the flow state expired" | "open the link late",
            )
            | ("flow_state_expired", "open the magic link late") => {
                "update auth.flow_state set created_at = created_at - interval '10 minutes'"
            }
            ("refresh", "parent of the active token, an hour later") => {
                "update auth.refresh_tokens set updated_at = updated_at - interval '1 hour'"
            }
            ("refresh_v2", title) if title.ends_with("an hour later") => {
                "update auth.sessions set refreshed_at = refreshed_at - interval '1 hour'"
            }
            ("reauthentication_required", "password without a nonce") => {
                "update auth.sessions set created_at = created_at - interval '2 days'"
            }
            ("session_timebox", "refresh after the limit") => {
                "update auth.sessions set created_at = created_at - interval '3 days',
                 refreshed_at = refreshed_at - interval '3 days'"
            }
            ("mail_rate_limit", "first") => {
                "update auth.users set confirmation_sent_at = null, recovery_sent_at = null"
            }
            _ => return Ok(()),
        };
        self.sql(sql).await.map(drop)
    }
}

/// The settings of the project that a recording was made with.
fn config(recorded: &Value) -> Result<Config, String> {
    let built_in = Config::built_in().map_err(|error| error.to_string())?;
    let flag = |name: &str, usual: bool| recorded[name].as_bool().unwrap_or(usual);
    let list = ["app.foyer.desktop://auth/callback*", "https://good.example/path"];
    let rules = recorded["password_required_characters"].as_str().unwrap_or_default();
    let sets = rules.split(", ").filter_map(|name| match name {
        "lower" => Some("abcdefghijklmnopqrstuvwxyz".to_owned()),
        "upper" => Some("ABCDEFGHIJKLMNOPQRSTUVWXYZ".to_owned()),
        "digit" => Some("0123456789".to_owned()),
        _ => None,
    });
    let mut providers = BTreeMap::new();
    providers
        .insert("github".to_owned(), supabase_local::Provider { enabled: true, client_id: "test".into() });
    let signing_key = match recorded["jwt"].as_str() {
        Some("ES256") => Some(SigningKey::from_jwks(KEYS).map_err(|error| error.to_string())?),
        _ => None,
    };
    Ok(Config {
        signing_key,
        redirect_allow_list: list.iter().map(|entry| (*entry).to_owned()).collect(),
        autoconfirm: flag("mailer_autoconfirm", false),
        signup_enabled: !flag("disable_signup", false),
        anonymous_enabled: flag("anonymous_users", true),
        email_enabled: flag("email_enabled", true),
        captcha_enabled: flag("captcha", false),
        secure_email_change: flag("secure_email_change", true),
        manual_linking: flag("manual_linking", true),
        password_change_needs_current: flag("update_password_require_current_password", false),
        password_change_needs_reauthentication: flag("update_password_require_reauthentication", false),
        sessions_single_per_user: flag("sessions_single_per_user", false),
        sessions_timebox_s: (recorded["sessions_timebox"] == "24h").then_some(24 * 3600),
        mail_max_frequency_s: recorded["smtp_max_frequency_s"].as_i64().unwrap_or(0),
        refresh_token_algorithm_version: recorded["refresh_token_algorithm_version"].as_u64().unwrap_or(1)
            as u8,
        password_min_length: recorded["password_min_length"].as_u64().unwrap_or(6) as usize,
        password_required_characters: sets.collect(),
        providers,
        provider_url: Some("http://127.0.0.1:9998".into()),
        templates: templates(),
        migrations: built_in.migrations,
        ..Config::default()
    })
}

/// The mail templates of the recordings: link, code, hash and redirect.
fn templates() -> Templates {
    let html = "<a href=\"{{ .ConfirmationURL }}\">Open</a> Code: {{ .Token }} Hash: {{ .TokenHash }} \
                RedirectTo: {{ .RedirectTo }} SiteURL: {{ .SiteURL }} Email: {{ .Email }} NewEmail: {{ .NewEmail }}";
    [
        ("confirmation", "Confirm your email address"),
        ("magic_link", "Your sign-in link"),
        ("recovery", "Reset your password"),
        ("invite", "You've been invited"),
        ("email_change", "Confirm your new email address"),
        ("reauthentication", "{{ .Token }} is your verification code"),
    ]
    .into_iter()
    .map(|(name, subject)| (name.to_owned(), MailTemplate { subject: subject.into(), html: html.into() }))
    .collect()
}
